"""A pack does not take the ground from under targets that were allocated to regions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from governance.policies.models import Indicator, Target
from tests.factories.places import Tree
from tests.policies.made import make_target
from tests.policies.test_loading import loading

__all__ = ["loading"]  # fixture

LEVELS = "    verdict_levels: [county]\n"
TARGETS = """\
    - {due: 2023-12-31, value: 100}
    - {due: 2025-12-31, value: 200}
"""


@pytest.fixture
def given(loading: Any, tree: Tree) -> Target:
    """The street has 80 of the county's 200."""
    loading()
    return make_target(Indicator.objects.get(slug="first"), tree.street, "allocated", value=Decimal(80))


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (LEVELS, LEVELS + "    region: '430211002000'\n", (19, 13)),
        (LEVELS, LEVELS + "    direction: range\n", (19, 16)),
        (LEVELS, LEVELS + "    yearly: listed\n", (19, 13)),
        (f"{LEVELS}    targets:\n{TARGETS}", LEVELS + "    references: [{value: 1, text: '1个'}]\n", (12, 5)),
    ],
)
def test_what_does_not_go_with_them_is_refused(
    old: str, new: str, place: tuple[int, int], loading: Any, given: Target
) -> None:
    changes = [(old, new)]
    if "range" in new:
        changes += [("value: 100}", "value: 100, high: 120}"), ("value: 200}", "value: 200, high: 220}")]
    outcome = loading(*changes)
    assert [(row.place, row.code) for row in outcome.findings] == [(place, "allocated_targets")]
    given.refresh_from_db()
    assert (given.value, Indicator.objects.get(slug="first").region) == (80, None)


def test_what_stands_that_way_already_is_loaded_again(loading: Any, given: Target) -> None:
    Target.objects.filter(pk=given.pk).update(yearly="listed")
    assert not loading().findings


def test_one_indicator_has_its_targets_in_one_place(loading: Any, tree: Tree) -> None:
    region = LEVELS + "    region: '430211002000'\n"
    outcome = loading((LEVELS, region), ("value: 200}", "value: 200, region: '430211000000'}"))
    assert [(row.place, row.code) for row in outcome.findings] == [((22, 45), "two_places")]
