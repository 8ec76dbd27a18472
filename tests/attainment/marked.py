"""Marks as the tests see them, rows of any model that a reading may start from, and other values for any column."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from governance.attainment.models import DirtyMark, ReportedFigure
from governance.attainment.periods import month_of
from governance.kit.listing import LISTINGS
from governance.regions.models import CapabilityComponent, CapabilityItem, Region, RegionSet
from tests.factories import make_record
from tests.factories.places import Tree

DAY = date(2024, 3, 10)
MONTH = month_of(DAY)
RECENT, LATER = date(2025, 4, 10), date(2090, 1, 1)


def forget() -> None:
    DirtyMark.objects.all().delete()


def marks() -> list[tuple[int | None, bool, int | None]]:
    """Return region, below and month of each mark, and forget them."""
    found = [mark.as_tuple() for mark in DirtyMark.objects.all()]
    forget()
    return sorted(found, key=str)


def loosen(table: str) -> None:
    """Take away, until the end of the test, what else the database asks of a row, so that any one column can change."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'f', 'u', 'x')",
            [table],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}" CASCADE')
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
            " AND NOT starts_with(tgname, 'attainment_marks_')",
            [table],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER "{name}"')


def row_of(model: type[Model], tree: Tree) -> Any:
    """Make a row homed at the community of the tree."""
    if model is CapabilityItem:
        return CapabilityItem.objects.create(slug="an-item", name="项", name_en="item", levels=["community"])
    if model is CapabilityComponent:
        return CapabilityComponent.objects.create(item_id="needs_survey", slug="a-part", name="分项", name_en="part")
    if model is RegionSet:
        return RegionSet.objects.create(slug="a-set", name="组", name_en="set", codes=[tree.community.code])
    if model in LISTINGS:
        made = make_record(model, tree.community, "一个名称")
        if model is ReportedFigure:
            ReportedFigure.objects.filter(pk=made.pk).update(state="approved")
            made.refresh_from_db()
        return made
    given = {field.name: _first(field, tree) for field in _written(model) if not field.primary_key}
    return model._default_manager.create(**given)


def other_value(field: Any, row: Any, tree: Tree) -> Any:
    """Return a value for `field` that `row` does not have, and that fits to its other values."""
    now = getattr(row, field.attname)
    if field.is_relation:
        return tree.village if field.related_model is Region else _other_row(field, now, tree)
    if field.choices:
        return next(value for value, _name in field.flatchoices if value != now)
    kind = field.get_internal_type()
    if kind == "BooleanField":
        return not now
    if kind == "DateField":
        return (LATER if field.name == "until" else RECENT) if now is None else now - timedelta(days=40)
    if kind == "ArrayField":
        return ["township"] if now != ["township"] else ["county"]
    if kind in ("CharField", "TextField", "SlugField"):
        if now is None:
            return "x"
        return f"{now}x" if field.max_length is None or len(now) < field.max_length else now[::-1]
    if kind == "DateTimeField":
        return now + timedelta(days=1)
    return (now or 0) + 1


def _written(model: type[Model]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def _first(field: Any, tree: Tree) -> Any:
    if field.is_relation:
        return tree.community if field.related_model is Region else row_of(field.related_model, tree)
    if field.has_default():
        return field.get_default()
    if field.choices:
        return field.flatchoices[0][0]
    return {"DateField": DAY, "CharField": "text", "BooleanField": False, "DecimalField": Decimal(1)}.get(
        field.get_internal_type(), 1
    )


def _other_row(field: Any, now: Any, tree: Tree) -> Any:
    others = field.related_model._default_manager.exclude(pk=now)
    return others.first() or row_of(field.related_model, tree)
