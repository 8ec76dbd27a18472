"""Asks every address, as everybody. A new address without a line in the table fails here."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from governance.kit.listing import LISTINGS, Listing
from tests.architecture.access import CAST, listing_of, said, table
from tests.architecture.access.others import DIFFERS, LIKE
from tests.architecture.routes import Route, nameless, routes
from tests.conftest import partner_client
from tests.factories.places import Tree

ALL = routes()
GET, VERBS = table()
OF = said("OF")


def whose(route: Route) -> Listing | None:
    """Return the list whose page, endpoint or admin page this is: the view itself knows."""
    space, _, name = route.name.rpartition(":")
    if space == "admin":
        by_model = {f"{each.app}_{each.model._meta.model_name}": each for each in LISTINGS.values()}
        return by_model.get("_".join(name.split("_")[:2]))
    if route.name in OF:
        app, _colon, name = OF[route.name].rpartition(":")
        return listing_of(app or space, name)
    view = getattr(route.callback, "cls", None) or getattr(route.callback, "view_class", None)  # of the API, of a page
    found = getattr(route.callback, "view_initkwargs", {}).get("listing") or getattr(view, "listing", None)
    return found if isinstance(found, Listing) else None


def given(route: Route, values: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return what the address of a route needs."""
    listing = whose(route)
    extra = {
        "kind": "csv",
        "app_label": "regions",
        "content_type_id": 1,
        "url": "nowhere/",
        "section": "lists",
        "service": "unlock",
        "number": UUID(int=1),
        "token": "x",
        "name": "regions.facility.no_area",
        "key": 0,
    }
    if listing is None:
        return extra
    if listing.files:
        extra["field"] = listing.files[0]
    if listing.states is not None:
        extra["move"] = listing.states.transitions[0].name
    return values[listing.name] | extra


def test_every_address_has_a_name() -> None:
    # the admin's own: old addresses of records, which redirect, and the end of the line
    assert set(nameless()) == {"<path:object_id>/", "(?P<url>.*)$"}


def test_the_table_names_exactly_the_addresses_that_exist() -> None:
    assert {route.name for route in ALL} - set(GET) == set()
    assert set(GET) - {route.name for route in ALL} == set()


@pytest.mark.parametrize("route", ALL, ids=lambda route: route.name)
def test_everybody_gets_what_the_table_says(
    route: Route, cast: dict[str, Client], others: dict[str, Client], values: dict[str, dict[str, Any]]
) -> None:
    url = route.url(given(route, values))
    known = dict(zip(CAST, map(int, GET.get(route.name, "").split()), strict=False))
    expected = known | {name: DIFFERS[name].get(route.name, known.get(LIKE[name])) for name in others}
    everybody = {name: cast[name] for name in CAST} | others
    assert {name: client.get(url).status_code for name, client in everybody.items()} == expected, url


def test_whatever_differs_for_the_others_is_an_address() -> None:
    assert {name for each in DIFFERS.values() for name in each} - {route.name for route in ALL} == set()


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
