"""The pages made of cards cost a fixed number of queries, however much there is below a place."""

from __future__ import annotations

from typing import Any

import pytest

from governance.accounts.models import User
from governance.kit.listcards import fits
from governance.kit.listing import LISTINGS
from governance.regions.models import Estate, Facility, Region
from tests.factories import make_record, make_region
from tests.factories.places import Tree

# A changed number is a decision: look at the queries first.
# Beside the cards of listings; those share one question, since when the registers are kept at the place.
# Each page asks how many messages are unread; the workbench also what falls due (all kinds in one statement), which
# figures wait for a move, which notices and requests of data subjects do, and which imports of one's own wait for a confirmation.
# The workbench asks one each for the month to be confirmed, for the plans that fall due, and for figures and whole
# exports that wait for a move; the page of a place asks which policy speaks of it.
PINNED = {"/": 18, "/regions/430211000000/": 19}
PLACES = {"/": {"workbench", "workbench_side"}, "/regions/430211000000/": {"region", "region_side"}}


def agreed(page: str, user: User, region: Region) -> int:
    """Return what a page costs: a card of a listing counts its rows, and reads those of a place that can have some."""
    shown = [
        listing
        for listing in LISTINGS.values()
        if listing.card is not None and set(listing.card.place.split()) & PLACES[page] and listing.allows(user, "view")
    ]
    return PINNED[page] + len(shown) + sum(fits(listing, region) for listing in shown)


@pytest.mark.parametrize("page", sorted(PINNED))
def test_a_page_costs_what_was_agreed(
    page: str, bureau_admin: User, tree: Tree, as_user: Any, django_assert_num_queries: Any
) -> None:
    client, wanted = as_user(bureau_admin), agreed(page, bureau_admin, tree.county)
    client.get(page)
    with django_assert_num_queries(wanted):
        client.get(page)
    for number in range(5):
        make_record(Facility, tree.community, f"设施{number}")
        make_record(Estate, tree.community, f"小区{number}")
        make_region(f"4302110{number + 10}000", f"街道{number}", tree.county)
    with django_assert_num_queries(wanted):
        client.get(page)
