"""What is held against a finished side before and after it is read: the side that stood, and numbers counted anew."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction

from governance.attainment.actions import finishing
from governance.attainment.engine import rebuild
from governance.attainment.engine.counts import _agree, _countable
from governance.attainment.engine.plaincount import Cell, count
from governance.attainment.models import AttainmentRun, ComputedArea, Measure, MeasureValue, ReportedFigure
from tests.attainment.computed import GROUPS, Messages, computed, number
from tests.attainment.kept_world import area_of, as_of_today, lawful, rebuilt, store, the_sources_of_worlds
from tests.attainment.questions import random_question
from tests.attainment.worlds import random_world
from tests.factories.places import Tree
from tests.trial.models import Group

WORLDS = int(os.environ.get("WORLDS", "12")) // 4  # each of four parts takes a quarter of them


def tamper(run: AttainmentRun, region: Any, key: str = GROUPS, by: int = 100) -> int:
    """Change what is stored of a place in its last month; return the month."""
    area = ComputedArea.objects.get(side=run.side)
    at = area.slots.index(Measure.objects.get(key=key).slot) + 1
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE attainment_measurevalue SET amounts[{at}] = amounts[{at}] + %s"
            " WHERE side = %s AND region_id = %s AND month = %s",
            [by, run.side, region.pk, area.last],
        )
        assert cursor.rowcount == 1
    return int(area.last)


@pytest.mark.django_db(transaction=True)
def test_a_number_that_has_changed_without_a_mark_is_told(
    places: Tree, messages: Messages, caplog: pytest.LogCaptureFixture
) -> None:
    first = computed(messages)
    month = tamper(first, places.community)
    with caplog.at_level(logging.ERROR):
        run = computed(messages)
    assert (run.status, run.report["drift"]) == ("done", 1)
    [cell] = run.report["drift_cells"]
    assert cell == {
        "region": places.community.code, "month": f"{month // 12}-{month % 12 + 1:02d}", "measure": GROUPS,
        "old": "3", "new": "2", "old_known": None, "new_known": None,
    }  # fmt: skip
    assert places.community.code in caplog.text
    assert number(places.community) == 2


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_gone_is_told(places: Tree, messages: Messages) -> None:
    first = computed(messages)
    area = ComputedArea.objects.get(current=True)
    MeasureValue.objects.filter(side=first.side, region=places.village, month=area.last).delete()
    run = computed(messages)
    assert run.report["drift"] == 1
    assert {cell["old"] for cell in run.report["drift_cells"]} == {None}


@pytest.mark.django_db(transaction=True)
def test_what_a_mark_explains_is_no_drift(places: Tree, messages: Messages) -> None:
    first = computed(messages)
    for place in (places.community, places.street, places.county):
        tamper(first, place)
    Group.objects.create(home=places.community)  # excuses its place and those above it
    tamper(first, places.next_community)
    run = computed(messages)
    assert {cell["region"] for cell in run.report["drift_cells"]} == {places.next_community.code}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("marked", [False, True])
def test_a_number_that_is_counted_differently_keeps_the_run_from_being_read(
    marked: bool, places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = computed(messages)
    real = rebuild.compute_tops

    def wrong(run: AttainmentRun) -> int:
        rows = real(run)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE attainment_measurevalue SET amounts = (SELECT array_agg(a + 700 ORDER BY n)"
                " FROM unnest(amounts) WITH ORDINALITY AS u (a, n)) WHERE side = %s AND region_id = %s",
                [run.side, places.community.pk],
            )
        if marked:
            Group.objects.create(home=places.community)
        return rows

    monkeypatch.setattr(rebuild, "compute_tops", wrong)
    run = computed(messages)
    if marked:
        assert (run.status, run.report["miscounted"]) == ("done", [])
        return
    assert run.status == "failed"
    assert places.community.code not in run.error  # whose numbers not everybody may see who reads the reason
    assert run.report["counted"] == finishing.SAMPLE
    assert {cell["region"] for cell in run.report["miscounted"]} == {places.community.code}
    assert ComputedArea.objects.get(current=True).run == before
    assert number(places.community) == 2


@pytest.mark.django_db(transaction=True)
def test_sums_for_which_a_figure_stands_are_not_counted_again(places: Tree, messages: Messages) -> None:
    ReportedFigure.objects.create(
        region=places.street, measure="trial_groups.all", on=date(2025, 3, 1), value=Decimal(900), source="统计",
        state=ReportedFigure.State.APPROVED,
    )  # fmt: skip
    run = computed(messages)
    assert (run.status, run.report["counted"]) == ("done", finishing.SAMPLE)


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(4))
def test_the_other_way_of_counting_is_right_in_random_worlds(part: int) -> None:
    """Every number that may be drawn, in small worlds with places that end, registers and records of all kinds."""
    checked = 0
    with the_sources_of_worlds():
        for seed in range(part * WORLDS, (part + 1) * WORLDS):
            with as_of_today(random_world(seed).today), transaction.atomic():
                checked += numbers_of(seed)
                transaction.set_rollback(True)
    assert checked > 60 * WORLDS


def numbers_of(seed: int) -> int:
    """Hold the stored numbers of a world against those counted the other way; return how many that were."""
    world, random = replace(lawful(random_world(seed)), figures=()), Random(seed)
    indicators = [random_question(world, Random(seed * 100 + each)).indicator for each in range(8)]
    last = world.today.year * 12 + world.today.month - 1
    places = store(world)
    area = area_of(world, indicators, places, first=last - 20, last=last)
    run = rebuilt(area, largest=random.choice((1, 2, 400)))
    stored = {(row.region_id, row.month): row for row in MeasureValue.objects.filter(side=run.side)}
    checked = 0
    for at in _countable(area):
        for place in places.values():
            for month in random.sample(range(area.first, area.last + 1), 4):
                row = stored[place.pk, month]
                found = (row.amounts[at], row.known[at] if row.known else None)
                key: Any = area.layout.keys[at]
                assert _agree(count(Cell(place, month, key)), found), (seed, key, place.code, month)
                checked += 1
    return checked
