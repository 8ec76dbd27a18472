"""The product and the slow reference give the same answer, field by field, in 10,000 small worlds."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from governance.attainment.rollup.counting import Counting
from governance.attainment.rollup.facts import HUNDREDTHS
from tests.attainment.product import WorldFacts, product_answer
from tests.attainment.questions import random_expression, random_question
from tests.attainment.reference import answer
from tests.attainment.reference_counts import Book, month_of
from tests.attainment.worlds import random_world

WORLDS, PARTS = 10_000, 20
FIELDS = 22


@pytest.mark.parametrize("part", range(PARTS))
def test_every_answer_is_that_of_the_reference(part: int) -> None:
    for seed in range(part * WORLDS // PARTS, (part + 1) * WORLDS // PARTS):
        world = random_world(seed)
        question = random_question(world, Random(seed + 1_000_000))
        ours, theirs = product_answer(world, question), answer(world, question)
        differing = {name: (ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]}
        assert not differing, f"seed {seed}: {question}"
        assert len(ours) == FIELDS


@pytest.mark.parametrize("part", range(4))
def test_every_place_and_month_has_the_number_of_the_reference(part: int) -> None:
    for seed in range(part * 100, (part + 1) * 100):
        world, random = random_world(seed), Random(seed)
        facts, book = WorldFacts(world), Book(world)
        last = month_of(world.today)
        counting = Counting(facts.tree, facts, last - 20, last)
        expression = random_expression(random)
        found = counting.of(expression)
        for at, place in enumerate(world.places):
            for month in (last - 20, last - random.randrange(1, 20), last):
                column = month - (last - 20)
                count = book.count(expression, place.code, month)
                missing = bool(found.missing[at, column])
                assert missing == (count.value is None), (seed, expression, place, month)
                if not missing:
                    units = int(found.units[at, column])
                    complete = Fraction(int(found.known[at, column]), units) if units else Fraction(1)
                    assert Fraction(int(found.amount[at, column]), HUNDREDTHS) == count.value, (
                        seed,
                        expression,
                        place,
                        month,
                    )
                    assert complete == count.completeness, (seed, expression, place, month)
