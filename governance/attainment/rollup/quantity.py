"""A number of every place and month, and how sums go up the tree without making missing into zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from governance.attainment.rollup.facts import Spans
from governance.attainment.rollup.tree import Flags, Ints, Tree


@dataclass(frozen=True, slots=True)
class Quantity:
    """Amounts in hundredths; where `missing` they mean nothing. `known` of `units` units have a value below a place.

    `why` is the code of the reason why a number is missing.
    """

    amount: Ints
    missing: Flags
    known: Ints
    units: Ints
    why: str = ""


@dataclass(frozen=True, slots=True)
class StandIns:
    """Reported amounts where they stand in for the sum."""

    amount: Ints
    holds: Flags


def spread(spans: Spans, places: int, months: Ints) -> Ints:
    """Return the amounts that hold at each place and month: starts minus ends, added up along the months."""
    width = len(months) + 1
    table = np.zeros(places * width, dtype=np.int64)
    begin = np.clip(spans.first - months[0], 0, len(months))
    end = np.clip(spans.until - months[0], 0, len(months))
    np.add.at(table, spans.home * width + begin, spans.amount)
    np.add.at(table, spans.home * width + np.maximum(begin, end), -spans.amount)
    return np.cumsum(table.reshape(places, width), axis=1)[:, :-1]


def sum_up(
    tree: Tree, own: Ints, *, counted: Flags, units: Flags, known: Flags, stand_ins: StandIns | None = None, why: str
) -> Quantity:
    """Return the sums over sub-trees.

    `own`: amounts homed at each place; `counted`: where they count at all; `units`: the valid units; `known`: the units
    whose value is known. A place with units below it of which none is known is missing; one without any unit is known where
    its own amounts count. What counts goes up in any case: rows are rows, also where the place itself is missing.
    """
    amount = np.where(counted, own, 0)
    total, sure = units.astype(np.int64), (units & known).astype(np.int64)
    missing = np.zeros(own.shape, dtype=np.bool_)
    for deep in range(len(tree.layers) - 1, -1, -1):
        layer = tree.layers[deep]
        missing[layer] = np.where(total[layer] > 0, sure[layer] == 0, ~counted[layer])
        if stand_ins is not None:
            holds = stand_ins.holds[layer]
            amount[layer] = np.where(holds, stand_ins.amount[layer], amount[layer])
            sure[layer] = np.where(holds, total[layer], sure[layer])
            missing[layer] &= ~holds
        if deep:
            tree.add_to_parents(layer, (amount, amount[layer]), (total, total[layer]), (sure, sure[layer]))
    return Quantity(amount, missing, sure, total, why)
