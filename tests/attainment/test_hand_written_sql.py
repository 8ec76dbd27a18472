"""Indicators of the five packs over the real tables: SQL written by hand gives what the product gives, to the last digit."""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection

from governance.attainment.compute.questions import questions
from governance.attainment.engine import rebuild
from governance.attainment.models import AttainmentRun
from governance.attainment.periods import last_day, month_of
from governance.attainment.results.answers import Answers
from governance.attainment.results.rows import rows
from governance.policies.models import Policy, Target
from governance.policies.packing import shipped
from governance.policies.packing.document import Document
from governance.policies.packing.findings import Findings
from governance.policies.packing.rows import IndicatorRow, read
from governance.regions.models import Region
from tests.attainment import plain_affairs, plain_organizations, plain_works
from tests.attainment.kept_world import as_of_today
from tests.attainment.plain_sql import FUNCTIONS, Written, units
from tests.attainment.real_affairs import make_consultations, make_disputes, make_funds, make_names_and_tasks
from tests.attainment.real_people import make_organizations, make_social_work
from tests.attainment.real_works import make_places_of_service, make_projects, make_volunteers
from tests.attainment.real_world import RealWorld
from tests.policies.made import make_clause, make_indicator, make_policy

pytestmark = pytest.mark.django_db

SEEDS = range(int(os.environ.get("REAL_WORLDS", "3")))
TODAY = date(2025, 9, 10)
WRITTEN = plain_organizations.INDICATORS | plain_works.INDICATORS | plain_affairs.INDICATORS
LEVELS = ("prefecture", "county", "township", "community")


@pytest.mark.parametrize("seed", SEEDS)
def test_sql_by_hand_gives_the_numbers_of_the_product(seed: int) -> None:
    world, random = real_world(seed), Random(seed)
    policy = policy_of(world.root)
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
    months = random.sample(range(month_of(date(2021, 3, 31)), month_of(date(2025, 8, 31)) + 1), 4)
    below = [*world.of("township"), *world.of("community")]
    regions = [world.root, random.choice(world.of("county")), random.choice(below)]
    asked = [(place, last_day(month)) for place in regions for month in months]
    by_hand = {where: numbers_by_hand(*where) for where in asked}
    with as_of_today(TODAY):
        requested = {where: numbers_of_product(policy, *where) for where in asked}
        compute_everything()
        stored = {where: numbers_of_product(policy, *where) for where in asked}
        answers = Answers([world.root], [one.asked for one in questions(policy)], last_day(months[0]), TODAY)
    assert answers.stored is not None
    differing = [
        f"{place} {place.level} {day} {slug}: by hand {mine}, {how} {theirs}"
        for (place, day), numbers in by_hand.items()
        for slug, mine in numbers.items()
        for how, found in (("requested", requested), ("stored", stored))
        if not agree(mine, theirs := found[place, day][slug])
    ]
    assert not differing, f"seed {seed}:\n" + "\n".join(differing)
    tells_something(by_hand)


def tells_something(by_hand: dict[tuple[Region, date], dict[str, Any]]) -> None:
    """Refuse a world in which nothing could have been wrong: numbers must be there, missing ones too, and differ."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for numbers in by_hand.values():
        for slug, sides in numbers.items():
            kinds[kind_of(sides)].add(slug)
    assert len(kinds["more"]) > len(WRITTEN) * 3 // 4, set(WRITTEN) - kinds["more"]
    assert all(len(kinds[kind]) > len(WRITTEN) // 10 for kind in ("missing", "zero")), kinds


def kind_of(sides: tuple[Fraction | None, ...] | None) -> str:
    if sides is None:
        return "not applicable"
    if sides[0] is None:
        return "missing"
    return "more" if sides[0] else "zero"


def numbers_by_hand(place: Region, day: date) -> dict[str, tuple[Fraction | None, ...] | None]:
    """Return numerator, denominator and value of each indicator; None where it does not apply."""
    there = units(place.level).at(place.path, day) is not None
    return {slug: sides_by_hand(written, place, day) if there else None for slug, written in WRITTEN.items()}


def sides_by_hand(written: Written, place: Region, day: date) -> tuple[Fraction | None, ...] | None:
    if written.unit is not None:
        if LEVELS.index(place.level) > LEVELS.index(written.unit[0]) or not units(*written.unit).at(place.path, day):
            return None
        if written.above is not None and place.level != written.unit[0]:
            written = written.above
    numerator, denominator = written.numerator.at(place.path, day), written.denominator.at(place.path, day)
    return numerator, denominator, written.value(numerator, denominator)


def numbers_of_product(policy: Policy, place: Region, day: date) -> dict[str, dict[str, Any]]:
    told = ("numerator", "denominator", "value", "status", "role")
    return {row["indicator"]: {name: row[name] for name in told} for row in rows(policy, place, day, TODAY)}


def agree(mine: tuple[Fraction | None, ...] | None, theirs: dict[str, Any]) -> bool:
    """Return whether both say the same; a reported fact has no status that would say that it does not apply."""
    numbers = (theirs["numerator"], theirs["denominator"], theirs["value"])
    if mine is None:
        return theirs["status"] == "not_applicable" or (theirs["role"] == "reference" and numbers == (None,) * 3)
    return theirs["status"] != "not_applicable" and mine == numbers


def real_world(seed: int) -> RealWorld:
    world = RealWorld(seed)
    organizations = make_organizations(world)
    make_social_work(world)
    make_volunteers(world)
    make_projects(world, organizations)
    make_places_of_service(world)
    make_funds(world, organizations)
    make_consultations(world)
    make_disputes(world)
    make_names_and_tasks(world)
    world.state_items()
    return world


def policy_of(root: Region) -> Policy:
    """Make one policy of the root from what the five packs say of the indicators."""
    policy = make_policy(root, "all-five", valid_from=date(2021, 1, 1), valid_to=date(2025, 12, 31))
    clause = make_clause(policy)
    packed = {row.slug: row for path in shipped() for row in of_pack(path)}
    for position, slug in enumerate(WRITTEN, 1):
        given = packed[slug].fields | {"position": position, "subset_of": None, "region": None, "clause": clause}
        indicator = make_indicator(**given)
        Target.objects.bulk_create(
            Target(indicator=indicator, origin="text", **(target.fields | {"region": root}))
            for target in packed[slug].targets
        )
    return policy


def of_pack(path: Path) -> list[IndicatorRow]:
    pack = read(Document(str(path), path.read_text(encoding="utf-8"), Findings(strict=True)))
    assert pack is not None
    return list(pack.indicators())


def compute_everything() -> None:
    """Compute and publish all numbers, in chunks as small as they get."""
    run = AttainmentRun.objects.create(cause="person", status="running")
    for chunk in rebuild.prepare(run, largest=1):
        rebuild.compute_chunk(run, chunk)
        chunk.save()
    rebuild.compute_tops(run)
    rebuild.publish(run)
