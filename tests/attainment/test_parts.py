"""Order, cuts and the written form do not matter: part by part gives what the whole tree gives at once."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from governance.attainment.engine.layout import wanted
from governance.attainment.rollup.counting import Counting
from tests.attainment.parted import PartedNumbers, layout
from tests.attainment.product import WorldFacts, asked
from tests.attainment.questions import random_expression, random_question
from tests.attainment.worlds import random_world

WORLDS, PARTS = 1_000, 4


@pytest.mark.parametrize("part", range(PARTS))
def test_every_number_is_the_same_however_the_tree_is_cut(part: int) -> None:
    for seed in range(part * WORLDS // PARTS, (part + 1) * WORLDS // PARTS):
        world, random = random_world(seed), Random(seed)
        question = random_question(world, Random(seed + 1_000_000))
        keys = [*wanted([asked(question.indicator)]), random_expression(random)]
        last = world.today.year * 12 + world.today.month - 1
        facts = WorldFacts(world)
        whole = Counting(facts.tree, facts, last - 20, last)
        parted = PartedNumbers(world, keys, last - 20, last, random)
        for key in layout(keys).keys:
            one, other = whole.of(key), parted.of(key)
            where = f"seed {seed}: {key}"
            assert np.array_equal(one.missing, other.missing), where
            there = ~one.missing
            for name in ("amount", "known", "units"):
                assert np.array_equal(getattr(one, name)[there], getattr(other, name)[there]), (where, name)
