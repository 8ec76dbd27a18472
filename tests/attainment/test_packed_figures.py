"""Which figure is in force, against the sentence of docs/attainment.md, part 3, month by month."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from governance.attainment.periods import month_of
from governance.attainment.rollup.facts import Figures
from governance.attainment.rollup.registers import figures_in_force
from governance.attainment.rollup.tree import NEVER, Place, Tree

FIRST, LAST = 2022 * 12, 2023 * 12 + 5
PLACES = ("430211000000", "430211002000", "430211001000")


@pytest.mark.parametrize("seed", range(20))
def test_the_latest_figure_holds_until_its_end(seed: int) -> None:
    chance = Random(seed)
    tree = Tree(
        Place(code, level, None if not at else PLACES[0])
        for at, (code, level) in enumerate(zip(PLACES, ("county", "township", "township"), strict=True))
    )
    months = np.arange(FIRST, LAST + 1)
    given = {}
    for _ in range(chance.randrange(30)):
        on = date(2021, 6, 1) + timedelta(days=chance.randrange(1200))
        until = NEVER if chance.random() < 0.5 else month_of(on + timedelta(days=chance.randrange(1, 300)))
        given[chance.randrange(len(PLACES)), on] = (until, chance.randrange(-5, 1000))
    rows = [(home, on.toordinal(), month_of(on), until, amount) for (home, on), (until, amount) in given.items()]
    chance.shuffle(rows)
    valid = np.array([[chance.random() < 0.9 for _ in months] for _ in PLACES])
    found = figures_in_force(tree, Figures.of(rows), months, valid)
    for home in range(len(PLACES)):
        for at, month in enumerate(months):
            said = [row for row in rows if row[0] == home and row[2] <= month]
            latest = max(said, key=lambda row: row[1]) if said else None
            holds = latest is not None and month < latest[3] and bool(valid[home, at])
            assert bool(found.holds[home, at]) == holds
            if holds and latest is not None:
                assert found.amount[home, at] == latest[4]
