"""From tables through chunks to stored numbers and statuses: the same answers as the slow reference's, in small worlds."""

from __future__ import annotations

import os
from fractions import Fraction
from random import Random

import pytest
from django.db import transaction

from governance.attainment.models import CurrentStatus
from governance.attainment.results.answers import Answers
from tests.attainment.kept_world import area_of, as_of_today, lawful, rebuilt, store, the_sources_of_worlds
from tests.attainment.product import asked, fields_of
from tests.attainment.questions import random_question
from tests.attainment.reference import answer
from tests.attainment.worlds import Question, random_world

pytestmark = pytest.mark.django_db

WORLDS = int(os.environ.get("WORLDS", "48"))
PARTS = 8
INDICATORS = 6


@pytest.mark.parametrize("part", range(PARTS))
def test_every_value_and_status_is_that_of_the_reference(part: int) -> None:
    with the_sources_of_worlds():
        for seed in range(part * WORLDS // PARTS, (part + 1) * WORLDS // PARTS):
            with as_of_today(random_world(seed).today):
                one_world(seed)


def one_world(seed: int) -> None:
    world, random = lawful(random_world(seed)), Random(seed)
    questions = [random_question(world, Random(seed * 100 + number)) for number in range(INDICATORS)]
    last = world.today.year * 12 + world.today.month - 1
    with transaction.atomic():
        places = store(world)
        indicators = [question.indicator for question in questions]
        area = area_of(world, indicators, places, first=last - 20, last=last)
        rebuilt(area, largest=random.choice((1, 2, 5, 400)))
        for question in questions:
            region = places[question.place]
            answers = Answers([region], [asked(question.indicator)], question.as_of, question.today)
            assert answers.stored is not None or question.as_of > question.today
            _rule, judged = answers.of(answers.asked[0], region)
            ours, theirs = fields_of(judged), answer(world, question)
            differing = {name: (ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]}
            assert not differing, f"seed {seed}: {question}"
        stored = {(row.region_id, row.indicator_id): row for row in CurrentStatus.objects.all()}
        for number, indicator in enumerate(indicators, 1):
            for place in world.places:
                theirs = answer(world, Question(indicator, place.code, world.today, world.today))
                row = stored.get((places[place.code].pk, number))
                where = f"seed {seed}: {indicator} at {place}"
                if theirs["status"] == "not_applicable" or (row is None and theirs["value"] is None):
                    assert row is None or row.status in (None, "not_applicable"), where
                    continue
                assert row is not None, where
                sides = (row.numerator, row.denominator)
                assert row.status == theirs["status"], where
                for own, side in zip(sides, ("numerator", "denominator"), strict=True):
                    assert (None if own is None else Fraction(own, 100)) == theirs[side], where
                assert row.provisional == theirs["provisional"], where
        transaction.set_rollback(True)
