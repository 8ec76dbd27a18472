"""What the numbers are computed with, besides records: places, registers, reported figures, items, policies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from governance.attainment.models import ReportedFigure
from governance.attainment.periods import month_of
from governance.policies.models import Indicator, Policy, Target
from governance.regions.items import follow_file
from governance.regions.models import CapabilityItem, RegionCapability, RegisterCoverage
from tests.attainment.marked import DAY, MONTH, forget, marks
from tests.factories.places import Tree, make_region
from tests.policies.made import make_clause, make_indicator, make_policy, make_target

JULY, AUGUST = date(2024, 7, 5), date(2024, 8, 5)
EVERYTHING = [(None, False, None)]


@pytest.fixture
def places(tree: Tree) -> Tree:
    forget()
    return tree


# ---- places ----


def test_a_new_place_marks_itself(places: Tree) -> None:
    made = make_region("430211002099", "新社区", places.street, since=DAY)
    assert marks() == [(made.pk, False, None)]


def test_a_place_that_moves_marks_what_is_below_it_and_both_parents(places: Tree) -> None:
    moved = places.community
    moved.parent, moved.path = places.next_street, f"{places.next_street.path}{moved.code}/"
    moved.save()
    expected = [(moved.pk, True, None), (places.street.pk, False, None), (places.next_street.pk, False, None)]
    assert marks() == sorted(expected, key=str)


def test_a_place_that_ends_marks_what_is_below_it(places: Tree) -> None:
    places.street.until = AUGUST
    places.street.save()
    assert marks() == sorted([(places.street.pk, True, None), (places.county.pk, False, None)], key=str)


def test_a_name_marks_nothing(places: Tree) -> None:
    places.street.name, places.street.initials, places.street.partial = "新街道", "xjd", True
    places.street.save()
    assert marks() == []


def test_a_place_that_is_removed_marks_its_parent(places: Tree) -> None:
    places.community.delete()
    assert marks() == [(places.street.pk, False, None)]


# ---- registers ----


def test_a_register_marks_all_below_in_every_month(places: Tree) -> None:
    """A statement that is nearer than another one decides for the months before it begins, too."""
    kept = RegisterCoverage.objects.create(region=places.county, register="estates", since=JULY)
    assert marks() == [(places.county.pk, True, None)]
    for day in (DAY, AUGUST):
        kept.since = day
        kept.save()
        assert marks() == [(places.county.pk, True, None)]
    kept.note = "说明"
    kept.save()
    assert marks() == []
    kept.delete()
    assert marks() == [(places.county.pk, True, None)]


# ---- figures ----


@pytest.fixture
def figure(places: Tree) -> ReportedFigure:
    made = ReportedFigure.objects.create(
        region=places.street, measure="trial_residents", on=DAY, value=Decimal(100), source="年报"
    )
    assert marks() == []
    return made


def set_to(figure: ReportedFigure, state: str) -> None:
    figure.state = state
    figure.save()


def test_only_an_approved_figure_marks(places: Tree, figure: ReportedFigure) -> None:
    figure.value = Decimal(120)
    figure.save()
    set_to(figure, "submitted")
    assert marks() == []
    set_to(figure, "approved")
    assert marks() == [(places.street.pk, False, MONTH)]
    set_to(figure, "draft")
    assert marks() == [(places.street.pk, False, MONTH)]
    figure.delete()
    assert marks() == []


def test_a_figure_that_ends_marks_from_its_end(places: Tree, figure: ReportedFigure) -> None:
    set_to(figure, "approved")
    forget()
    figure.until = AUGUST
    figure.save()
    assert marks() == [(places.street.pk, False, month_of(AUGUST))]


def test_figures_that_are_loaded_as_approved_mark(places: Tree) -> None:
    rows = [
        ReportedFigure(region=places.street, measure="trial_residents", on=on, value=1, source="年报", state="approved")
        for on in (AUGUST, JULY)
    ]
    ReportedFigure.objects.bulk_create(rows)
    assert marks() == [(places.street.pk, False, month_of(JULY))]


# ---- items ----


def test_a_statement_marks_its_region(places: Tree) -> None:
    stated = RegionCapability.objects.create(region=places.community, item_id="needs_survey", since=DAY)
    assert marks() == [(places.community.pk, False, MONTH)]
    stated.until = AUGUST
    stated.save()
    assert marks() == [(places.community.pk, False, month_of(AUGUST))]
    stated.item = CapabilityItem.objects.exclude(pk="needs_survey").filter(levels__contains=["community"])[0]
    stated.save()
    assert marks() == [(places.community.pk, False, MONTH)]
    stated.note = "说明"
    stated.save()
    assert marks() == []


def test_items_that_follow_their_file_again_mark_nothing(places: Tree) -> None:
    follow_file()
    assert marks() == []


# ---- policies ----


def test_what_a_policy_asks_marks_everything(places: Tree) -> None:
    policy = make_policy(places.county)
    assert marks() == EVERYTHING
    clause = make_clause(policy)
    assert marks() == []
    indicator = make_indicator(clause)
    assert marks() == EVERYTHING
    target = make_target(indicator, places.county)
    assert marks() == EVERYTHING
    Target.objects.filter(pk=target.pk).update(value=Decimal(300))
    assert marks() == EVERYTHING
    Indicator.objects.filter(pk=indicator.pk).update(numerator="units(township)")
    assert marks() == EVERYTHING
    Policy.objects.filter(pk=policy.pk).update(valid_to=date(2030, 12, 31))
    assert marks() == EVERYTHING
    target.delete()
    assert marks() == EVERYTHING


def test_the_words_of_a_policy_mark_nothing(places: Tree) -> None:
    indicator = make_indicator(make_clause(make_policy(places.county)))
    make_target(indicator, places.county)
    forget()
    Policy.objects.update(title="另一个标题", note="说明")
    Indicator.objects.update(name="另一个名称", position=7, reading="读法")
    Target.objects.get().save()
    assert marks() == []
