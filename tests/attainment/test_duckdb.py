"""A second engine in another language agrees with the arithmetic on every value of a small synthetic city."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from governance.attainment.rollup.counting import Counting
from governance.attainment.rollup.facts import HUNDREDTHS
from governance.kit.measures.parser import parse
from governance.people.models import PersonPlace
from governance.policies.models import Indicator
from governance.policies.vocabulary import vocabulary
from governance.regions.models import Facility, Region
from organizations.models import Organization
from tests.attainment.slow_facts import RecordFacts, tree_below
from tests.benchmarks import city, duck
from tests.benchmarks.city.policy import MONTHS, first_month
from tests.trial import models as trial
from volunteers.models import Volunteer

SCALE, TODAY = 0.004, date(2026, 3, 10)


@pytest.fixture(params=[city.REAL, city.TRIAL], ids=lambda tables: tables.name)
def small_city(db: None, request: pytest.FixtureRequest) -> city.City:
    made = city.generate(SCALE, request.param, seed=7, today=TODAY)
    city.load(made)
    return made


def test_every_expression_has_the_value_of_the_second_engine(small_city: city.City) -> None:
    tables, first = small_city.tables, first_month(small_city.last)
    last = first + MONTHS - 1
    theirs = duck.one_statement(duck.load(tables.counted), tables.counted, first, last)
    root = Region.objects.get(level="province")
    tree, words = tree_below(root), vocabulary()
    ours = Counting(tree, RecordFacts(tree, root), first, last)
    assert tree.codes == theirs.codes
    assert len(tree) == len(small_city.places)
    assert tables.measures.keys() == theirs.values.keys()
    for name, text in tables.measures.items():
        found = ours.of(parse(text, words).expression)
        assert not found.missing.any(), text
        assert np.array_equal(found.known, found.units), text
        assert np.array_equal(found.amount, theirs.values[name] * HUNDREDTHS), text
        assert found.amount[0, -1] > 0, text  # else equal would say nothing
    assert (
        len(np.unique(ours.of(parse(tables.measures[tables.counted.distinct], words).expression).amount[0]))
        > MONTHS / 5
    )


def test_the_second_engine_refuses_a_city_in_which_something_is_missing(small_city: city.City) -> None:
    Region.objects.filter(level="county").update(until=date(2025, 1, 1))
    with pytest.raises(ValueError, match="not valid throughout"):
        duck.load(small_city.tables.counted)


def test_the_same_seed_gives_the_same_rows(small_city: city.City) -> None:
    again = city.generate(SCALE, small_city.tables, seed=7, today=TODAY)
    for (model, columns), (_model, once_more) in zip(small_city.records(), again.records(), strict=True):
        assert model._default_manager.count() == len(columns["id"])
        assert all(np.array_equal(columns[name], once_more[name]) for name in columns)
    other = city.generate(SCALE, small_city.tables, seed=8, today=TODAY)
    assert not np.array_equal(other.places.code, again.places.code)


def test_codes_follow_the_rules_of_real_ones(small_city: city.City) -> None:
    communities = Region.objects.filter(level="community")
    assert set(communities.values_list("committee_type", flat=True)) == {"residents", "villagers"}
    assert not Region.objects.filter(development_zone=True).exists()
    assert not Region.objects.filter(level="township", township_kind="other").exists()
    for place in Region.objects.exclude(parent=None).select_related("parent"):
        assert place.parent is not None
        assert place.path == f"{place.parent.path}{place.code}/"
        assert place.code.startswith(place.parent.code.rstrip("0"))


def test_the_policy_asks_for_every_measure(small_city: city.City) -> None:
    city.make_policy(small_city)
    sides = Indicator.objects.values_list("numerator", "denominator")
    assert {text for pair in sides for text in pair} - {"1"} == set(small_city.tables.measures.values())
    assert len(set(small_city.tables.measures.values())) == (51 if small_city.tables is city.REAL else 43)
    assert Indicator.objects.filter(test="each_unit", targets__isnull=False).exists()


def test_the_records_are_as_many_as_the_scale_says(small_city: city.City) -> None:
    if small_city.tables is city.REAL:
        assert (Volunteer.objects.count(), Organization.objects.count(), Facility.objects.count()) == (28_000, 400, 48)
        assert Volunteer.objects.filter(until__isnull=False).exists()
        assert Facility.objects.filter(region__level="township").exists()
        assert PersonPlace.objects.filter(role="volunteer").count() == 28_000
    else:
        assert (trial.Volunteer.objects.count(), trial.Society.objects.count()) == (28_000, 400)
        assert trial.Venue.objects.filter(home__level="township").exists()
