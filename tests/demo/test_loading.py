"""A load without triggers leaves what triggers would have left."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from governance.attainment.models import ReportedFigure
from governance.deliberation.models import Consultation
from governance.kit import demo
from governance.people.models import PersonPlace
from organizations.models import QualifiedSpan
from projects.models import ListUpkeep, Project
from tests.demo.small import load_first_part
from volunteers.models import RecordStart

# What is told of rows that triggers write, or of columns that they keep, without keys.
KEPT: dict[type[Model], tuple[str, ...]] = {
    PersonPlace: ("region__code", "role", "person__pinyin"),
    QualifiedSpan: ("kind", "region__code", "level", "since", "until"),
    RecordStart: ("community__code", "since"),
    ListUpkeep: ("community__code", "part", "since", "until"),
    Project: ("number", "completed_on", "evaluated_on"),
    Consultation: ("community__code", "title", "held_on", "four_parties"),
}


def kept() -> dict[str, Any]:
    """Return what triggers keep, and how many rows there are of every table that the demonstration fills."""
    told: dict[str, Any] = {
        model._meta.label: Counter(model._default_manager.values_list(*fields)) for model, fields in KEPT.items()
    }
    for model in apps.get_models():
        if model._meta.label.startswith(
            ("regions.", "people.", "organizations.", "projects.", "volunteers.", "funds.", "deliberation.")
        ):
            told[f"rows of {model._meta.label}"] = model._default_manager.count()
    return told


def test_both_ways_of_loading_agree(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        load_first_part(folder)
        fast = kept()
        assert_no_orphans()
        assert_records_are_clean()
        transaction.set_rollback(True)
    monkeypatch.setattr(demo, "may_switch_triggers_off", lambda: False)  # as the user of somebody else's database
    load_first_part(folder)
    slow = kept()
    assert {name for name in fast if fast[name] != slow[name]} == set()
    assert fast["rows of organizations.QualifiedSpan"] > 0
    assert fast["rows of projects.ListUpkeep"] > 0


def assert_no_orphans() -> None:
    """See that what nobody has asked holds: each foreign key names a row."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if field.remote_field is None or not model._meta.managed or model._meta.label.startswith("attainment."):
                    continue
                table, column = model._meta.db_table, field.column
                target = field.remote_field.model._meta
                key = target.get_field(field.target_field.name).column
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" AS given WHERE given."{column}" IS NOT NULL AND NOT EXISTS'
                    f' (SELECT FROM "{target.db_table}" AS named WHERE named."{key}" = given."{column}")'
                )
                assert cursor.fetchone() == (0,), (table, column)


def assert_records_are_clean() -> None:
    """See that a few rows of each table are what its form would take."""
    for model in apps.get_models():
        if model._meta.app_label in {"organizations", "projects", "volunteers", "funds", "deliberation", "people"}:
            for record in model._default_manager.order_by("-pk")[:4]:
                record.full_clean(validate_unique=False, validate_constraints=False)
    for figure in ReportedFigure.objects.order_by("measure", "pk").distinct("measure"):
        figure.full_clean()
