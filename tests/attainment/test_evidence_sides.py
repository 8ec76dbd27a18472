"""The records behind the sides of indicators, over the real tables of places, as many as their rows say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.attainment.compute.questions import questions
from governance.attainment.evaluator.reasons import Reason
from governance.attainment.models import ReportedFigure
from governance.attainment.results.evidence import SideEvidence, evidence_of
from governance.policies.models import Clause, Policy
from governance.regions.models import (
    CapabilityComponent,
    Estate,
    Facility,
    Region,
    RegionCapability,
    RegisterCoverage,
)
from tests.attainment.test_records_are_counted import DAY, TODAY, ask, figure, keep, row
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_policy, make_target
from tests.trial.models import Session


@pytest.fixture
def policy(tree: Tree) -> Policy:
    return make_policy(tree.county, "tianyuan", valid_from=date(2021, 1, 1), valid_to=None)


@pytest.fixture
def clause(policy: Policy) -> Clause:
    return make_clause(policy)


def behind(policy: Policy, slug: str, place: Region, side: str = "numerator", day: date = DAY) -> SideEvidence:
    question = next(one for one in questions(policy) if one.indicator.slug == slug)
    return evidence_of(question, place, day, side, TODAY)


def records(found: SideEvidence) -> list[Any]:
    return [record for part in found.evidence.parts for record in part.queryset]


def labels(found: SideEvidence) -> list[str]:
    return [str(record) for record in records(found)]


def room(place: Region, name: str, **fields: Any) -> Facility:
    given = {"kind": "social_work_room", "since": date(2022, 1, 1)}
    return Facility.objects.create(region=place, name=name, **(given | fields))


def test_facilities_open_to_those_alive_where_the_register_is_kept(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.street, "facilities")
    room(tree.community, "甲", kind="incubator", floor_area=Decimal("80.50"))
    room(tree.street, "乙", kind="incubator", floor_area=Decimal("19.50"))
    room(tree.village, "已停", kind="incubator", until=date(2025, 12, 31), floor_area=Decimal(5))
    room(tree.village, "还在", kind="incubator", until=date(2026, 1, 1), floor_area=Decimal(1))
    room(tree.village, "明年", kind="incubator", since=date(2026, 1, 1), floor_area=Decimal(5))
    room(tree.next_community, "台账未启用", kind="incubator", floor_area=Decimal(7))
    ask(clause, "area", "stock(facilities.incubator, floor_area)", "stock(facilities.any)", unit="平方米/处")
    found = behind(policy, "area", tree.county)
    assert sorted(labels(found)) == ["乙", "甲", "还在"]
    assert found.evidence.number() == row(policy, tree.county, "area")["numerator"] == 101
    below = behind(policy, "area", tree.county, "denominator")
    assert (below.evidence.count(), below.evidence.number()) == (3, 3)


def test_a_figure_stands_in_for_what_lies_below_it_and_for_nothing_beside(
    tree: Tree, policy: Policy, clause: Clause
) -> None:
    keep(tree.county, "facilities", date(2025, 6, 1))
    keep(tree.next_street, "facilities", date(2030, 1, 1))
    room(tree.community, "甲", kind="incubator")
    room(tree.next_community, "乙", kind="incubator")
    figure(tree.next_street, "facilities.incubator", 12)
    figure(tree.next_street, "facilities.incubator", 11, on=date(2020, 1, 1))
    figure(tree.next_street, "facilities.incubator", 99, on=date(2025, 1, 1), state="submitted")
    ask(clause, "incubators", "stock(facilities.incubator)")
    found = behind(policy, "incubators", tree.county)
    assert [type(record).__name__ for record in records(found)] == ["Facility", "ReportedFigure"]
    assert found.evidence.number() == row(policy, tree.county, "incubators")["numerator"] == 13
    figure(tree.county, "facilities.incubator", 40)
    assert [record.value for record in records(behind(policy, "incubators", tree.county))] == [40]


def test_figures_open_to_those_of_the_children_where_there_is_none_of_its_own(
    tree: Tree, policy: Policy, clause: Clause
) -> None:
    ask(clause, "share", "figure(survey.participation.positive)", "figure(survey.participation.respondents)")
    figure(tree.street, "survey.participation", 120, out_of=200)
    figure(tree.community, "survey.participation", 7, out_of=9)
    figure(tree.next_community, "survey.participation", 30, out_of=50)
    sides = [behind(policy, "share", tree.county, side) for side in ("numerator", "denominator")]
    assert [side.evidence.number() for side in sides] == [150, 250]
    assert [{record.region_id for record in records(side)} for side in sides] == [
        {tree.street.pk, tree.next_community.pk}
    ] * 2


def test_places_with_an_item_lead_on_to_what_makes_it_present(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "capabilities")
    room(tree.community, "社工室")
    RegionCapability.objects.create(region=tree.village, item_id="social_work_room", since=date(2023, 1, 1))
    Session.objects.create(home=tree.village, on=date(2025, 7, 1), joint=True)
    Session.objects.create(home=tree.community, on=date(2025, 6, 30), joint=True)  # six months ended in November
    ask(clause, "room", "regions_with(social_work_room, community)", "units(community)", factor=100, unit="%")
    ask(clause, "station", "regions_with(volunteer_station, community)")
    found = behind(policy, "room", tree.county)
    assert records(found) == [tree.community, tree.village]
    assert found.evidence.behind == ()
    assert records(behind(policy, "room", tree.county, "denominator")) == [
        tree.next_community,
        tree.community,
        tree.village,
    ]
    for place, name in ((tree.community, "社工室"), (tree.village, "社会工作服务室")):
        unit = behind(policy, "room", place)
        shown = [str(record) for part in unit.evidence.behind for record in part.queryset]
        assert (records(unit), len(shown), unit.evidence.number()) == ([place], 1, 1), name
    assert records(behind(policy, "station", tree.county)) == [tree.village]
    assert row(policy, tree.county, "station")["numerator"] == 1
    sessions = [part.queryset.count() for part in behind(policy, "station", tree.village).evidence.behind]
    assert sum(sessions) == 1


def test_components_count_once_however_often_they_are_there(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "capabilities")
    room(tree.community, "甲")
    room(tree.community, "乙")
    part = CapabilityComponent.objects.filter(item="social_work_platform").exclude(slug="place").first()
    RegionCapability.objects.create(
        region=tree.community, item_id="social_work_platform", component=part, since=date(2023, 1, 1)
    )
    ask(clause, "parts", "components(social_work_platform, self)")
    found = behind(policy, "parts", tree.community)
    assert len(records(found)) == 3
    assert found.evidence.number() == row(policy, tree.community, "parts")["numerator"] == 2
    assert len(found.evidence.values()) == 2


def test_above_its_units_an_indicator_opens_to_those_that_pass(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "facilities")
    for name in "甲乙":
        room(tree.community, name, kind="incubator")
    room(tree.next_community, "丙", kind="incubator")
    indicator = ask(clause, "each", "stock(facilities.incubator)", test="each_unit", unit_levels=["township"])
    make_target(indicator, tree.county, value=Decimal(2))
    above, units = (behind(policy, "each", tree.county, side) for side in ("numerator", "denominator"))
    told = row(policy, tree.county, "each")
    assert (records(above), above.evidence.number(), above.units) == ([tree.street], told["numerator"], True)
    assert (records(units), units.evidence.number()) == ([tree.next_street, tree.street], told["denominator"])
    assert "2" in above.words
    own = behind(policy, "each", tree.street)
    assert (sorted(labels(own)), own.units) == (["乙", "甲"], False)
    indicator.direction = "at_most"
    indicator.save()
    assert records(behind(policy, "each", tree.county)) == [tree.next_street, tree.street]


def test_above_units_of_which_none_has_a_value_nothing_is_known(tree: Tree, policy: Policy, clause: Clause) -> None:
    indicator = ask(clause, "each", "stock(facilities.incubator)", test="each_unit", unit_levels=["township"])
    make_target(indicator, tree.county, value=Decimal(2))
    found = behind(policy, "each", tree.county).evidence
    assert (found.number(), found.why, found.count()) == (None, "register_not_kept", 0)
    assert behind(policy, "each", tree.county, "denominator").evidence.number() == 2


def test_a_multiple_opens_to_the_records_of_its_baseline_or_to_none(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "estates", date(2022, 5, 1))
    Estate.objects.create(community=tree.community, name="老", since=date(2020, 1, 1))
    Estate.objects.create(community=tree.community, name="新", since=date(2023, 1, 1))
    expression = "stock(estates.all)"
    for slug, on in (("then", "2022-05-31"), ("entered", "2021-01-31")):
        ask(
            clause, slug, expression, f"at_baseline({expression}, {on})", kind="growth_vs_baseline", unit="倍",
            baseline_on=date.fromisoformat(on), baseline_value=Decimal(4),
        )  # fmt: skip
    assert labels(behind(policy, "then", tree.county)) == ["老", "新"]
    assert labels(behind(policy, "then", tree.county, "denominator")) == ["老"]
    entered = behind(policy, "entered", tree.county, "denominator").evidence
    assert (entered.number(), entered.count()) == (4, 0)
    assert behind(policy, "entered", tree.street, "denominator").evidence.number() is None
    for slug in ("then", "entered"):
        told = row(policy, tree.county, slug)
        for side in ("numerator", "denominator"):
            assert behind(policy, slug, tree.county, side).evidence.number() == told[side]


def test_where_an_indicator_does_not_apply_there_is_nothing(tree: Tree, policy: Policy, clause: Clause) -> None:
    ask(clause, "homes", "stock(estates.all)", unit_levels=["township"])
    for place, why in ((tree.other_county, Reason.OUTSIDE_ROOT), (tree.community, Reason.BELOW_UNIT)):
        found = behind(policy, "homes", place).evidence
        assert (found.number(), found.why, found.count()) == (None, why, 0)


def test_after_its_last_year_a_yearly_target_opens_to_that_december(tree: Tree, clause: Clause, policy: Policy) -> None:
    keep(tree.county, "trial_sessions")
    indicator = ask(clause, "yearly", "flow(trial_sessions.held, ytd)", kind="yearly_flow_per_unit")
    make_target(indicator, tree.county, due=date(2023, 12, 31), value=Decimal(1), yearly="listed")
    old, _new = (Session.objects.create(home=tree.community, on=date(year, 3, 1)) for year in (2023, 2025))
    found = behind(policy, "yearly", tree.county)
    assert (found.as_of, records(found), found.to_date) == (date(2023, 12, 31), [old], False)
    assert row(policy, tree.county, "yearly")["numerator"] == 1


def test_a_statement_about_an_item_decides_before_that_about_all(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "capabilities")
    RegisterCoverage.objects.create(region=tree.street, register="social_work_room", since=date(2030, 1, 1))
    for place in (tree.community, tree.next_community):
        RegionCapability.objects.create(region=place, item_id="social_work_room", since=date(2023, 1, 1))
    ask(clause, "room", "regions_with(social_work_room, community)")
    assert records(behind(policy, "room", tree.county)) == [tree.next_community]


def test_more_records_cost_no_more_queries(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "facilities")
    indicator = ask(clause, "each", "stock(facilities.incubator)", test="each_unit", unit_levels=["community"])
    make_target(indicator, tree.county, value=Decimal(1))
    counts = []
    room(tree.village, "孵化", kind="incubator")
    for turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            records(behind(policy, "each", tree.county))
        counts.append(len(queries))
        for at in range(10):
            room(tree.village, f"孵化{turn}-{at}", kind="incubator")
    assert counts[0] == counts[1] <= 20


def test_exact_sums(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "facilities")
    for cents in range(1, 30):
        room(tree.village, str(cents), kind="incubator", floor_area=Decimal(cents) / 100)
    ask(clause, "area", "stock(facilities.incubator, floor_area)")
    assert behind(policy, "area", tree.county).evidence.number() == Fraction(435, 100)
    assert ReportedFigure.objects.count() == 0
