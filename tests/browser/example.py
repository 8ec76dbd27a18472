"""The made-up policy of the documentation, records that it counts, and a worker that a test lets work."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from governance.attainment.actions.refreshing import refresh_marked
from governance.policies.packing import load
from governance.regions.models import Estate, Facility, RegisterCoverage
from tests.attainment.computed import Messages, computed
from tests.factories.places import Tree

PACK = Path(__file__).parents[2] / "docs" / "examples" / "example-county.yaml"
SLUG = "example-county"
SINCE = date(2022, 1, 1)
# What the policy's cards show for the records below: one of three communities, three of four estates, 180.50 over two.
VALUES = {
    "社会工作室覆盖率": "33.3%",
    "小区党支部组建率": "75%",
    "街道（镇）平均孵化面积": "90.3平方米/街道",
    "培训基地数": "2处",
}


def recorded(tree: Tree) -> None:
    """Keep the registers, and put in what the policy counts."""
    for register in ("facilities", "estates", "capabilities"):
        RegisterCoverage.objects.create(region=tree.county, register=register, since=SINCE)
    facility = Facility.objects.create
    facility(region=tree.community, kind="social_work_room", name="铁西社会工作室", since=SINCE)
    for place, area in ((tree.street, "120.00"), (tree.next_street, "60.50")):
        facility(region=place, kind="incubator", name=f"{place}孵化基地", since=SINCE, floor_area=Decimal(area))
    for place in (tree.county, tree.street):
        facility(region=place, kind="training_base", name=f"{place}培训基地", since=SINCE)
    for number, place in enumerate((tree.community, tree.community, tree.village, tree.next_community)):
        branch = date(2024, 3, 1) if number else None
        Estate.objects.create(community=place, name=f"第{number}小区", since=SINCE, party_branch_from=branch)


def loaded(tree: Tree, messages: Messages) -> None:
    """Have the records and the policy, with all numbers computed."""
    recorded(tree)
    assert not (found := load([PACK]).findings), "\n".join(map(str, found))
    work(messages)
    computed(messages)


def work(messages: Messages) -> None:
    """Do what a worker does: refresh what is marked, take what was sent."""
    refresh_marked()
    messages.deliver()
