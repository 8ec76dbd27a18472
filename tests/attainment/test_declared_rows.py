"""Declarations that later apps may make, over tables that are there: what has no day, and marks with a start of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from governance.attainment.periods import month_of
from governance.kit.measures.sources import SOURCES, Events, Intervals, Mark, declare
from governance.regions.models import Estate, Facility
from tests.attainment.slow_facts import RecordFacts, tree_below
from tests.factories.places import Tree


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    before = dict(SOURCES)
    marks = {"led": Mark("小区", "个", since="party_branch_from"), "there": Mark("小区", "个", since="since")}
    declare(Intervals("t_estates", "小区", "regions.Estate", "community", marks))
    declare(Intervals("t_branches", "党支部", "regions.Estate", "community", marks, since="party_branch_from"))
    declare(
        Events("t_closed", "关闭", "regions.Facility", "region", "until", {"any": Mark("设施", "处")}, person="kind")
    )
    yield
    SOURCES.clear()
    SOURCES.update(before)


def facts(tree: Tree) -> RecordFacts:
    return RecordFacts(tree_below(tree.county), tree.county)


def test_a_row_without_the_day_of_a_mark_does_not_have_the_mark(tree: Tree) -> None:
    Estate.objects.create(community=tree.community, name="一期")
    Estate.objects.create(community=tree.community, name="二期", party_branch_from=date(2022, 5, 1))
    assert facts(tree).stock("t_estates", "led", None).first.tolist() == [month_of(date(2022, 5, 1))]


def test_a_row_has_a_mark_only_while_it_is_there_itself(tree: Tree) -> None:
    Estate.objects.create(
        community=tree.community, name="一期", since=date(2020, 3, 1), party_branch_from=date(2022, 5, 1)
    )
    assert facts(tree).stock("t_branches", "there", None).first.tolist() == [month_of(date(2022, 5, 1))]
    Estate.objects.update(party_branch_from=None)
    assert facts(tree).stock("t_branches", "there", None).first.tolist() == [month_of(date(2020, 3, 1))]


def test_what_has_no_day_yet_has_not_happened(tree: Tree) -> None:
    for name, until in (("一号", None), ("二号", date(2023, 4, 30))):
        Facility.objects.create(region=tree.community, kind="incubator", name=name, since=date(2022, 1, 1), until=until)
    found = facts(tree)
    assert found.flow("t_closed", "any", None).month.tolist() == [month_of(date(2023, 4, 30))]
    assert found.persons("t_closed", "any").month.tolist() == [month_of(date(2023, 4, 30))]
