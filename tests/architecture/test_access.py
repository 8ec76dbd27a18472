"""Asks every address, as everybody. A new address without a line in the table fails here."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from governance.kit.listing import LISTINGS
from governance.regions.models import RegionCapability
from tests.architecture.access import CAST, GET, VERBS
from tests.architecture.routes import Route, nameless, routes
from tests.conftest import partner_client
from tests.factories import make_record
from tests.factories.places import Tree

ALL = routes()


@pytest.fixture
def values(tree: Tree) -> dict[str, dict[str, Any]]:
    """A record of each list in the street of `street_clerk`, by the name of the list."""
    made = {}
    for model, listing in LISTINGS.items():
        record = tree.community if listing.name == "region" else make_record(model, tree.community, "本街记录")
        made[listing.name] = {listing.key: getattr(record, listing.key), "object_id": record.pk}
    capability = RegionCapability.objects.get()
    capability.evidence.save("evidence.pdf", ContentFile(b"%PDF-1.4 evidence"))
    return made


def given(route: Route, values: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return what the address of a route needs."""
    name = route.name.split(":", 1)[-1]
    if route.name.startswith("admin:"):
        by_model = {f"{listing.app}_{listing.model._meta.model_name}": listing.name for listing in LISTINGS.values()}
        listing = next(
            (by_model[model] for model in sorted(by_model, key=len, reverse=True) if name.startswith(f"{model}_")), ""
        )
    else:
        listing = next((each for each in sorted(values, key=len, reverse=True) if name.startswith(each)), "")
    lives = {each.name: each.states.transitions[0].name for each in LISTINGS.values() if each.states}
    extra = {"move": lives.get(listing)} | {
        "kind": "csv",
        "field": "evidence",
        "app_label": "regions",
        "content_type_id": 1,
        "url": "nowhere/",
    }
    return values.get(listing, {}) | extra


def test_every_address_has_a_name() -> None:
    # the admin's own: old addresses of records, which redirect, and the end of the line
    assert set(nameless()) == {"<path:object_id>/", "(?P<url>.*)$"}


def test_the_table_names_exactly_the_addresses_that_exist() -> None:
    assert {route.name for route in ALL} - set(GET) == set()
    assert set(GET) - {route.name for route in ALL} == set()


@pytest.mark.parametrize("route", ALL, ids=lambda route: route.name)
def test_everybody_gets_what_the_table_says(
    route: Route, cast: dict[str, Client], values: dict[str, dict[str, Any]]
) -> None:
    url = route.url(given(route, values))
    answers = {name: cast[name].get(url).status_code for name in CAST}
    assert answers == dict(zip(CAST, map(int, GET.get(route.name, "").split()), strict=False)), url


API = [listing for listing in LISTINGS.values() if "api" in listing.surfaces]


def test_the_table_of_verbs_names_every_endpoint() -> None:
    assert {listing.name for listing in API} == set(VERBS)


@pytest.mark.parametrize("listing", API, ids=lambda listing: listing.name)
@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_everybody_may_do_what_the_table_says(
    listing: Any, verb: str, cast: dict[str, Client], values: dict[str, dict[str, Any]]
) -> None:
    """An empty body: 400 means that the caller would have been allowed to write."""
    name = f"api:{listing.name}-" + ("list" if verb == "post" else "detail")
    url = reverse(name, kwargs={} if verb == "post" else {listing.key: values[listing.name][listing.key]})
    expected = dict(zip(CAST, map(int, VERBS[listing.name][verb].split()), strict=True))
    answers = {
        who: getattr(cast[who], verb)(url, json.dumps({}), content_type="application/json").status_code
        for who in sorted(CAST, key=lambda who: expected[who] < 300)  # whoever may delete goes last
        if not (verb == "delete" and expected[who] < 300 and who != _first(expected))
    }
    assert answers == {who: expected[who] for who in answers}


def _first(expected: dict[str, int]) -> str:
    """Return the one who may delete for all: the record is gone after that."""
    return next(who for who in CAST if expected[who] < 300)


@pytest.mark.parametrize("verbs", [["view"], ["view", "add"], ["view", "change"], ["delete"]], ids="+".join)
def test_a_token_is_limited_to_its_verbs(verbs: list[str], tree: Tree, values: dict[str, dict[str, Any]]) -> None:
    client = partner_client(tree.street, verbs, name="limited")
    record = reverse("api:facility-detail", kwargs={"pk": values["facility"]["pk"]})
    asked = {
        "view": client.get(record),
        "add": client.post(reverse("api:facility-list"), "{}", content_type="application/json"),
        "change": client.patch(record, "{}", content_type="application/json"),
        "delete": client.delete(record),
    }
    refused = {verb for verb, response in asked.items() if response.status_code == 403}
    assert refused == set(asked) - set(verbs)
