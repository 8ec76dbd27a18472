"""Asks every model, instead of trusting memory."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from governance.kit.privacy import classification_of
from governance.kit.scoping import ScopedQuerySet

OURS = ("governance.", "organizations", "projects", "volunteers", "funds")
MODELS = [model for model in apps.get_models() if model.__module__.startswith(OURS)]
# Rows that are the same for everybody: data of the code, brought into tables.
FOR_EVERYBODY = {"regions.capabilityitem", "regions.capabilitycomponent", "regions.regionset", "accounts.roleinforce"}
LAYERS = [
    {"regions"}, {"accounts"}, {"audit", "desk"}, {"policies", "ledger", "people"}, {"privacy"}, {"attainment"}, {"deliberation"},
    {"organizations"}, {"projects"}, {"volunteers", "funds"},
]  # fmt: skip


def test_every_field_is_classified() -> None:
    missing = {
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.concrete_fields
        if field.name not in classification_of(model)
    }
    assert missing == set()


def test_no_classification_names_a_field_that_is_not_there() -> None:
    stale = {
        f"{model._meta.label}.{name}"
        for model in MODELS
        for name in set(classification_of(model)) - {field.name for field in model._meta.concrete_fields}
    }
    assert stale == set()


def test_every_model_is_scoped() -> None:
    unscoped = {
        model._meta.label_lower
        for model in MODELS
        if not isinstance(model._default_manager.get_queryset(), ScopedQuerySet)
    }
    assert unscoped == FOR_EVERYBODY


def test_every_model_says_what_it_is_in_chinese() -> None:
    silent = {
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.concrete_fields
        if field.name not in {"id", "password", "last_login"}
        and str(field.verbose_name).isascii()
        and model._meta.label != "accounts.PartnerClient"
    }
    assert silent == set()


def test_foreign_keys_point_down_only() -> None:
    floor = {app: number for number, names in enumerate(LAYERS) for app in names}
    upward = {
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.app_label in floor
        and field.related_model._meta.app_label != model._meta.app_label
        and floor[field.related_model._meta.app_label] >= floor[model._meta.app_label]
    }
    assert upward == set()


def test_every_constraint_has_a_name_of_its_own() -> None:
    names = [constraint.name for model in MODELS for constraint in model._meta.constraints]
    assert len(names) == len(set(names))
