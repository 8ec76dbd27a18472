"""The fast reader counts what the slow one counts: every expression, place and month."""

from __future__ import annotations

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.attainment.rollup.facts import NoSource
from governance.kit.measures import expressions as e
from tests.attainment.packed_rows import (
    EXPRESSIONS,
    ITEMS,
    MONTHS,
    WINDOWS,
    days_of,
    make_rows,
    packed,
    persons_of,
    spans_of,
    statements_of,
    values,
)
from tests.attainment.slow_facts import RecordFacts
from tests.factories.places import Tree

RANGES = (MONTHS, (2023 * 12, 2023 * 12), (2019 * 12, 2020 * 12), (2021 * 12 + 5, 2027 * 12))


@pytest.mark.parametrize("seed", range(4))
def test_every_value_is_the_same(tree: Tree, seed: int) -> None:
    make_rows(seed)
    for months in RANGES if seed == 0 else (MONTHS,):
        for root in (tree.province, tree.street):
            found = packed(root, months)
            slow = RecordFacts(found.tree, root)
            expected, got = values(found.tree, slow, months, root), values(found.tree, found, months, root)
            for expression, one, other in zip(EXPRESSIONS, expected, got, strict=True):
                assert one == other, expression


def test_what_is_compared_is_not_empty(tree: Tree) -> None:
    make_rows(0)
    make_rows(1, count=150, stated=False)
    found = packed(tree.province)
    got = values(found.tree, found, MONTHS, tree.province)
    empty = {
        expression
        for expression, (amount, missing, *_) in zip(EXPRESSIONS, got, strict=True)
        if not np.where(missing, 0, amount).any()
    }
    counted = {one for one in EXPRESSIONS if isinstance(one, e.Stock | e.Flow | e.Distinct | e.Kinds)}
    assert not empty & counted
    assert e.Figure("nobody.knows") in empty
    assert len(empty) < len(EXPRESSIONS) / 3  # most items have no scope, and some are stated nowhere


@pytest.mark.parametrize("seed", range(4, 8))
def test_the_rows_themselves_are_the_same(tree: Tree, seed: int) -> None:
    """Also of places whose register is not kept, of which no value tells."""
    make_rows(seed)
    fast = packed(tree.province)
    slow = RecordFacts(fast.tree, tree.province)
    for part in {inner for expression in EXPRESSIONS for inner in e.parts(expression)}:
        match part:
            case e.Stock(source, mark, weight):
                assert spans_of(fast.stock(source, mark, weight), MONTHS) == spans_of(
                    slow.stock(source, mark, weight), MONTHS
                ), part
            case e.Flow(source, mark, window, weight):
                assert days_of(fast.flow(source, mark, weight), window, MONTHS) == days_of(
                    slow.flow(source, mark, weight), window, MONTHS
                ), part
            case e.Distinct(source, mark, window):
                assert persons_of(fast.persons(source, mark), window, MONTHS) == persons_of(
                    slow.persons(source, mark), window, MONTHS
                ), part
            case e.Kinds(source, mark, window):
                one, other = fast.kinds(source, mark, window), slow.kinds(source, mark, window)
                assert [spans_of(spans, MONTHS) for spans in one] == [spans_of(spans, MONTHS) for spans in other], part
    for item in ITEMS:
        assert statements_of(fast.statements(item), MONTHS) == statements_of(slow.statements(item), MONTHS), item
        assert fast.item(item) == slow.item(item)
    for register in ("trial_groups", "capabilities", "volunteer_station", "trial_volunteers"):
        assert fast.kept_from(register) == slow.kept_from(register)


def test_persons_come_in_order(tree: Tree) -> None:
    make_rows(1)
    for mark in ("held", "joint"):
        days = packed(tree.province).persons("trial_sessions", mark)
        assert days.ordered
        assert days.person is not None
        order = np.lexsort((days.month, days.person, days.home))
        assert (order == np.arange(len(order))).all()


def test_each_table_is_read_once_however_much_is_asked(tree: Tree) -> None:
    counts = []
    for seed, expressions in ((0, EXPRESSIONS), (1, (*EXPRESSIONS, e.Flow("trial_awards", "given", "total")))):
        make_rows(seed, count=20 * (seed + 1), stated=seed == 0)
        found = packed(tree.province, expressions=expressions)
        with CaptureQueriesContext(connection) as queries:
            values(found.tree, found, MONTHS, tree.province, expressions)
        counts.append(len(queries))
    # ten sources, two of them for what they imply; statements with their components, three for the rules of items; registers; figures
    assert counts == [17, 17]


def test_only_what_is_asked_for_is_read(tree: Tree) -> None:
    found = packed(tree.province, expressions=(e.Flow("trial_awards", "given", "month"), e.Units(("community",))))
    with CaptureQueriesContext(connection) as queries:
        found.flow("trial_awards", "given", None)
    assert len(queries) == 1
    with pytest.raises(LookupError):
        found.stock("trial_groups", "all", None)
    with pytest.raises(LookupError):
        found.stock("trial_groups", "no such mark", None)
    for name in ("nobody", "trial_awards"):
        with pytest.raises(NoSource):
            found.stock(name, "given", None)


def test_no_home_at_all_is_no_row(tree: Tree) -> None:
    make_rows(2)
    found = packed(tree.province)
    found._homes = found._homes[:0]
    assert not len(found.stock("trial_groups", "all", "area").home)
    for window in WINDOWS:
        assert not len(found.persons("trial_sessions", "held").persons_in_window(window).home)
