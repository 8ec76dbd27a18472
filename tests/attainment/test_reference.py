"""The reference itself, held against the page by hand: what it is trusted for is computed here on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, get_args

from governance.kit.measures import expressions as e
from tests.attainment.questions import random_question
from tests.attainment.reference import answer, number
from tests.attainment.worlds import (
    ITEMS,
    SOURCES,
    Coverage,
    Event,
    Indicator,
    Interval,
    Place,
    Question,
    ReportedNumber,
    Statement,
    Target,
    World,
    random_world,
)

CITY, COUNTY, ZONE = "500000000000", "500101000000", "500172000000"
STREET, FARM, PARK = "500101001000", "500101400000", "500172002000"
PINE, LAKE = "500101001001", "500101001201"  # a residents' committee, a villagers' committee
BARN, GATE = "500101400401", "500172002001"  # neither, and one in the development zone
EARLY = date(2020, 1, 1)
ORGANIZATIONS = e.Stock("organizations", "all")
AWARDS = e.Flow("awards", "given", "ytd")


def place(code: str, level: str, parent: str | None, committee: str = "", **span: Any) -> Place:
    return Place(code, level, parent, span.get("since"), span.get("until"), committee)


TREE = (
    place(CITY, "province", None),
    place(COUNTY, "county", CITY),
    place(ZONE, "county", CITY),
    place(STREET, "township", COUNTY),
    place(FARM, "township", COUNTY),
    place(PARK, "township", ZONE),
    place(PINE, "community", STREET, "residents"),
    place(LAKE, "community", STREET, "villagers"),
    place(BARN, "community", FARM, "none"),
    place(GATE, "community", PARK, "residents"),
)
KEPT = tuple(Coverage(CITY, register, EARLY) for register in (*SOURCES, "capabilities"))


def world(**given: Any) -> World:
    nothing: dict[str, Any] = dict.fromkeys(("statements", "intervals", "events", "figures"), ())
    whole = {"today": date(2024, 5, 20), "places": TREE, "sets": {"both": (COUNTY, ZONE)}, "coverage": KEPT}
    return World(**(nothing | whole | {"items": ITEMS, "sources": SOURCES} | given))


def organization(home: str, since: date | None = EARLY, until: date | None = None, area: str = "0") -> Interval:
    return Interval(
        "organizations", home, since, until, frozenset({"all"}), {"area": Decimal(area)}, {"category": "care"}
    )


def award(home: str, on: date) -> Event:
    return Event("awards", home, on, frozenset({"given"}), {}, None, {})


def session(home: str, on: date, person: str | None, field: str = "aid") -> Event:
    return Event("sessions", home, on, frozenset({"held"}), {"hours": Decimal(2)}, person, {"field": field})


def month(year: int, number: int) -> int:
    return year * 12 + number - 1


def indicator(**given: Any) -> Indicator:
    plain: dict[str, Any] = {
        "id": "i", "role": "target", "kind": "count", "numerator": ORGANIZATIONS, "denominator": e.One(), "factor": Decimal(1),
        "test": "pooled", "unit_level": None, "unit_kind": None, "verdict_levels": ("province", "county"),
        "direction": "at_least", "yearly": "", "milestones": (Target(date(2024, 12, 31), Decimal(10)),), "allocated": {},
        "baseline_on": None, "baseline_value": None, "root": CITY, "valid_from": date(2023, 1, 15), "valid_to": None,
    }  # fmt: skip
    return Indicator(**(plain | given))


def ask(known: World, asked: Indicator, code: str = CITY, as_of: date = date(2024, 4, 30)) -> dict[str, Any]:
    return answer(known, Question(asked, code, as_of, known.today))


# ---- numbers ----


def test_a_span_is_counted_at_month_ends_and_its_last_day_is_not_part_of_it() -> None:
    rows = (
        organization(PINE, date(2024, 2, 29), date(2024, 4, 1)),
        organization(PINE, date(2024, 3, 2), date(2024, 3, 31)),  # begins and ends within a month
        organization(LAKE, None, date(2024, 3, 31)),
    )
    known = world(intervals=rows)
    found = [number(known, ORGANIZATIONS, COUNTY, month(2024, each))[0] for each in (1, 2, 3, 4)]
    assert found == [1, 2, 1, 0]


def test_rows_at_every_level_add_up_and_a_place_that_ended_takes_its_children_along() -> None:
    rows = (organization(CITY), organization(COUNTY), organization(STREET), organization(PINE), organization(GATE))
    tree = tuple(replace(each, until=date(2024, 3, 31)) if each.code == STREET else each for each in TREE)
    known = world(intervals=rows, places=tree)
    assert [number(known, ORGANIZATIONS, CITY, month(2024, each))[0] for each in (2, 3)] == [5, 3]
    assert [number(known, e.Units(("community",)), CITY, month(2024, each))[0] for each in (2, 3)] == [4, 2]
    assert number(known, ORGANIZATIONS, PINE, month(2024, 3)) == (None, 0)
    assert number(known, e.Units(("community",)), PINE, month(2024, 3)) == (None, 0)


def test_the_nearest_register_decides_and_what_is_not_kept_is_left_out() -> None:
    coverage = (
        Coverage(CITY, "organizations", EARLY),
        Coverage(STREET, "organizations", date(2024, 3, 15)),
        Coverage(LAKE, "organizations", date(2024, 2, 1)),
    )
    known = world(intervals=(organization(PINE), organization(LAKE), organization(STREET)), coverage=coverage)
    assert number(known, ORGANIZATIONS, STREET, month(2024, 1)) == (None, 0)
    assert number(known, ORGANIZATIONS, STREET, month(2024, 2)) == (1, Fraction(1, 2))
    assert number(known, ORGANIZATIONS, STREET, month(2024, 3)) == (3, 1)
    assert number(known, ORGANIZATIONS, CITY, month(2024, 1)) == (0, Fraction(1, 2))  # barn and gate are known


def test_the_statement_about_an_item_beats_the_common_one_at_the_same_place_but_not_a_nearer_one() -> None:
    has = tuple(Statement(code, "station", None, "has", EARLY, None) for code in (PINE, LAKE, GATE))
    coverage = (
        Coverage(CITY, "capabilities", EARLY),
        Coverage(CITY, "station", date(2025, 1, 1)),
        Coverage(STREET, "capabilities", EARLY),
    )
    known = world(statements=has, coverage=coverage)
    stations = e.RegionsWith("station", ("community",))
    assert number(known, stations, CITY, month(2024, 4)) == (2, Fraction(2, 4))
    assert number(known, stations, GATE, month(2024, 4)) == (None, 0)
    assert number(known, stations, CITY, month(2025, 1)) == (3, 1)


def test_a_figure_replaces_the_sum_at_its_place_until_the_register_is_kept_everywhere_below() -> None:
    figures = (
        ReportedNumber(COUNTY, "organizations.all", date(2024, 1, 10), Decimal(40), None),
        ReportedNumber(PINE, "organizations.all", date(2024, 1, 10), Decimal(7), None),
        ReportedNumber(ZONE, "organizations.all", date(2024, 1, 10), Decimal(5), date(2024, 3, 1)),
    )
    coverage = (Coverage(STREET, "organizations", EARLY), Coverage(FARM, "organizations", date(2024, 3, 1)))
    rows = (organization(PINE), organization(LAKE), organization(CITY))
    known = world(intervals=rows, figures=figures, coverage=coverage)
    assert number(known, ORGANIZATIONS, COUNTY, month(2023, 12)) == (2, Fraction(2, 3))
    assert number(known, ORGANIZATIONS, CITY, month(2024, 1)) == (45, 1)
    assert number(known, ORGANIZATIONS, STREET, month(2024, 1)) == (2, 1)  # kept in all communities of pine and street
    assert number(known, ORGANIZATIONS, CITY, month(2024, 3)) == (2, Fraction(3, 4))
    assert number(known, e.Within(ORGANIZATIONS, "rural"), CITY, month(2024, 1)) == (1, 1)


def test_an_earlier_figure_does_not_come_back() -> None:
    figures = (
        ReportedNumber(COUNTY, "resident_population", date(2020, 11, 1), Decimal(300), None),
        ReportedNumber(COUNTY, "resident_population", date(2024, 2, 1), Decimal(310), date(2024, 4, 1)),
    )
    found = [
        number(world(figures=figures), e.Figure("resident_population"), CITY, month(2024, n))[0] for n in (1, 2, 4)
    ]
    assert found == [300, 310, None]


def test_a_township_without_communities_counts_with_its_rows_but_is_no_unit() -> None:
    tree = tuple(each for each in TREE if each.code not in (BARN, GATE))
    rows = (organization(FARM), organization(PINE), organization(PARK))
    coverage = (Coverage(STREET, "organizations", EARLY), Coverage(FARM, "organizations", EARLY))
    known = world(places=tree, intervals=rows, coverage=coverage)
    assert number(known, ORGANIZATIONS, FARM, month(2024, 4)) == (1, 1)
    assert number(known, ORGANIZATIONS, PARK, month(2024, 4)) == (None, 0)
    assert number(known, ORGANIZATIONS, CITY, month(2024, 4)) == (2, 1)


def test_zones_and_farms_are_places_but_no_units_unless_a_set_names_them() -> None:
    def units(level: str, kind: str | None = None) -> Fraction | None:
        return number(world(), e.Units((level,), kind), CITY, month(2024, 4))[0]

    assert (units("county"), units("county", "named:both")) == (1, 2)
    assert (units("township"), units("township", "street_office")) == (2, 2)
    assert (units("community"), units("community", "urban"), units("community", "rural")) == (4, 2, 1)


def test_units_reach_a_number_by_their_own_values() -> None:
    rows = (organization(PINE), organization(PINE), organization(STREET), organization(LAKE))
    known = world(intervals=rows)
    two_each = e.AtLeast(ORGANIZATIONS, Fraction(2), "community")
    assert number(known, two_each, CITY, month(2024, 4)) == (1, 1)
    assert number(known, e.AtLeast(ORGANIZATIONS, Fraction(4), "township"), CITY, month(2024, 4)) == (1, 1)
    assert number(known, e.Within(two_each, "urban"), CITY, month(2024, 4)) == (1, 1)
    assert (
        number(known, e.AtLeast(e.Within(ORGANIZATIONS, "urban"), Fraction(2), "county"), CITY, month(2024, 4))[0] == 1
    )
    known = replace(known, coverage=(Coverage(PINE, "organizations", EARLY),))
    assert number(known, two_each, CITY, month(2024, 4)) == (1, Fraction(1, 4))


def test_windows_persons_and_listed_values() -> None:
    events = (
        session(PINE, date(2023, 5, 31), "ann"),
        session(PINE, date(2023, 6, 1), "ann", "elders"),
        session(PINE, date(2024, 1, 1), "ann"),
        session(LAKE, date(2024, 5, 2), "ann", "other"),
        session(LAKE, date(2024, 5, 3), None),
    )
    known = world(events=events)

    def counted(window: str) -> Fraction | None:
        return number(known, e.Flow("sessions", "held", window), CITY, month(2024, 5))[0]

    assert [counted(window) for window in e.WINDOWS] == [2, 3, 4, 5, 5]
    assert number(known, e.Flow("sessions", "held", "ytd", "hours"), CITY, month(2024, 5))[0] == 6
    assert number(known, e.Distinct("sessions", "held", "last12"), CITY, month(2024, 5))[0] == 2
    assert number(known, e.Kinds("sessions", "field", "last12"), CITY, month(2024, 5))[0] == 2
    assert number(known, e.Kinds("sessions", "field", "month"), CITY, month(2024, 5))[0] == 1


def test_items_need_all_components_a_scope_and_the_right_level() -> None:
    statements = (
        *(Statement(PINE, "lists", part, "has", EARLY, None) for part in ("needs", "projects")),
        Statement(LAKE, "lists", "needs", "has", EARLY, None),
        Statement(LAKE, "lists", None, "has", EARLY, None),
        Statement(PINE, "assistant", None, "has", EARLY, None),
        Statement(PINE, "assistant", None, "subject_to", date(2024, 4, 30), None),
        Statement(LAKE, "assistant", None, "subject_to", EARLY, None),
        Statement(GATE, "assistant", None, "has", EARLY, None),
        Statement(CITY, "mechanism", "ask", "has", EARLY, None),
    )
    known, april = world(statements=statements), month(2024, 4)
    assert number(known, e.RegionsWith("lists", ("community",)), CITY, april) == (1, 1)
    assert number(known, e.RegionsWith("assistant", ("community",)), CITY, april)[0] == 2
    eligible = e.RegionsWith("assistant", ("community",), e.ELIGIBLE)
    assert number(known, eligible, CITY, april)[0] == 1
    assert number(known, eligible, CITY, april - 1)[0] == 0
    assert number(known, e.Within(eligible, "urban"), CITY, april) == (1, 1)
    assert number(known, e.RegionsEligible("assistant", ("community",)), CITY, april)[0] == 2
    assert number(known, e.Components("mechanism"), CITY, april) == (1, 1)
    assert number(known, e.Components("mechanism"), COUNTY, april) == (0, 1)
    assert number(known, e.Components("mechanism"), STREET, april) == (None, 0)


# ---- answers ----


def test_a_month_that_runs_is_to_date_and_another_day_means_the_month_before() -> None:
    known = world(intervals=(organization(PINE),))
    days = (date(2024, 5, 3), date(2030, 1, 1), date(2024, 4, 30), date(2024, 4, 29))
    found = [ask(known, indicator(), as_of=day) for day in days]
    assert [each["month"] - month(2024, 1) + 1 for each in found] == [5, 5, 4, 3]
    assert [each["to_date"] for each in found] == [True, True, False, False]


def test_the_path_runs_from_the_baseline_to_the_milestone_and_decides_between_behind_and_on_track() -> None:
    # Policy of 15 January 2023: baseline December 2022, 2 organisations. Due December 2024, 24 months later, with 10.
    # At April 2024 16 of 24 months are gone: 2 + 8 * 16/24 = 22/3. There are 7, one more each month since December.
    rises = (date(2023, 12, 1), date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1))
    rows = (organization(PINE), organization(GATE), *(organization(LAKE, day) for day in rises))
    found = ask(world(intervals=rows), indicator())
    assert (found["value"], found["baseline"], found["path"], found["status"]) == (7, 2, Fraction(22, 3), "behind")
    assert (found["progress"], found["gap"], found["target_count"]) == (Fraction(5, 8), 3, 10)
    assert found["pace"] == Fraction(3, 8)
    more = ask(world(intervals=(*rows, organization(LAKE))), indicator())
    assert (more["path"], more["status"]) == (Fraction(23, 3), "on_track")  # 8, from a baseline of 3


def test_the_forecast_follows_the_median_of_the_slopes_of_a_year() -> None:
    # 2 organisations until October 2023, then one more every month from November to April: 2, 2, 2, 2, 2, 2, 3, 4, 5, 6, 7, 8.
    # Of 66 slopes 15 are 0, 21 (from October on) are 1, and 30 lie between: k/(i + k) for i = 1..5 flat months, k = 1..6 rises.
    # The 33rd and the 34th are the 18th and 19th of those 30. Ten (k < i) are below 1/2, five are 1/2, then 6/11, 5/9, 4/7, 3/5.
    # Their mean is 41/70; the 12 that are missing take 840/41 months, 21 month ends.
    rises = (date(2023, 11, 1), date(2023, 12, 1), *(date(2024, number, 1) for number in (1, 2, 3, 4)))
    rows = (organization(PINE), organization(GATE), *(organization(LAKE, day) for day in rises))
    asked = indicator(milestones=(Target(date(2026, 12, 31), Decimal(20)),))
    assert ask(world(intervals=rows), asked)["forecast"] == month(2024, 4) + 21
    assert ask(world(intervals=rows[:2]), asked)["forecast"] is None  # flat
    falling = tuple(organization(PINE, EARLY, day) for day in rises)
    assert ask(world(intervals=falling), asked)["forecast"] is None  # points away


def test_a_milestone_inside_a_month_is_judged_at_the_month_end_before_it_and_may_be_met_later() -> None:
    asked = indicator(milestones=(Target(date(2024, 2, 20), Decimal(2)), Target(date(2024, 12, 31), Decimal(4))))
    found = ask(world(intervals=(organization(PINE), organization(LAKE, date(2024, 3, 31)))), asked)
    assert found["verdicts"] == [(date(2024, 2, 20), "missed", 1, False, month(2024, 3))]
    # Baseline December 2022: 1. January 2024: 2. December 2024: 4. At April, three of eleven months on: 2 + 2 * 3/11.
    assert (found["path"], found["status"]) == (Fraction(28, 11), "behind")


def test_overdue_begins_with_the_last_day_of_the_month_that_a_target_is_due_in() -> None:
    asked = indicator(milestones=(Target(date(2024, 4, 10), Decimal(5)),))
    known = world(intervals=(organization(PINE),), today=date(2024, 4, 29))
    assert ask(known, asked, as_of=date(2024, 4, 29))["status"] == "behind"
    assert ask(replace(known, today=date(2024, 4, 30)), asked, as_of=date(2024, 4, 30))["status"] == "overdue"
    assert ask(known, asked, code=PINE)["status"] == "no_target"
    assert ask(known, replace(asked, root=ZONE), as_of=date(2024, 3, 31))["status"] == "not_applicable"


def test_missing_numbers_have_a_status_and_a_partial_one_is_provisional_unless_reached() -> None:
    share = indicator(denominator=e.Figure("resident_population"), kind="per_10k", factor=Decimal(10000))
    known = world(intervals=(organization(PINE),), coverage=())
    assert ask(known, share)["status"] == "no_data"
    known = replace(known, coverage=(Coverage(PINE, "organizations", EARLY),))
    assert ask(known, share)["status"] == "no_denominator"
    people = ReportedNumber(CITY, "resident_population", EARLY, Decimal(2000), None)
    known = replace(known, figures=(people,))
    found = ask(known, share)
    assert (found["value"], found["completeness"], found["status"], found["provisional"]) == (
        5,
        Fraction(1, 4),
        "behind",
        True,
    )
    assert (found["target_count"], found["gap"]) == (2, 1)
    reached = ask(known, replace(share, milestones=(Target(date(2024, 12, 31), Decimal(5)),)))
    assert (reached["status"], reached["provisional"], reached["forecast"]) == ("met", False, month(2024, 4))


def test_a_share_without_a_status_of_its_own_is_set_beside_the_target_of_the_root() -> None:
    stations = tuple(Statement(code, "station", None, "has", EARLY, None) for code in (PINE, GATE))
    covered = indicator(
        kind="coverage", numerator=e.RegionsWith("station", ("community",)), denominator=e.Units(("community",)),
        factor=Decimal(100), unit_level="community", verdict_levels=("province",),
        milestones=(Target(date(2024, 12, 31), Decimal(60)),),
    )  # fmt: skip
    known = world(statements=stations)
    lines = [ask(known, covered, code)["reference_line"] for code in (CITY, COUNTY, ZONE, PINE)]
    assert lines == [None, "below", "reached", "reached"]
    assert ask(known, covered, COUNTY)["value"] == Fraction(100, 3)


def test_at_most_a_range_and_an_undated_target() -> None:
    known = world(intervals=tuple(organization(PINE) for _ in range(6)))
    few = indicator(direction="at_most", milestones=(Target(date(2024, 12, 31), Decimal("4.5")),))
    found = ask(known, few)
    assert (found["status"], found["gap"], found["target_count"], found["progress"]) == ("behind", 2, 4, 0)
    wide = indicator(direction="range", milestones=(Target(None, Decimal(3), Decimal(5)),))
    found = ask(known, wide)
    assert (found["status"], found["above_high"], found["path"], found["progress"]) == ("met", True, None, 2)
    assert ask(known, indicator(milestones=(Target(None, Decimal(7)),)))["status"] == "pending"


def test_a_multiple_starts_from_one_and_falls_back_on_the_entered_count_at_the_root_only() -> None:
    rows = (organization(PINE), organization(PINE, date(2023, 6, 1)), organization(LAKE, date(2023, 7, 1)))
    doubled = indicator(
        kind="growth_vs_baseline", denominator=e.AtBaseline(ORGANIZATIONS, date(2022, 12, 31)), baseline_on=date(2022, 12, 31),
        baseline_value=Decimal(2), milestones=(Target(date(2024, 12, 31), Decimal(4)),),
    )  # fmt: skip
    found = ask(world(intervals=rows), doubled)
    assert (found["value"], found["path"], found["progress"], found["gap"]) == (3, 3, Fraction(2, 3), 1)
    assert found["status"] == "on_track"
    late = world(intervals=rows, coverage=(Coverage(CITY, "organizations", date(2023, 1, 1)),))
    assert ask(late, doubled)["value"] == Fraction(3, 2)
    assert ask(late, doubled, COUNTY)["status"] == "no_denominator"


def test_above_their_units_places_are_judged_by_the_share_that_passes() -> None:
    # Farms are no units: street and park. In June 2023 the street reaches 2; the park has none.
    rows = (organization(PINE), organization(STREET, date(2023, 6, 1)))
    each = indicator(
        test="each_unit", unit_level="township", verdict_levels=("province",), baseline_on=date(2022, 12, 31),
        milestones=(Target(date(2024, 12, 31), Decimal(2)),),
    )  # fmt: skip
    found = ask(world(intervals=rows), each)
    assert (found["numerator"], found["denominator"], found["value"]) == (1, 2, 50)
    assert (found["units_total"], found["units_met"], found["units_no_data"], found["shortfall"]) == (2, 1, 0, 2)
    assert (found["baseline"], found["path"], found["status"]) == (0, Fraction(200, 3), "behind")
    unknown = ask(world(intervals=rows, coverage=(Coverage(STREET, "organizations", EARLY),)), each)
    assert (unknown["value"], unknown["completeness"], unknown["shortfall"]) == (50, Fraction(1, 2), 0)
    assert ask(world(intervals=rows), each, STREET)["status"] == "no_target"
    assert [ask(world(), each, code)["status"] for code in (FARM, PINE)] == ["not_applicable", "not_applicable"]
    assert ask(world(coverage=()), each)["status"] == "no_data"


def test_a_yearly_target_starts_anew_each_january_and_stops_with_its_last_year() -> None:
    days = (date(2023, 1, 5), date(2023, 2, 5), date(2023, 12, 5), date(2024, 2, 5))
    events = tuple(award(PINE, day) for day in days)
    listed = indicator(
        numerator=AWARDS,
        yearly="listed",
        milestones=tuple(Target(date(n, 12, 31), Decimal(3)) for n in (2022, 2023, 2024)),
    )
    known = world(events=events, today=date(2025, 7, 9))
    found = ask(known, listed)
    assert (found["value"], found["path"], found["status"], found["pace"]) == (1, 1, "on_track", Fraction(2, 8))
    assert [verdict[1:3] for verdict in found["verdicts"]] == [("missed", 0), ("met", 3)]
    assert ask(known, listed, as_of=date(2021, 6, 30))["status"] == "no_target"
    gap = ask(
        known,
        replace(listed, milestones=(listed.milestones[0], Target(date(2024, 12, 31), Decimal(3)))),
        as_of=date(2023, 6, 30),
    )
    assert (gap["status"], gap["path"], gap["verdicts"]) == (
        "no_target",
        None,
        [(date(2022, 12, 31), "missed", 0, False, None)],
    )
    after = ask(known, listed, as_of=date(2025, 6, 30))
    assert (after["month"], after["value"], after["status"], after["to_date"]) == (month(2024, 12), 1, "overdue", False)
    every = replace(listed, yearly="every_year", milestones=(Target(date(2022, 12, 31), Decimal(3)),))
    found = ask(known, every, as_of=date(2025, 6, 30))
    assert (found["month"], found["value"], found["path"], found["status"]) == (
        month(2025, 6),
        0,
        Fraction(3, 2),
        "behind",
    )
    assert [verdict[:2] for verdict in found["verdicts"]] == [
        (date(2022, 12, 31), "missed"),
        (date(2023, 12, 31), "met"),
        (date(2024, 12, 31), "missed"),
    ]


def test_an_allocated_target_replaces_the_text_and_a_reference_fact_has_no_status() -> None:
    known = world(intervals=(organization(PINE),))
    asked = indicator(verdict_levels=(), allocated={STREET: (Target(date(2024, 12, 31), Decimal(1)),)})
    assert [ask(known, asked, code)["status"] for code in (CITY, STREET, PINE)] == ["no_target", "met", "no_target"]
    fact = ask(known, indicator(role="reference", direction="", milestones=(), verdict_levels=()))
    assert (fact["status"], fact["value"], fact["verdicts"]) == (None, 1, [])
    assert ask(known, indicator(role="shown", milestones=()))["status"] == "no_target"


# ---- what the random worlds ask ----


def test_random_questions_meet_every_node_window_status_and_verdict() -> None:
    nodes: set[object] = set()
    met: dict[str, set[Any]] = {"status": set(), "outcome": set(), "line": set(), "high": set(), "flags": set()}
    for seed in range(1200):
        known = random_world(seed)
        question = random_question(known, Random(seed))
        found = answer(known, question)
        for side in (question.indicator.numerator, question.indicator.denominator):
            nodes |= {type(part) for part in e.parts(side)} | {getattr(part, "window", None) for part in e.parts(side)}
        met["status"].add(found["status"])
        met["outcome"] |= {verdict[1] for verdict in found["verdicts"]}
        met["line"].add(found["reference_line"])
        met["high"].add(found["above_high"])
        met["flags"] |= {
            name for name in ("to_date", "provisional", "forecast", "pace", "units_no_data") if found[name]
        }
        assert 0 <= found["completeness"] <= 1
        assert (found["value"] is None) == (found["numerator"] is None or not found["denominator"])
    assert nodes >= {*get_args(e.Expression), *e.WINDOWS, e.NOW}
    assert met["status"] >= {
        "not_applicable",
        "no_data",
        "no_denominator",
        "no_target",
        "met",
        "pending",
        "overdue",
        "on_track",
    }
    assert met["status"] >= {"behind", None}
    assert met["outcome"] == {"met", "missed", "no_data", "no_denominator"}
    assert met["line"] == {None, "reached", "below"}
    assert met["high"] == {None, True, False}
    assert met["flags"] == {"to_date", "provisional", "forecast", "pace", "units_no_data"}
