"""After changes of every kind, by every road, what the refresh leaves is what a rebuild gives."""

from __future__ import annotations

import os
from random import Random
from unittest.mock import patch

import pytest
from django.db import connection, transaction

from governance.attainment.engine import refresh as refreshing
from governance.attainment.engine.areas import Area
from governance.attainment.engine.rebuild import Outdated
from governance.attainment.models import ComputedArea
from governance.attainment.sources import marks
from tests.attainment.changes import Changer
from tests.attainment.kept_world import area_of, as_of_today, lawful, rebuilt, store, the_sources_of_worlds
from tests.attainment.questions import random_question
from tests.attainment.worlds import random_world

pytestmark = pytest.mark.django_db

WORLDS = int(os.environ.get("WORLDS", "16"))
PARTS = 4
TURNS, CHANGES = 5, 8
_DIFFERENT = """
    SELECT count(*) FROM (
        SELECT region_id, month, amounts, known FROM attainment_measurevalue v JOIN regions_region r ON r.id = region_id
        WHERE side = %s
        EXCEPT
        SELECT region_id, month, amounts, known FROM attainment_measurevalue WHERE side = %s
    ) AS different
"""
_STATUSES = """
    SELECT count(*) FROM (
        SELECT region_id, indicator_id, month, status, numerator, denominator, provisional
        FROM attainment_currentstatus JOIN regions_region r ON r.id = region_id WHERE side = %s
        EXCEPT
        SELECT region_id, indicator_id, month, status, numerator, denominator, provisional
        FROM attainment_currentstatus WHERE side = %s
    ) AS different
"""


@pytest.mark.parametrize("part", range(PARTS))
def test_a_refresh_leaves_what_a_rebuild_gives(part: int) -> None:
    made = 0
    with the_sources_of_worlds():
        for seed in range(part * WORLDS // PARTS, (part + 1) * WORLDS // PARTS):
            with as_of_today(random_world(seed).today), transaction.atomic():
                made += one_world(seed)
                transaction.set_rollback(True)
    assert made > WORLDS // PARTS * TURNS * CHANGES * 0.8


def one_world(seed: int) -> int:
    world, random = lawful(random_world(seed)), Random(seed)
    questions = [random_question(world, Random(seed * 100 + number)) for number in range(6)]
    last = world.today.year * 12 + world.today.month - 1
    places = store(world)

    def area_now() -> Area:
        return area_of(world, [question.indicator for question in questions], places, first=last - 20, last=last)

    area = area_now()
    marks.drop()
    rebuilt(area, largest=3)
    changer = Changer(places, seed, world.today)
    for _turn in range(TURNS):
        for _ in range(CHANGES):
            changer.change()
        dirty = marks.drop()
        assert dirty
        assert not dirty.everything
        # as few as one place, as many as all: computed one by one, or as whole chunks
        with patch.object(refreshing, "FEW", random.choice((0, 3, 60))), patch.object(refreshing, "SHARED", 2):
            try:
                with transaction.atomic():
                    refreshing.refresh(dirty)
            except Outdated:
                assert area_now().layout != area.layout
        if area_now().layout != area.layout:  # the first figure that stands in for a sum: more is kept from now on
            area = area_now()
            rebuilt(area, largest=3)
            continue
        run_side = ComputedArea.objects.get(current=True).side
        rebuilt(area, largest=random.choice((1, 4, 400)))
        fresh = ComputedArea.objects.get(current=True).side
        assert fresh == 1 - run_side
        for query in (_DIFFERENT, _STATUSES):
            for one, other in ((run_side, fresh), (fresh, run_side)):
                with connection.cursor() as cursor:
                    cursor.execute(query, [one, other])
                    assert cursor.fetchone() == (0,), f"seed {seed}"
    return changer.made
