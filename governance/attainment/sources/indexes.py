"""A system check: every declaration can be counted, and an index serves it without a look at the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Warning
from django.db import connection
from django.db.models import Index, Model, Q, UniqueConstraint
from django.db.models.constants import LOOKUP_SEP

from governance.attainment.sources.fields import NotExact, column
from governance.attainment.sources.lookups import ManyValued, NotAField, field_at, followed, read_by, target_of
from governance.kit.measures.sources import SOURCES, Events, Intervals

Declared = Intervals | Events
MANY, HOME, PERSON, UNKNOWN, WEIGHT, DAY = (f"attainment.E00{at}" for at in range(1, 7))
NO_INDEX = "attainment.W001"
_INTEGERS = ("smallint", "integer", "bigint")
_LONGEST_NAME = 30


def check_sources(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """Return what is wrong with the declared sources whose models belong to the apps (all)."""
    labels = None if app_configs is None else {config.label for config in app_configs}
    found: list[CheckMessage] = []
    for source in SOURCES.values():
        for declared in (source.intervals, source.events):
            if declared is not None and (labels is None or declared.model.split(".")[0] in labels):
                found += _faults(declared) or _unserved(declared)
    return found


def _faults(declared: Declared) -> list[CheckMessage]:
    model = apps.get_model(declared.model)
    found: list[CheckMessage] = []

    def fault(code: str, text: str) -> None:
        found.append(Error(f"The source {declared.name}: {text}.", obj=model, id=code))

    for lookup in sorted({declared.home, *_read(declared), *_person(declared)}):
        try:
            followed(model, lookup)
        except ManyValued:
            fault(MANY, f"{lookup} leads to several rows, each of which would be counted")
        except NotAField:
            fault(UNKNOWN, f"{lookup} leads to no field")
    if found:
        return found
    if followed(model, declared.home)[0][-1].related_model is not apps.get_model("regions.Region"):
        fault(HOME, f"its home {declared.home} is no region")
    for lookup in _person(declared):
        if _type(model, lookup) not in _INTEGERS:
            fault(PERSON, f"its person {lookup} is no integer")
    for lookup in sorted(set(_days(declared))):
        if _type(model, lookup) != "date":
            fault(DAY, f"{lookup} is no date")
    for weight in declared.weights.values():
        try:
            column("", model, weight.lookup, hundredths=True)
        except NotExact:
            fault(WEIGHT, f"{weight.lookup} is no integer and no decimal of at most two places")
        except NotAField:
            fault(UNKNOWN, f"{weight.lookup} leads to no field")
    for kind in declared.kinds.values():
        if followed(model, kind.lookup)[1]:
            fault(UNKNOWN, f"{kind.lookup} leads to no field")
    return found


def _type(model: type[Model], lookup: str) -> str:
    try:
        return target_of(field_at(model, lookup)).db_type(connection) or ""
    except NotAField:
        return ""


def _unserved(declared: Declared) -> list[CheckMessage]:
    if LOOKUP_SEP in declared.home:
        return []  # no index of one table leads with a column of another
    model = apps.get_model(declared.model)
    lead = (declared.home, *_ordered(declared))
    read = {followed(model, lookup)[0][0].name for lookup in (*_read(declared), *lead)}
    if any(_serves(fields, include, lead, read) for fields, include in _indexes(model)):
        return []
    rest = tuple(field.name for field in model._meta.concrete_fields if field.name in read - set(lead))
    name = f"{model._meta.app_label}_{model._meta.model_name}_covering"[:_LONGEST_NAME]
    include = f"include={_tuple(rest)}, " if rest else ""
    line = f'models.Index(fields={_tuple(lead)}, {include}name="{name}")'
    text = f"No index serves the source {declared.name}: every counting reads the whole table."
    return [Warning(text, hint=f"Add to the indexes of {declared.model}: {line}", obj=model, id=NO_INDEX)]


def _tuple(names: Sequence[str]) -> str:
    return "(" + ", ".join(f'"{name}"' for name in names) + ("," if len(names) == 1 else "") + ")"


def _serves(fields: Sequence[str], include: Iterable[str], lead: Sequence[str], read: set[str]) -> bool:
    return tuple(fields[: len(lead)]) == tuple(lead) and read <= {*fields, *include}


def _indexes(model: type[Model]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    for index in model._meta.indexes:
        if type(index) is Index and index.condition is None:
            yield index.fields, index.include
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
            yield constraint.fields, vars(constraint)["include"]


def _ordered(declared: Declared) -> tuple[str, ...]:
    """Return what the rows of a home are ordered by: persons with their days, else days; nothing of another table."""
    order = (declared.since,) if isinstance(declared, Intervals) else (*_person(declared), declared.on)
    return () if any(LOOKUP_SEP in name for name in order) else order


def _person(declared: Declared) -> tuple[str, ...]:
    return (declared.person,) if declared.person else ()


def _days(declared: Declared) -> Iterator[str]:
    yield from (declared.since, declared.until) if isinstance(declared, Intervals) else (declared.on,)
    yield from (mark.since for mark in declared.marks.values() if mark.since)


def _read(declared: Declared) -> Iterator[str]:
    """Yield the look-ups whose values a statement may read, the home apart."""
    yield from _days(declared)
    yield from _person(declared)
    yield from (lookup for condition in _conditions(declared) for lookup in read_by(condition))
    yield from (weight.lookup for weight in declared.weights.values())
    yield from (kind.lookup for kind in declared.kinds.values())


def _conditions(declared: Declared) -> Iterator[Q]:
    yield from (mark.condition for mark in declared.marks.values())
    yield from (kind.condition for kind in declared.kinds.values())
    yield from (implied.condition for implied in declared.implies)
