"""Days that cannot be meant: of what has happened while they are still to come, and such as 0205 for 2025."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import DateField, F, Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.kit.days import EARLIEST, LATEST


def refuse_future(record: Model, *names: str) -> None:
    """Refuse, each at its field, days after today; a database cannot know what day it is."""
    today = timezone.localdate()
    late = [name for name in names if isinstance(day := getattr(record, name), date) and day > today]
    if late:
        raise ValidationError({name: _("不能填以后的日期。") for name in late})


def refuse_far_days(record: Model) -> None:
    """Refuse, each at its field, days before or after all that a record can speak of."""
    refused = {}
    for field in record._meta.concrete_fields:
        day = getattr(record, field.attname) if isinstance(field, DateField) and field.editable else None
        if not isinstance(day, date) or isinstance(day, datetime):
            continue
        if day < EARLIEST:
            refused[field.name] = _("日期不能早于 %(first)s。") % {"first": EARLIEST.isoformat()}
        elif day > LATEST:
            refused[field.name] = _("日期不能晚于 %(last)s；长期有效的不用填。") % {"last": LATEST.isoformat()}
    if refused:
        raise ValidationError(refused)


def not_before(later: str, earlier: str) -> Q:
    """Return the condition that the day `later`, where there is one, does not come before `earlier`, where known."""
    return Q(**{f"{later}__isnull": True}) | Q(**{f"{earlier}__isnull": True}) | Q(**{f"{later}__gte": F(earlier)})
