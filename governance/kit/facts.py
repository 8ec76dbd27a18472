"""The fields of a record as label and shown value, for its page."""

from __future__ import annotations

from typing import Any

from django.db.models import DateTimeField, FileField, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.kit.figures import figure
from governance.kit.listing import LISTINGS, Listing
from governance.kit.scoping import may
from governance.kit.wording import listed


def facts_of(listing: Listing, record: Model, user: Any = None) -> list[dict[str, Any]]:
    """Return the facts that the listing names, or all its form's fields; missing is a dash, never zero.

    A record that has a method `get_<field>_unit` tells the unit of that field.
    """
    names = listing.facts or tuple(listing.form._meta.fields if listing.form else ())
    return [fact_of(listing, record, name, user) for name in names]


def fact_of(listing: Listing, record: Model, name: str, user: Any = None) -> dict[str, Any]:
    """Return one field as label, shown value and, for a related record that `user` may open, its address."""
    field = record._meta.get_field(name)
    value = getattr(record, name)
    link = None
    if isinstance(field, FileField):
        link = listing.url("file", record, field=name) if value else None
        value = _("下载") if value else None
    elif hasattr(record, f"get_{name}_display"):
        value = getattr(record, f"get_{name}_display")()
    elif isinstance(value, Model):
        link = _address(value, user)
    elif isinstance(value, list):
        words = dict(getattr(getattr(field, "base_field", None), "flatchoices", ()))
        value = listed(words.get(each, each) for each in value)
    elif isinstance(value, bool):
        value = _("是") if value else _("否")
    elif isinstance(field, DateTimeField) and value is not None:
        value = timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    elif value is not None and field.get_internal_type().endswith(("IntegerField", "DecimalField")):
        value = figure(field, value)
    return {
        "name": name,
        "label": getattr(field, "verbose_name", name),
        "value": "—" if value in (None, "") else value,
        "unit": "" if value in (None, "") else getattr(record, f"get_{name}_unit", str)(),
        "link": link,
    }


def _address(value: Model, user: Any) -> str | None:
    """Return the page of a related record, for those who may see it; others are told its name and no more."""
    if user is None or value._meta.model not in LISTINGS or not hasattr(value, "get_absolute_url"):
        return None
    return str(value.get_absolute_url()) if may(user, "view", value) else None
