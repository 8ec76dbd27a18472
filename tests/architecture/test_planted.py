"""What the enumerating tests are for is planted, and they fail: a view without scope, a new address, an unclassified field."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from governance.kit.listing import LISTINGS
from governance.kit.scoping import ScopedQuerySet
from governance.regions.models import Facility
from tests.architecture import test_access, test_models
from tests.architecture.routes import routes


def route(name: str) -> Any:
    return next(each for each in test_access.ALL if each.name == name)


@pytest.mark.parametrize("name", ["regions:facility_detail", "api:facility-detail", "regions:facility_change"])
def test_a_view_without_scope_is_found(
    name: str, cast: dict[str, Client], values: dict[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    test_access.test_everybody_gets_what_the_table_says(route(name), cast, {}, values)
    monkeypatch.setattr(ScopedQuerySet, "allowed_to", lambda rows, user, verb: rows)
    with pytest.raises(AssertionError, match="next_street_clerk"):
        test_access.test_everybody_gets_what_the_table_says(route(name), cast, {}, values)


def open_to_all(request: HttpRequest) -> HttpResponse:
    """A page that asks nobody who she is and shows what there is."""
    return HttpResponse("\n".join(Facility.objects.values_list("name", flat=True)))


def test_an_address_that_stands_in_no_table_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    test_access.test_the_table_names_exactly_the_addresses_that_exist()
    planted: Any = ModuleType("planted_urls")
    planted.urlpatterns = [path("planted/", open_to_all, name="planted"), path("", include(configured.ROOT_URLCONF))]
    with override_settings(ROOT_URLCONF=planted):
        monkeypatch.setattr(test_access, "ALL", routes())
    with pytest.raises(AssertionError, match="planted"):
        test_access.test_the_table_names_exactly_the_addresses_that_exist()


def test_an_unclassified_field_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    test_models.test_every_field_is_classified()
    field = models.CharField("手机", max_length=11)
    field.set_attributes_from_name("planted")
    monkeypatch.setitem(Facility._meta.__dict__, "concrete_fields", (*Facility._meta.concrete_fields, field))
    with pytest.raises(AssertionError, match=r"regions\.Facility\.planted"):
        test_models.test_every_field_is_classified()


def test_a_model_without_scope_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    test_models.test_every_model_is_scoped()
    assert Facility in LISTINGS
    monkeypatch.setattr(Facility._default_manager, "get_queryset", lambda: models.QuerySet(Facility))
    with pytest.raises(AssertionError, match=r"regions\.facility"):
        test_models.test_every_model_is_scoped()
