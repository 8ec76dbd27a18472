"""From when a register is kept at a place, and which reported figure is in force."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from governance.attainment.rollup.facts import Facts, Figures
from governance.attainment.rollup.quantity import StandIns
from governance.attainment.rollup.tree import NEVER, Flags, Ints, Tree

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
    amount = np.zeros((len(tree), len(months)), dtype=np.int64)
    holds = np.zeros(amount.shape, dtype=np.bool_)
    for at in np.lexsort((figures.on, figures.home)):
        since = max(0, int(figures.first[at] - months[0]))
        home = figures.home[at]
        amount[home, since:] = figures.amount[at]
        holds[home, since:] = months[since:] < figures.until[at]
    return StandIns(amount, holds & valid)


def _own(tree: Tree, kept_from: Mapping[int, int]) -> Ints:
    own = np.full(len(tree), _NO_STATEMENT, dtype=np.int64)
    for home, month in kept_from.items():
        own[home] = month
    return own


def _from(tree: Tree, own: Ints, months: Ints) -> Flags:
    kept: Flags = tree.inherit(own, _NO_STATEMENT)[:, None] <= months
    return kept
