"""Numbers come through the packing exact, whatever their columns can hold; persons are counted once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from django.db.models import Q, Value

from governance.attainment.periods import last_day, month_of
from governance.attainment.rollup.facts import Spans
from governance.attainment.rollup.quantity import spread
from governance.attainment.sources.facts import PackedFacts
from governance.attainment.sources.fields import LONG, SHORT, WHOLE, Code, Number, pack
from governance.attainment.sources.intervals import merged
from governance.kit.measures import expressions as e
from governance.kit.measures.sources import Events, Intervals, Mark, Values, Weight
from tests.attainment.declaring import declaring
from tests.attainment.packed_rows import keys_of
from tests.attainment.slow_facts import tree_below
from tests.factories.places import Tree
from tests.trial.models import Certificate, Group, Post, Service, Session, Undertaking, Worker

DAY = date(2023, 5, 6)
MONTHS = (2023 * 12, 2023 * 12 + 11)
_LARGEST = (2**63 - 1) // 100
_ALL = {"all": Mark("全部", "个")}


def _weights(*names: str) -> dict[str, Weight]:
    return {name: Weight(name, "数", "个") for name in names}


SOURCES = (
    Events("t_services", "服务", "trial.Service", "home", "served_on", _ALL,
           _weights("minutes", "beneficiaries", "undertaking", "volunteer"), person="volunteer"),
    Events("t_undertakings", "项目", "trial.Undertaking", "home", "started_on", _ALL, _weights("amount")),
    Intervals("t_workers", "工作者", "trial.Worker", "home", _ALL, "certified_on", "left_on", _weights("certificate")),
    Intervals("t_groups", "组织", "trial.Group", "home", _ALL, weights=_weights("area", "party"),
              kinds={"whole": Values("whole", "全", {"True": "是"}, Q(party=True))}),
    Events("t_sessions", "活动", "trial.Session", "home", "on", _ALL, _weights("hours"), person="person"),
    Intervals("t_people", "人员", "trial.Post", "home", {**_ALL, "main": Mark("主岗", "人", Q(main=True))},
              weights=_weights("person"), person="person"),
    Intervals("t_holders", "持证", "trial.Certificate", "holder__home", _ALL, person="holder__person"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    with declaring(*SOURCES):
        yield


def facts(tree: Tree, *expressions: e.Expression, months: tuple[int, int] = MONTHS) -> PackedFacts:
    places = tree_below(tree.province)
    return PackedFacts(places, keys_of(places), expressions, *months)


def sums(tree: Tree, source: str, weight: str) -> list[int]:
    found = facts(tree, e.Flow(source, "all", "month", weight)).flow(source, "all", weight)
    assert found.amount is not None
    return sorted(found.amount.tolist())


def test_the_extremes_of_every_column_come_through(tree: Tree) -> None:
    extremes = ((2**31 - 1, 32767, 2**31 - 1, _LARGEST), (0, 0, -(2**31), -_LARGEST))
    for minutes, beneficiaries, undertaking, volunteer in extremes:
        Service.objects.create(
            home=tree.community, volunteer_id=volunteer, undertaking=undertaking, served_on=DAY,
            minutes=minutes, beneficiaries=beneficiaries,
        )  # fmt: skip
    assert sums(tree, "t_services", "minutes") == [0, (2**31 - 1) * 100]
    assert sums(tree, "t_services", "beneficiaries") == [0, 3276700]
    assert sums(tree, "t_services", "undertaking") == [-(2**31) * 100, (2**31 - 1) * 100]
    assert sums(tree, "t_services", "volunteer") == [-_LARGEST * 100, _LARGEST * 100]


def test_a_number_that_does_not_fit_in_hundredths_is_refused(tree: Tree) -> None:
    for amount in (-_LARGEST, _LARGEST):
        Undertaking.objects.create(home=tree.community, amount=amount, started_on=DAY)
    assert sums(tree, "t_undertakings", "amount") == [-_LARGEST * 100, _LARGEST * 100]
    for amount in (_LARGEST + 1, -_LARGEST - 1, -(2**63), 2**63 - 1):
        Undertaking.objects.update(amount=amount)
        with pytest.raises(OverflowError):
            sums(tree, "t_undertakings", "amount")


def test_small_integers_are_shifted_as_large_ones(tree: Tree) -> None:
    for certificate in (-32768, -1, 0, 1, 32767):
        Worker.objects.create(home=tree.street, certificate=certificate, certified_on=DAY, name="甲")
    found = facts(tree, e.Stock("t_workers", "all", "certificate")).stock("t_workers", "all", "certificate")
    assert found.amount is not None
    assert sorted(found.amount.tolist()) == [-3276800, -100, 0, 100, 3276700]
    assert set(found.first.tolist()) == {month_of(DAY)}


def test_decimals_of_every_length_and_no_number_at_all(tree: Tree) -> None:
    lengths = ("9999999999.99", "-9999999999.99", "0.01", "-0.01")
    for area in (*(Decimal(text) for text in lengths), None):
        Group.objects.create(home=tree.community, area=area, party=area is None)
    found = facts(tree, e.Stock("t_groups", "all", "area"), e.Stock("t_groups", "all", "party"))
    area = found.stock("t_groups", "all", "area").amount
    party = found.stock("t_groups", "all", "party").amount
    assert area is not None
    assert party is not None
    assert sorted(area.tolist()) == [-999999999999, -1, 0, 1, 999999999999]
    assert sorted(party.tolist()) == [0, 0, 0, 0, 100]
    for hours in ("999999.99", "-999999.99"):
        Session.objects.create(home=tree.community, on=DAY, hours=Decimal(hours))
    assert sums(tree, "t_sessions", "hours") == [-99999999, 99999999]


def test_persons_of_every_size_are_told_apart(tree: Tree) -> None:
    persons = [-(2**63), -1, 0, 1, 2**63 - 1]
    for person in (*persons, *persons, None, None):
        Session.objects.create(home=tree.community, on=DAY, person=person)
    found = facts(tree, e.Distinct("t_sessions", "all", "month")).persons("t_sessions", "all")
    assert found.person is not None
    assert found.person.tolist() == sorted(persons * 2)
    assert len(set(found.person.tolist())) == 5


def test_a_value_that_is_no_text_is_told_by_its_condition(tree: Tree) -> None:
    for whole, party in ((True, True), (True, False), (False, True)):
        Group.objects.create(home=tree.community, whole=whole, party=party)
    (spans,) = facts(tree, e.Kinds("t_groups", "whole", "now")).kinds("t_groups", "whole", "now")
    assert len(spans.home) == 1


def test_words_are_as_few_and_as_short_as_they_can_be() -> None:
    def number(name: str, bits: int) -> Number:
        return Number(name, Value(0), bits)

    words, places = pack([number("a", 12), number("b", 12), Code("c", [Q(pk=1)] * 127)])
    assert [word.dtype for word in words] == [">i4"]
    assert sorted((place.shift, place.bits) for place in places.values()) == [(0, 12), (12, 12), (24, 7)]
    words, _ = pack([number("a", 12), number("b", 12), Code("c", [Q(pk=1)] * 128)])
    assert [word.dtype for word in words] == [">i8"]
    words, places = pack([number("a", WHOLE), number("b", LONG), number("c", SHORT), number("d", 32), number("e", 1)])
    assert [word.dtype for word in words] == [">i8", ">i8", ">i8", ">i4"]
    assert (places["c"].word, places["d"].word, places["e"].word) == (2, 2, 3)


def _counted(tree: Tree, mark: str) -> list[list[int]]:
    found = facts(tree, e.Stock("t_people", mark)).stock("t_people", mark, None)
    places = tree_below(tree.province)
    counted: list[list[int]] = spread(found, len(places), np.arange(MONTHS[0], MONTHS[1] + 1)).tolist()
    return counted


@pytest.mark.parametrize("seed", range(3))
def test_a_person_at_a_home_counts_once_at_a_time(tree: Tree, seed: int) -> None:
    chance = Random(seed)
    places = tree_below(tree.province)
    homes = [tree.community, tree.village, tree.street]
    for _ in range(80):
        since = date(2022, 6, 1) + timedelta(days=chance.randrange(600))
        until = None if chance.random() < 0.2 else since + timedelta(days=chance.randrange(1, 200))
        Post.objects.create(
            home=chance.choice(homes), person=chance.randrange(6), main=chance.random() < 0.5, since=since, until=until
        )
    posts = list(Post.objects.select_related("home"))
    for mark in ("all", "main"):
        expected = [
            [
                100 * len({
                    post.person for post in posts
                    if post.home.code == code and (mark == "all" or post.main)
                    and post.since <= last_day(month) and (post.until is None or post.until > last_day(month))
                })
                for month in range(MONTHS[0], MONTHS[1] + 1)
            ]
            for code in places.codes
        ]  # fmt: skip
        assert _counted(tree, mark) == expected
    found = facts(tree, e.Stock("t_people", "all", "person")).stock("t_people", "all", "person")
    assert len(found.home) > 18  # a weight is summed over all rows


def test_a_person_that_another_table_names_counts_once_too(tree: Tree) -> None:
    for home in (tree.community, tree.village):
        posts = [Post.objects.create(home=home, person=person, since=DAY) for person in (1, 1, 2)]
        for post in posts * 2:
            Certificate.objects.create(holder=post, level="senior", since=DAY)
    found = facts(tree, e.Stock("t_holders", "all")).stock("t_holders", "all", None)
    places = tree_below(tree.province)
    assert sorted(found.home.tolist()) == sorted(
        [places.index[tree.community.code], places.index[tree.village.code]] * 2
    )


def test_spans_that_touch_or_lie_in_one_another_become_one_coverage() -> None:
    def column(*values: int) -> np.ndarray:
        return np.array(values, dtype=np.int64)

    spans = Spans(column(0, 0, 0, 0, 0, 1), column(5, 1, 2, 9, 1, 1), column(7, 5, 3, 12, 4, 4))
    found = merged(spans, column(7, 7, 7, 7, 8, 7), True)
    rows = sorted(zip(found.home.tolist(), found.first.tolist(), found.until.tolist(), strict=True))
    assert rows == [(0, 1, 4), (0, 1, 5), (0, 5, 7), (0, 9, 12), (1, 1, 4)]
    nobody = np.array([True, True, False, True, False, True])
    found = merged(spans, column(7, 7, 0, 7, 0, 7), nobody)
    rows = sorted(zip(found.home.tolist(), found.first.tolist(), found.until.tolist(), strict=True))
    assert rows == [(0, 1, 4), (0, 1, 5), (0, 2, 3), (0, 5, 7), (0, 9, 12), (1, 1, 4)]
