"""A number of every place and month, and how sums go up the tree without making missing into zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from governance.attainment.rollup.facts import HUNDREDTHS, Spans
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


@dataclass(frozen=True, slots=True)
class Sums:
    """What the children outside a part of the tree add to its places: amounts, and how many of how many units are known."""

    amount: Ints
    known: Ints
    units: Ints


def spread(spans: Spans, places: int, months: Ints) -> Ints:
    """Return the amounts that hold at each place and month: starts minus ends, added up along the months."""
    width = len(months) + 1
    begin = np.clip(spans.first - months[0], 0, len(months))
    end = np.maximum(np.clip(spans.until - months[0], 0, len(months)), begin)
    row = spans.home * width
    if spans.amount is None:
        table = np.bincount(row + begin, minlength=places * width) - np.bincount(row + end, minlength=places * width)
        table *= HUNDREDTHS
    else:  # not the weights of `bincount`: those are floating point
        table = np.zeros(places * width, dtype=np.int64)
        np.add.at(table, row + begin, spans.amount)
        np.subtract.at(table, row + end, spans.amount)
    summed: Ints = np.cumsum(table.reshape(places, width), axis=1)[:, :-1]
    return summed


def sum_up(
    tree: Tree,
    own: Ints,
    *,
    counted: Flags,
    units: Flags,
    known: Flags,
    why: str,
    stand_ins: StandIns | None = None,
    below: Sums | None = None,
) -> Quantity:
    """Return the sums over sub-trees.

    `own`: amounts homed at each place; `counted`: where they count at all; `units`: the valid units; `known`: the units
    whose value is known; `below`: what comes from children that are not in this tree. A place with units below it of which
    none is known is missing; one without any unit is known where its own amounts count. What counts goes up in any case:
    rows are rows, also where the place itself is missing.
    """
    amount = np.where(counted, own, 0)
    total, sure = units.astype(np.int64), (units & known).astype(np.int64)
    if below is not None:
        amount, total, sure = amount + below.amount, total + below.units, sure + below.known
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
            tree.add_to_parents(deep, (amount, amount[layer]), (total, total[layer]), (sure, sure[layer]))
    return Quantity(amount, missing, sure, total, why)
