"""Every listing, on every surface: the same rows, the same filters, the same number of queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.kit.keeping import registers_of
from governance.kit.listing import LISTINGS, Listing
from governance.kit.masks import mask_name
from governance.kit.scoping import Scope
from tests.architecture.access import said
from tests.contracts.surfaces import EVERYWHERE, Surface, surfaces
from tests.factories import make_record
from tests.factories.making import home_of
from tests.factories.places import Tree

ALL = list(surfaces())
SCOPED = [surface for surface in ALL if surface.listing.model not in EVERYWHERE]
PAGES = [surface for surface in ALL if surface.name in {"page", "api", "admin"}]


@pytest.mark.parametrize("listing", list(LISTINGS.values()), ids=lambda listing: listing.name)
def test_every_listed_model_can_be_made_twice_at_one_place(listing: Listing, tree: Tree) -> None:
    home = home_of(listing.model, tree.community)
    for name in ("本街记录", "另一记录"):
        record = make_record(listing.model, tree.community, name)
        rows = listing.model._default_manager.filter(pk=record.pk)
        assert listing.model in EVERYWHERE or rows.inside(Scope((home.path,))).exists()  # type: ignore[attr-defined]


@pytest.mark.parametrize("surface", ALL, ids=str)
def test_a_record_in_scope_is_shown(surface: Surface, almighty: Client, tree: Tree) -> None:
    make_record(surface.listing.model, tree.community, "本街记录")
    body = surface.body(almighty)
    shown = ["本街记录", mask_name("本街记录"), tree.community.name, tree.community.code]
    assert any(text in body for text in shown), body[:2000]


def look_for_traces(surface: Surface, client: Client, tree: Tree) -> None:
    """Make a record in each street and fail on any trace of the next one's: its name, its place, the place's code."""
    make_record(surface.listing.model, tree.community, "本街记录")
    make_record(surface.listing.model, tree.next_community, "邻街记录")
    body = surface.body(client)
    for trace in (
        "邻街记录",
        mask_name("邻街记录"),
        tree.next_community.name,
        tree.next_community.code,
        tree.next_street.name,
    ):
        assert trace not in body, trace


@pytest.mark.parametrize("surface", SCOPED, ids=str)
def test_nothing_of_the_next_street_is_shown(surface: Surface, almighty: Client, tree: Tree) -> None:
    look_for_traces(surface, almighty, tree)


@pytest.mark.parametrize("surface", SCOPED, ids=str)
def test_a_planted_leak_is_found(
    surface: Surface, almighty: Client, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Listing, "rows", lambda listing, user: listing.model._default_manager.all())
    with pytest.raises(AssertionError):
        look_for_traces(surface, almighty, tree)


@pytest.mark.parametrize("surface", [surface for surface in ALL if surface.name in {"page", "csv", "api"}], ids=str)
def test_the_search_narrows_alike(surface: Surface, almighty: Client, tree: Tree) -> None:
    make_record(surface.listing.model, tree.community, "本街记录")
    nothing = surface.body(almighty, q="绝无此名")
    assert "本街记录" not in nothing


@pytest.mark.parametrize("surface", PAGES, ids=str)
def test_more_rows_cost_no_more_queries(surface: Surface, almighty: Client, tree: Tree) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            surface.body(almighty)
        return len(captured)

    for number in range(2):
        make_record(surface.listing.model, tree.community, f"记录{number}")
    queries()  # the first request fills caches of the framework
    few = queries()
    for number in range(12):
        make_record(surface.listing.model, tree.community, f"更多{number}")
    assert queries() == few


# What a list costs, session and user included. A changed number is a decision: look at the queries first.
# Session, user with her region, posts, count, rows; on a page the filters that she keeps.
PINNED = {"page": 6, "api": 5, "admin": 5}
PINNED_APART = said("QUERIES")  # by app, each with its reason
BAR = {"page": 1}  # how many messages are unread, on whatever page: an index of unread ones, read to 100 at most


def agreed(surface: Surface) -> int:
    """Return what a list costs; where it is a register, one more for each says since when it is kept at the user's place."""
    base = PINNED_APART.get(str(surface), PINNED[surface.name]) + BAR.get(surface.name, 0)
    return base + (len(registers_of(surface.listing)) if surface.name in {"page", "admin"} else 0)


def test_what_costs_more_exists() -> None:
    assert set(PINNED_APART) <= set(map(str, PAGES))


@pytest.mark.parametrize("surface", PAGES, ids=str)
def test_a_list_costs_what_was_agreed(
    surface: Surface, almighty: Client, tree: Tree, django_assert_num_queries: Callable[[int], Any]
) -> None:
    make_record(surface.listing.model, tree.community, "本街记录")
    surface.body(almighty)
    with django_assert_num_queries(agreed(surface)):
        surface.body(almighty)


@pytest.mark.parametrize("listing", list(LISTINGS.values()), ids=lambda listing: listing.name)
def test_a_listing_stands_on_every_surface_it_names(listing: Listing) -> None:
    names = {surface.name for surface in ALL if surface.listing is listing}
    wanted = {"page": {"page", "print", "csv", "xlsx"}, "api": {"api"}, "admin": {"admin"}}
    assert names == set().union(*(wanted[surface] for surface in listing.surfaces))
