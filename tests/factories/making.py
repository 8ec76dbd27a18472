"""One record of any model, made from its fields; contract tests ask for one of each.

What a field needs is read from the model: the home is the region asked for (or the nearest place above it of a level
that the home may have), the first free text is the name, other records are made at the same place, and what may be
there only once gets a number or a day of its own. A model that needs more says so in `tests/factories/<app>.py`:

    VALUES = {Fund: lambda region, name: {"kind": "micro_fund"}}    # some fields; the rest is made
    MAKERS = {Policy: make_policy}                                  # (region, name) -> saved record
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import import_module
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Model

import tests.factories
from governance.kit.privacy import Classification, classification_of
from governance.kit.scoping import ScopedQuerySet
from governance.regions.models import Region

Maker = Callable[[Region, str], Any]
Values = Callable[[Region, str], dict[str, Any]]

SINCE, ON = date(2021, 5, 18), date(2024, 3, 1)
FIRST = date(1950, 1, 1)  # where days begin that may be there only once
number = count(1)


@cache
def written(what: str) -> dict[type[Model], Any]:
    """Return what the modules of the apps say about their models under this name: MAKERS or VALUES."""
    found: dict[type[Model], Any] = {}
    for module in pkgutil.iter_modules(tests.factories.__path__):
        found |= getattr(import_module(f"tests.factories.{module.name}"), what, {})
    return found


def make_record(model: type[Model], region: Region, name: str) -> Any:
    """Make a record of `model` homed at the community `region`, with `name` in one of its shown texts."""
    maker: Maker | None = written("MAKERS").get(model)
    return make(model, region, name) if maker is None else maker(region, name)


def make(model: type[Model], region: Region, name: str, **given: Any) -> Any:
    """Make a record from the model's fields; `given` values come first, then those that the app's module names."""
    named: Values | None = written("VALUES").get(model)
    given = ({} if named is None else named(region, name)) | given
    record = model(**given)
    fixed = frozenset(field.name for field in model._meta.concrete_fields if {field.name, field.attname} & set(given))
    for field in model._meta.concrete_fields:
        if field.name not in fixed:
            _fill(record, field, region, name, fixed)
    if "until" in _differing(model, fixed):
        record.until = record.since + timedelta(days=1)
    record.save(force_insert=True)
    return model._default_manager.get(pk=record.pk)  # with what the database itself fills in


def home_field(model: type[Model]) -> models.ForeignKey[Any, Any] | None:
    """Return the field that leads to the home of a record, or None where the record has none or is it."""
    rows = model._default_manager.get_queryset()
    name = rows.region_path.split("__")[0] if isinstance(rows, ScopedQuerySet) else ""
    fields = {field.name: field for field in model._meta.concrete_fields}
    field = fields.get(name)
    return field if isinstance(field, models.ForeignKey) else None


def home_of(model: type[Model], region: Region) -> Region:
    """Return where a record of `model` is homed that is asked for at `region`: there, or above it."""
    if model is Region:  # it is made beside the one asked for
        assert region.parent is not None
        return region.parent
    field = home_field(model)
    while field is not None and field.related_model is not Region:
        field = home_field(field.related_model)
    return region if field is None else _of_level(field, region)


def _of_level(field: Any, region: Region) -> Region:
    """Return the region itself, or the nearest place above it of a level that the field takes."""
    limits = field.get_limit_choices_to()
    levels = {str(level) for level in limits.get("level__in", ())} if isinstance(limits, dict) else set()
    place: Region | None = region
    while place is not None and levels and str(place.level) not in levels:
        place = place.parent
    assert place is not None, f"{field} takes no place at or above {region}"
    return place


def _fill(record: Model, field: Any, region: Region, name: str, fixed: frozenset[str]) -> None:
    """Put on the record what this field needs, where it needs anything."""
    model = record._meta.model
    if field.name in _differing(model, fixed):
        setattr(record, field.name, _another(field))
    elif field.name == _text(model, fixed):
        setattr(record, field.name, name[: field.max_length])
    elif not _is_needed(field):
        return
    elif isinstance(field, models.ForeignKey):
        setattr(record, field.name, _related(field, region, name))
    else:
        setattr(record, field.name, _value(field))


def _is_needed(field: Any) -> bool:
    """Return whether the database or a form would miss something; what the model fills in by itself is left alone."""
    kept = field.primary_key or field.generated or field.has_default() or field.null or not field.editable
    by_itself = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return not kept and not by_itself and not field.blank


def _related(field: Any, region: Region, name: str) -> Model:
    related = field.related_model
    if related is Region:
        return _of_level(field, region)
    rows = related._default_manager.get_queryset()
    if not isinstance(rows, ScopedQuerySet):  # the same for everybody, such as the items of a catalogue
        found: Model = rows.complex_filter(field.get_limit_choices_to()).order_by("pk").first()
        assert found is not None, f"{field}: there is no {related.__name__}"
        return found
    made: Model = make_record(related, region, f"{next(number)}号{name}")  # names may be there once at a place
    return made


def _value(field: Any) -> Any:
    """Return the plainest value that the field takes."""
    choices = [key for key, _word in field.flatchoices if key not in (None, "")]
    if choices:
        return choices[0]
    match field:
        case models.DateTimeField():
            return datetime(ON.year, ON.month, ON.day, 9, tzinfo=UTC)
        case models.DateField():
            return SINCE if field.name == "since" else ON
        case models.BooleanField():
            return True
        case models.DecimalField() | models.IntegerField() | models.FloatField():
            return _limit(field, MinValueValidator, 1)
        case models.FileField():
            return ContentFile(b"%PDF-1.4 made", name="made.pdf")
        case models.EmailField():
            return f"made{next(number)}@example.org"
        case models.URLField():
            return f"https://example.org/{next(number)}"
        case models.CharField() | models.TextField():
            return f"x{next(number)}"[-(field.max_length or 100) :]
    if field.get_internal_type() == "ArrayField":
        return [_value(field.base_field)]
    raise LookupError(f"no value for {field}: name one in tests/factories/{field.model._meta.app_label}.py")


def _limit(field: Any, kind: type[Any], usual: int) -> Any:
    """Return the number that a field's own limit of this kind names; the database's own width is none."""
    named = [each.limit_value for each in field._validators if isinstance(each, kind)]
    return max([usual, *named]) if kind is MinValueValidator else min([usual, *named])


# ---- what may be there only once ----


def _constraints(model: type[Model]) -> Iterator[tuple[str, ...]]:
    """Yield the fields that together may be there only once."""
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.name,)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield tuple(constraint.fields) or _names(constraint.expressions)
        elif hasattr(constraint, "index_type") and hasattr(constraint, "expressions"):  # an exclusion
            yield _names(each for each, _operator in constraint.expressions)


def _names(expressions: Iterable[Any]) -> tuple[str, ...]:
    """Return the fields that expressions speak of."""
    found: list[str] = []
    for expression in expressions:
        if isinstance(expression, str):
            found.append(expression)
        elif isinstance(expression, models.F):
            found.append(expression.name)
        else:
            found.extend(_names(expression.get_source_expressions()))
    return tuple(found)


@cache
def _text(model: type[Model], fixed: frozenset[str]) -> str | None:
    """Return the field that holds the name: the first text that is free and asked for, or else the first free one."""
    levels = classification_of(model)
    alone = {names[0] for names in _constraints(model) if len(names) == 1}
    free = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.SlugField)
        and field.editable
        and not (field.choices or field.null or field.has_default() or _is_coded(field))
        and field.name not in alone | fixed
        and levels.get(field.name) != Classification.SENSITIVE
    ]
    return next((field.name for field in (*(each for each in free if not each.blank), *free)), None)


def _is_coded(field: Any) -> bool:
    """Return whether a text follows a pattern."""
    return any(isinstance(validator, RegexValidator) for validator in field.validators)


@cache
def _differing(model: type[Model], fixed: frozenset[str]) -> frozenset[str]:
    """Return the fields that must differ so that two records can be made at one place under two names."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    text, differing = _text(model, fixed), set[str]()
    for names in map(set, _constraints(model)):
        if (
            text in names
            or names & differing
            or any(_is_made(fields[name]) for name in names - fixed if name in fields)
        ):
            continue
        if {"since", "until"} <= names - fixed:
            differing |= {"since", "until"}  # a span of one day, on a day of its own
        else:
            differing.update([name for name in fields if name in names - fixed and _can_differ(fields[name])][-1:])
    return frozenset(differing)


def _is_made(field: Any) -> bool:
    """Return whether a field leads to a record that is made anew for each."""
    if not isinstance(field, models.ForeignKey) or not _is_needed(field) or field.related_model is Region:
        return False
    return isinstance(field.related_model._default_manager.get_queryset(), ScopedQuerySet)


def _can_differ(field: Any) -> bool:
    kept = field.is_relation or field.choices or field.null or field.generated or field.has_default()
    return not kept and field.editable


def _another(field: Any) -> Any:
    """Return a value that no other record has."""
    turn = next(number)
    match field:
        case models.DateField():
            return FIRST + timedelta(days=turn % 24000)
        case models.SlugField():
            return f"made-{turn}"
        case models.CharField() | models.TextField():
            return f"X{turn:07d}"[-(field.max_length or 100) :]
    least, most = _limit(field, MinValueValidator, 1), _limit(field, MaxValueValidator, 30000)
    return least + turn % (most - least + 1)
