"""From when a register is kept at a place, and which reported figure is in force."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from governance.attainment.rollup.facts import Facts, Figures
from governance.attainment.rollup.quantity import StandIns
from governance.attainment.rollup.tree import EVER, NEVER, Flags, Ints, Tree

DEFAULT_OF_ITEMS = "capabilities"
_NO_STATEMENT = NEVER + 1


def register_kept(tree: Tree, facts: Facts, register: str, months: Ints) -> Flags:
    """Return where and when a register is kept: the nearest statement going upwards decides."""
    return _from(tree, _own(tree, facts.kept_from(register)), months)


def item_kept(tree: Tree, facts: Facts, item: str, months: Ints) -> Flags:
    """Return the same for an item: at one place a statement about the item beats the one about all items."""
    own, default = _own(tree, facts.kept_from(item)), _own(tree, facts.kept_from(DEFAULT_OF_ITEMS))
    return _from(tree, np.where(own == _NO_STATEMENT, default, own), months)


def figures_in_force(tree: Tree, figures: Figures, months: Ints, valid: Flags) -> StandIns:
    """Return the latest figure of each place and month; one that has ended leaves a gap until the next."""
    order = np.lexsort((figures.on, figures.home))
    since = np.maximum(figures.first[order] - months[0], 0)
    begun = since < len(months)
    order, since = order[begun], since[begun]
    # by place and month the rank of the latest figure that begins then, and from there on, until a later one begins
    latest = np.full((len(tree), len(months)), -1, dtype=np.int64)
    latest[figures.home[order], since] = np.arange(len(order))  # of two in one month the later day is written last
    np.maximum.accumulate(latest, axis=1, out=latest)
    known = latest >= 0
    at = order[latest[known]]
    amount = np.zeros(latest.shape, dtype=np.int64)
    until = np.full(latest.shape, EVER, dtype=np.int64)
    amount[known], until[known] = figures.amount[at], figures.until[at]
    return StandIns(amount, (months < until) & valid)


def _own(tree: Tree, kept_from: Mapping[int, int]) -> Ints:
    own = np.full(len(tree), _NO_STATEMENT, dtype=np.int64)
    for home, month in kept_from.items():
        own[home] = month
    return own


def _from(tree: Tree, own: Ints, months: Ints) -> Flags:
    kept: Flags = tree.inherit(own, _NO_STATEMENT)[:, None] <= months
    return kept
