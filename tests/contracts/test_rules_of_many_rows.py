"""Rules are asked of a hundred thousand rows at once: each must let the database join by a hash, never row by row."""

from __future__ import annotations

import pytest

from governance.kit.imports.heads import imports_of
from governance.kit.imports.rules import onlys
from governance.kit.listing import LISTINGS, Listing

IMPORTED = [each for each in LISTINGS.values() if imports_of(each) is not None]


@pytest.mark.parametrize("listing", IMPORTED, ids=lambda each: each.name)
def test_what_only_one_may_have_is_compared_by_something_equal(listing: Listing) -> None:
    said = imports_of(listing)
    assert said is not None
    for only in onlys(listing.model, said.triggers):
        assert "=" in {sign for _part, sign in only.parts}, only.fields


def test_there_are_such_rules() -> None:
    assert sum(1 for each in IMPORTED for _only in onlys(each.model, imports_of(each).triggers)) > 30  # type: ignore[union-attr]
