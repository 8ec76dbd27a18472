"""Whatever a number reads leaves a mark when it changes, and nothing else does: asked of each source and each column."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F

from governance.attainment.sources.joins import Joins
from governance.attainment.sources.reading import UPDATE, Reading, readings
from governance.regions.models import Region
from tests.attainment.marked import forget, loosen, marks, other_value, row_of
from tests.factories.places import Tree

ALL = list(readings())


def _of(model: Any) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def _behind(model: Any, names: set[str]) -> set[str]:
    """Return the columns that the database makes those columns of that are read."""
    made = [field for field in model._meta.concrete_fields if getattr(field, "generated", False)]
    parts = (part for field in made if field.column in names for part in field.expression.flatten())
    return {model._meta.get_field(part.name).column for part in parts if isinstance(part, F)}


def _name(reading: Reading) -> str:
    return f"{reading.model}-{reading.first or reading.home or 'everywhere'}"


@pytest.mark.parametrize("reading", [one for one in ALL if UPDATE in one.events], ids=_name)
def test_every_column_that_is_read_leaves_a_mark(tree: Tree, reading: Reading) -> None:
    row_of(apps.get_model(reading.model), tree)
    joins = Joins(reading, "default")
    asked, regions = [], set(Region.objects.values_list("pk", flat=True))
    for alias, names in joins.columns.items():
        if joins.of_the_place(alias):
            continue
        model = joins.model(alias)
        loosen(joins.table(alias))
        for field in _of(model):
            if field.column in names and not field.primary_key:
                row = model._default_manager.latest("pk")
                value = other_value(field, row, tree)
                forget()
                model._default_manager.filter(pk=row.pk).update(**{field.name: value})
                places = {region for region, _below, _month in marks()}
                assert places, f"{model._meta.db_table}.{field.column}"
                assert places <= (regions if reading.home else {None})
                asked.append(field.column)
    assert asked


def tables_read() -> dict[str, set[str]]:
    with_columns: dict[str, set[str]] = defaultdict(set)
    for reading in ALL:
        joins = Joins(reading, "default")
        for alias, names in joins.columns.items():
            if not joins.of_the_place(alias):
                with_columns[joins.table(alias)] |= names
    return with_columns


@pytest.mark.django_db
def test_no_other_column_leaves_a_mark(tree: Tree) -> None:
    asked = []
    models = {model._meta.db_table: model for model in apps.get_models()}
    for table, names in tables_read().items():
        model = models[table]
        row = row_of(model, tree)
        loosen(table)
        read = names | _behind(model, names)
        for field in _of(model):
            if field.column not in read and not field.primary_key:
                value = other_value(field, row, tree)
                forget()
                model._default_manager.filter(pk=row.pk).update(**{field.name: value})
                assert marks() == [], f"{table}.{field.column}"
                asked.append(f"{table}.{field.column}")
    assert {"regions_region.name", "regions_estate.households", "policies_indicator.note"} <= set(asked)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["trial_certificate", "trial_post", "regions_estate", "policies_target"])
def test_every_table_that_is_read_marks_everything_when_it_is_emptied(table: str) -> None:
    assert table in tables_read()
    forget()
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")
    assert (None, False, None) in marks()
