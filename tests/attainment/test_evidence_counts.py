"""Every number opens to exactly the records behind it: random worlds, all expressions, against the slow reference."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from django.db import connection, transaction

from governance.attainment.engine.parts import part_below
from governance.attainment.rollup.facts import HUNDREDTHS
from governance.attainment.sources.evidence import Evidence, Scene, evidence
from governance.attainment.sources.facts import PackedFacts
from governance.kit.measures import expressions as e
from governance.kit.measures.sources import SOURCES, Source
from governance.regions.models import Region, RegisterCoverage
from tests.attainment.questions import random_expression
from tests.attainment.reference_counts import Book, month_of
from tests.attainment.stored_worlds import in_words_of_tables, storable, stored
from tests.attainment.worlds import World, day_between
from tests.trial.models import Post

WORLDS, CELLS = 70, 12
# nothing but the number of records says how large these are
PLAIN = (e.Flow, e.Distinct, e.Units, e.RegionsWith, e.RegionsEligible, e.AtLeast)


def scene_of(region: Region, month: int, expression: e.Expression) -> Scene:
    part = part_below([region.pk])
    facts = PackedFacts(part.tree, part.ids, e.parts(expression), month, month, counted=part.computed)
    return Scene(part.tree, part.ids, facts, part.index[region.pk], month)


def some_expression(random: Random, world: World) -> e.Expression:
    chance = random.random()
    if chance < 0.1:
        return e.Distinct("sessions", random.choice(("held", "joint")), random.choice(e.WINDOWS))
    if chance < 0.2:
        weighted = e.Stock("organizations", "all", "area"), e.Flow("sessions", "held", "last12", "hours")
        return random.choice(weighted)
    if chance < 0.3:
        now = world.today.year * 12 + world.today.month - 1
        return e.AtBaseline(random_expression(random), day_between(random, now - 20, now))
    return random_expression(random)


def cells(seed: int) -> list[tuple[e.Expression, e.Expression, str, int, Evidence, int | None]]:
    """Return cells of a world: expression, how the tables call it, place, month, evidence, what was counted."""
    world, random, found = storable(seed), Random(seed), []
    places = stored(world)
    heavy = [place.code for place in world.places if place.level != "community"]
    for _cell in range(CELLS):
        expression = some_expression(random, world)
        code = random.choice(heavy if random.random() < 0.8 else list(places))
        month = month_of(world.today) - random.randrange(0, 20)
        named = in_words_of_tables(expression)
        scene = scene_of(places[code], month, named)
        quantity = scene.counting.of(named)
        cell = scene.place, 0
        counted = None if quantity.missing[cell] else int(quantity.amount[cell])
        found.append((expression, named, code, month, evidence(named, scene), counted))
    return found


@pytest.mark.django_db
def test_the_records_are_as_many_as_the_number_says() -> None:
    seen: Counter[str] = Counter()
    for seed in range(WORLDS):
        with transaction.atomic():
            book = Book(storable(seed))
            for expression, _named, code, month, found, counted in cells(seed):
                where = (seed, expression, code, month)
                number = found.number()
                assert number == (None if counted is None else Fraction(counted, HUNDREDTHS)), where
                assert number == book.count(expression, code, month).value, where
                if isinstance(expression, PLAIN) and getattr(expression, "weight", None) is None and number is not None:
                    assert found.count() == number, where
                if number is not None and number > 0:
                    seen[type(expression).__name__] += 1
            transaction.set_rollback(True)
    # the test asks what it says it asks: numbers of every sort, and not only zeros
    assert sum(seen.values()) >= 200, seen
    assert set(seen) == {
        "Stock", "Flow", "Distinct", "Kinds", "Figure", "Units", "RegionsWith", "RegionsEligible", "Components", "AtLeast",
        "Within", "AtBaseline",
    }, seen  # fmt: skip


@pytest.mark.django_db
def test_the_places_that_count_are_one_parameter_of_a_query() -> None:
    with transaction.atomic():
        places = stored(storable(3))
        root = next(iter(places.values()))
        units = e.Units(("community",))
        found = evidence(units, scene_of(root, 2024 * 12, units))
        text, parameters = found.parts[0].queryset.query.sql_with_params()
        assert "= ANY" in text
        assert len(parameters) == 1
        assert connection.vendor == "postgresql"
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_person_with_two_rows_at_a_place_is_one_record(monkeypatch: pytest.MonkeyPatch) -> None:
    posts = SOURCES["trial_posts"]
    assert posts.intervals
    one_each = Source(posts.name, posts.label, replace(posts.intervals, person="person"), None)
    monkeypatch.setitem(SOURCES, "trial_posts", one_each)
    world = storable(5)
    places = stored(world)
    month = month_of(world.today)
    expression = e.Stock("trial_posts", "in_post")
    RegisterCoverage.objects.filter(register="trial_posts").delete()
    top = next(place for place in places.values() if place.parent is None)
    RegisterCoverage.objects.create(region=top, register="trial_posts", since=date(2000, 1, 1))

    def counted(at: Region) -> tuple[int, int | None]:
        scene = scene_of(at, month, expression)
        number, cell = scene.counting.of(expression), (scene.place, 0)
        return evidence(expression, scene).count(), None if number.missing[cell] else int(number.amount[cell])

    communities = [place for place in places.values() if place.level == "community"]
    at, (records, number) = next((at, found) for at in communities if (found := counted(at))[1] is not None)
    assert number is not None

    for since in (date(2020, 1, 1), date(2020, 3, 1)):
        Post.objects.create(home=at, person=10**6, since=since)
    assert counted(at) == (records + 1, number + HUNDREDTHS)
