"""What a foreign key says of the records that it may lead to: `limit_choices_to={"level__in": [...]}`, in words."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey, Model
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import gettext as _

from governance.kit.wording import listed

Limit = dict[str, Any]


def limit_of(field: Any) -> Limit:
    """Return the limit of a foreign key, by look-up; nothing for a key that leads anywhere."""
    limit = field.get_limit_choices_to()
    return dict(limit) if isinstance(limit, dict) else {}


def misfit(limit: Limit, record: Any) -> str:
    """Return why `record` lies outside a limit by the words of a choice, or nothing."""
    for lookup, allowed in limit.items():
        name, _sep, ending = lookup.rpartition(LOOKUP_SEP)
        if ending != "in" or getattr(record, name) in allowed:
            continue
        words = dict(record._meta.get_field(name).flatchoices)
        values = {
            "name": str(record),
            "given": words.get(getattr(record, name), getattr(record, name)),
            "allowed": listed(words.get(each, each) for each in allowed),
        }
        return _("%(name)s是%(given)s，这里只能选：%(allowed)s。") % values
    return ""


def misfits(record: Model) -> dict[str, str]:
    """Return, by field, why a related record lies outside the limit of its key."""
    found = {}
    for field in record._meta.concrete_fields:
        if isinstance(field, ForeignKey) and (limit := limit_of(field)) and getattr(record, field.attname) is not None:
            reason = misfit(limit, getattr(record, field.name))
            if reason:
                found[field.name] = reason
    return found
