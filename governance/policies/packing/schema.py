"""The keys of a pack; their names, lengths and choices are those of the models."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, DateField, DecimalField, Field, Model, SlugField, TextField
from django.utils.translation import gettext_lazy as _

from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.policies.packing import reading
from governance.policies.packing.reading import Key
from governance.regions.models import Level

VERSION = 1
BASELINE = {"on": "baseline_on", "value": "baseline_value", "note": "baseline_note", "note_en": "baseline_note_en"}
_CHOICES = {
    "role": (_("性质"), "unknown_role"),
    "kind": (_("类型"), "unknown_kind"),
    "test": (_("判断方式"), "unknown_test"),
    "direction": (_("方向"), "unknown_direction"),
    "bound": (_("数值含义"), "unknown_bound"),
    "yearly": (_("按年判断"), "unknown_yearly"),
}


def _key(model: type[Model], name: str) -> Key:
    field: Any = model._meta.get_field(name)
    required = not (field.blank or field.has_default() or field.null)
    return Key(_reader(name, field), required)


def _reader(name: str, field: Field[Any, Any]) -> reading.Reader:
    if name in _CHOICES:
        what, code = _CHOICES[name]
        return reading.one_of(what, code, [value for value, _label in field.flatchoices if value], blank=field.blank)
    if isinstance(field, SlugField):
        return reading.slug(field.max_length or 0)
    if isinstance(field, TextField):
        return reading.text()
    if isinstance(field, CharField):
        return reading.text(field.max_length)
    if isinstance(field, DateField):
        return reading.day
    if isinstance(field, DecimalField):
        return reading.number(field.decimal_places)
    raise TypeError(f"no reader for {name}")


def _keys(model: type[Model], names: str) -> dict[str, Key]:
    return {name: _key(model, name) for name in names.split()}


_region = reading.text(12)
_levels = Key(reading.many(reading.one_of(_("级别"), "unknown_level", Level.values)))
_position = {"position": Key(reading.count)}

TARGET = {
    "due": _key(Target, "due"),
    "value": Key(reading.number(4), required=True),
    "high": _key(Target, "high"),
    "region": Key(_region),
}
REFERENCE = {"region": Key(_region), **_keys(ReferencePoint, "on value text bound")}
STATED_BASELINE = {short: _key(Indicator, name) for short, name in BASELINE.items()} | {
    "unit": _key(Indicator, "baseline_note"),
}
INDICATOR = {
    **_position,
    **_keys(Indicator, "slug name name_en role kind numerator denominator factor unit test"),
    "unit_levels": _levels,
    "verdict_levels": _levels,
    "show_levels": _levels,
    "direction": Key(_key(Indicator, "direction").read, null=""),
    "region": Key(_region),
    "subset_of": Key(reading.slug(60)),
    "yearly": _key(Target, "yearly"),
    "targets": Key(reading.blocks(TARGET)),
    "references": Key(reading.blocks(REFERENCE)),
    "baseline": Key(reading.block(STATED_BASELINE)),
    **_keys(Indicator, "counts counts_en per per_en responsible responsible_en note note_en reading reading_en"),
    "checklist": Key(reading.many(reading.text(200))),
    "checklist_en": Key(reading.many(reading.text(200))),
}
# These follow from the others when they are left out.
for _name in ("role", "unit", "factor"):
    INDICATOR[_name] = Key(INDICATOR[_name].read)

CLAUSE = {**_position, **_keys(Clause, "quote display"), "indicators": Key(reading.blocks(INDICATOR))}

PACK = {
    "version": Key(reading.count, required=True),
    **_keys(Policy, "slug title title_en document_no issued_on"),
    "region": Key(_region, required=True),
    **_keys(Policy, "valid_from valid_to"),
    "public": Key(reading.truth),
    **_keys(Policy, "responsible responsible_en note note_en"),
    "clauses": Key(reading.blocks(CLAUSE), required=True),
}
