"""The pages of every list, found by themselves: the list empty and filled, a record with a long name, and its form.

All of them are opened on a desk. Barriers are looked for, and the record and the form seen on a phone, in every fourth
list, always the same ones, and these are seen empty, too: pages follow from the kit, so a part of the lists shows what
a kind of field does to them.
EVERY_ADDRESS=1 looks at all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any
from zlib import crc32

from playwright.sync_api import Page

from governance.accounts.models import User
from governance.kit.listing import LISTINGS, Listing
from tests.browser.conftest import DESK, PHONE, SHEET
from tests.browser.test_every_page import LONG, faults, too_wide
from tests.factories import make_record
from tests.factories.places import Tree

Open = Callable[..., Page]
LISTS = [listing for listing in LISTINGS.values() if "page" in listing.surfaces]
SAMPLE = 1 if os.environ.get("EVERY_ADDRESS") else 4
SEEN = [listing for listing in LISTS if crc32(listing.name.encode()) % SAMPLE == 0]


class Walk:
    """People who share the pages between them: the clerk takes what she may, administrator and auditor the rest."""

    def __init__(self, signed_in: Open, people: list[User], size: Any) -> None:
        self.windows = [(user, signed_in(user, size=size)) for user in people]

    def faults(self, listing: Listing, verb: str, address: str) -> Iterator[str]:
        """Yield what is wrong with a page, that nobody may open it included."""
        page = next((page for user, page in self.windows if listing.allows(user, verb)), None)
        if page is None:
            yield f"{address}: for none of them"
            return
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            yield f"{address}: {answer and answer.status}"
        yield from faults(page, address) if listing in SEEN else too_wide(page, address)

    def record(self, listing: Listing, record: Any) -> Iterator[str]:
        """Yield what is wrong with the page of a record and with the form for another one."""
        yield from self.faults(listing, "view", listing.url("detail", record))
        if listing.add and listing.form:
            yield from self.faults(listing, "add", listing.url("add"))


def test_on_a_desk(signed_in: Open, tree: Tree, street_clerk: User, bureau_admin: User, auditor: User) -> None:
    walk, wrong = Walk(signed_in, [street_clerk, bureau_admin, auditor], DESK), []
    for listing in SEEN:
        wrong += walk.faults(listing, "view", listing.url("list"))
    records = {listing: make_record(listing.model, tree.community, LONG[:100]) for listing in LISTS}
    for listing, record in records.items():
        wrong += walk.faults(listing, "view", listing.url("list"))
        wrong += walk.record(listing, record)
    assert wrong == []


def test_on_a_phone(signed_in: Open, tree: Tree, street_clerk: User, bureau_admin: User, auditor: User) -> None:
    walk, wrong = Walk(signed_in, [street_clerk, bureau_admin, auditor], PHONE), []
    for listing in SEEN:
        wrong += walk.record(listing, make_record(listing.model, tree.community, LONG[:100]))
    assert wrong == []


def test_a_printed_list_fits_the_sheet(signed_in: Open, tree: Tree, street_clerk: User) -> None:
    """A4 upright is 703 px wide inside its margins: narrower than the phone's layout, which is for screens alone."""
    page = signed_in(street_clerk, size=SHEET)
    page.emulate_media(media="print")
    for listing in (listing for listing in SEEN if listing.allows(street_clerk, "view")):
        make_record(listing.model, tree.community, LONG[:100])
        page.goto(f"{listing.url('list')}?print=1")
        assert page.evaluate("document.documentElement.scrollWidth") <= SHEET["width"], listing.name
        assert page.evaluate(
            "[...document.querySelectorAll('.tb')].every(table => table.scrollWidth <= table.parentElement.clientWidth)"
        ), listing.name
