"""What holds for every rule, place and month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, pairwise
from statistics import median

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from governance.attainment import periods
from governance.attainment.evaluator.distance import gap, progress, target_count
from governance.attainment.evaluator.judge import judge, value_and_status
from governance.attainment.evaluator.path import along
from governance.attainment.evaluator.readings import value_of
from governance.attainment.evaluator.rule import Baseline, Judgement, Milestone, Reading, Rule
from governance.attainment.evaluator.status import Status, reaches
from tests.attainment.sentences import LATER, Told, ask

FIRST = date(2020, 1, 1)
DAYS = st.integers(0, 5 * 365).map(lambda days: FIRST + timedelta(days=days))
NUMBERS = st.one_of(
    st.integers(0, 60).map(Fraction), st.fractions(0, 60, max_denominator=12), st.integers(0, 10**9).map(Fraction)
)
TARGETS = st.one_of(st.integers(1, 60).map(Fraction), st.fractions(Fraction(1, 10), 120, max_denominator=12))
FACTORS = st.sampled_from([Fraction(1), Fraction(100), Fraction(10000), Fraction(1, 100)])
DIRECTIONS = st.sampled_from(["at_least", "at_most", "range"])


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Any rule that the texts could ask for."""
    dues = draw(st.lists(st.one_of(DAYS, st.none()), max_size=4, unique=True))
    milestones = tuple(Milestone(day, draw(TARGETS), draw(st.one_of(st.none(), TARGETS))) for day in dues)
    judged = draw(st.booleans())
    stated = st.builds(Baseline, DAYS, st.one_of(st.none(), NUMBERS))
    return Rule(
        role=draw(st.sampled_from(["target", "target", "shown", "reference"])),
        direction=draw(st.one_of(DIRECTIONS, DIRECTIONS, st.just(""))),
        factor=draw(FACTORS),
        valid_from=draw(DAYS),
        valid_to=draw(st.one_of(st.none(), DAYS)),
        stance=draw(st.sampled_from(["pooled", "unit", "above"])),
        yearly=draw(st.sampled_from(["", "", "listed", "every_year"])),
        multiple=draw(st.booleans()),
        compared=draw(st.booleans()),
        milestones=milestones if judged or draw(st.booleans()) else (),
        root_milestones=milestones,
        judged=judged,
        baseline=draw(st.one_of(st.none(), stated)),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading, most of them with a value."""
    n = draw(st.one_of(NUMBERS, NUMBERS, NUMBERS, st.none()))
    d = draw(st.one_of(st.just(Fraction(1)), NUMBERS, NUMBERS, st.none()))
    complete = draw(st.sampled_from([Fraction(1), Fraction(1), Fraction(1, 2)]))
    return Reading(n, d, complete, draw(st.integers(0, 9)) > 0, draw(st.sampled_from(["", "no_source"])))


MONTHS = st.integers(periods.month_of(FIRST), periods.month_of(FIRST) + 71)
HISTORIES = st.lists(readings(), min_size=1, max_size=30)


def told(known: list[Reading]) -> Told:
    """The readings in turn, again and again; another milestone reads another one."""
    return Told(lambda month, held: known[(month * 7 + (int(held.target) if held else 0)) % len(known)])


@settings(max_examples=250, deadline=None)
@given(rules(), HISTORIES, MONTHS, st.one_of(st.just(LATER), DAYS))
def test_an_answer_is_the_same_every_time_and_never_looks_ahead_or_twice(
    rule: Rule, known: list[Reading], month: int, today: date
) -> None:
    month = min(month, periods.month_of(today))
    history = told(known)
    answer = judge(rule, history, month, today)
    assert len(set(history.asked)) == len(history.asked)
    assert all(at <= answer.month <= month for at, _ in history.asked)
    assert judge(rule, told(known), month, today) == answer
    assert value_and_status(rule, told(known), month, today) == (answer.value, answer.status)
    turned = replace(rule, milestones=rule.milestones[::-1], root_milestones=rule.root_milestones[::-1])
    assert judge(turned, told(known), month, today) == answer
    _is_sound(rule, answer)


def _is_sound(rule: Rule, answer: Judgement) -> None:
    """Parts of one answer that have to agree with each other."""
    asked_for = answer.milestone is not None and answer.value is not None
    assert (answer.gap is not None) == asked_for == (answer.target_count is not None)
    if rule.role == "reference":
        assert answer.status is None
    elif asked_for:
        assert (answer.status == "met") == (answer.gap == 0)
        assert answer.status in {"met", "on_track", "behind", "pending", "overdue"}
    else:
        assert answer.status in {"not_applicable", "no_data", "no_denominator", "no_target"}
    if answer.gap == 0:
        assert (answer.forecast, answer.pace) == (answer.month, None)
    if answer.forecast is not None:
        assert answer.month <= answer.forecast <= answer.month + 600
    assert not (answer.provisional and answer.reading.completeness == 1)
    for verdict in answer.verdicts:
        assert verdict.milestone.due
        assert verdict.met_later is None or (
            verdict.outcome != "met" and periods.judged_at(verdict.milestone.due) < verdict.met_later <= answer.month
        )


@settings(deadline=None)
@given(rules(), readings(), MONTHS)
def test_the_status_comes_in_its_order(rule: Rule, reading: Reading, month: int) -> None:
    assume(rule.role != "reference")
    status = judge(rule, Told(lambda at, held: reading), month, LATER).status
    if not reading.applicable:
        assert status == "not_applicable"
    elif reading.numerator is None:
        assert status == "no_data"
    elif not reading.denominator:
        assert status == "no_denominator"
    elif not (rule.judged and rule.milestones and rule.direction):
        assert status == "no_target"
    else:
        assert status in {*Status} - {"not_applicable", "no_data", "no_denominator"}


@st.composite
def asking(draw: st.DrawFn) -> Rule:
    """A rule that asks something of the place, today and later."""
    dues = draw(st.lists(DAYS, min_size=1, max_size=4, unique=True))
    milestones = tuple(Milestone(day, draw(TARGETS)) for day in dues)
    return replace(draw(rules()), role="target", direction=draw(DIRECTIONS), judged=True, milestones=milestones)


@settings(deadline=None)
@given(asking(), NUMBERS, MONTHS, st.integers(1, 10**6), DAYS)
def test_a_reached_target_is_met_and_never_behind_or_overdue(
    rule: Rule, n: Fraction, month: int, d: int, today: date
) -> None:
    history = Told(lambda at, held: Reading(n, Fraction(d)))
    answer = judge(rule, history, min(month, periods.month_of(today)), today)
    assert answer.value is not None
    if answer.milestone is None:
        assert rule.yearly
        assert answer.status == "no_target"
        return
    target = Fraction(100) if rule.stance == "above" else answer.milestone.target
    less = rule.direction == "at_most" and rule.stance != "above"
    assert (answer.status == "met") == (answer.value <= target if less else answer.value >= target)


POINTS = st.dictionaries(st.integers(0, 80), st.fractions(-50, 50, max_denominator=9), min_size=1, max_size=5).map(
    lambda found: sorted(found.items())
)


@settings(deadline=None)
@given(POINTS, st.integers(-5, 90))
def test_the_path_hits_its_points_and_runs_evenly_from_each_to_the_next(
    points: list[tuple[int, Fraction]], month: int
) -> None:
    assert [along(points, at) for at, _ in points] == [value for _, value in points]
    here = along(points, month)
    if month < points[0][0]:
        assert here is None
    elif month >= points[-1][0]:
        assert here == points[-1][1]
    else:
        (since, low), (until, high) = next(pair for pair in pairwise(points) if month < pair[1][0])
        following = along(points, month + 1)
        assert here is not None
        assert following is not None
        assert min(low, high) <= here <= max(low, high)
        assert following - here == (high - low) / (until - since)


@settings(deadline=None)
@given(asking(), NUMBERS, st.integers(0, 3))
def test_the_path_passes_through_every_milestone_after_its_start(rule: Rule, n: Fraction, index: int) -> None:
    rule = replace(rule, yearly="", stance="pooled", baseline=None)
    ordered = sorted(rule.milestones, key=lambda milestone: milestone.due or date.max)
    targets = {periods.judged_at(milestone.due): milestone.target for milestone in ordered if milestone.due}
    month = list(targets)[index % len(targets)]
    path = judge(rule, Told(lambda at, held: Reading(n)), month, LATER).path
    if month > periods.judged_at(rule.valid_from):
        assert path == targets[month]
    elif month < periods.judged_at(rule.valid_from):
        assert path is None


@settings(deadline=None)
@given(DIRECTIONS, FACTORS, NUMBERS, NUMBERS, TARGETS)
def test_the_gap_is_the_least_whole_change_that_reaches_the_target(
    direction: str, factor: Fraction, n: Fraction, d: Fraction, target: Fraction
) -> None:
    assume(d > 0)
    rule = Rule("target", direction, factor, FIRST)
    reading = Reading(n, d)
    least, way = gap(rule, reading, target), -1 if direction == "at_most" else 1

    def met(n: Fraction) -> bool:
        value = value_of(rule, replace(reading, numerator=n))
        assert value is not None
        return reaches(rule, value, target)

    assert least >= 0
    assert met(n + way * least)
    assert least == 0 or not met(n + way * (least - 1))
    aim = target_count(rule, reading, target)
    assert met(Fraction(aim))
    assert not met(Fraction(aim - way))


@settings(deadline=None)
@given(DIRECTIONS, NUMBERS, TARGETS, NUMBERS)
def test_progress_is_nothing_at_the_baseline_and_whole_at_the_target_and_grows_on_the_way(
    direction: str, start: Fraction, target: Fraction, value: Fraction
) -> None:
    rule = Rule("target", direction, Fraction(1), FIRST)
    here = progress(rule, value, target, start)
    assert here is not None
    if reaches(rule, start, target):
        assert here == (1 if reaches(rule, value, target) else 0)
        return
    assert progress(rule, start, target, start) == 0
    assert progress(rule, target, target, start) == 1
    nearer = progress(rule, value + (target - start) / 10, target, start)
    assert nearer is not None
    assert nearer > here
    assert (here >= 1) == reaches(rule, value, target)
    assert start + here * (target - start) == value


VALUES = st.lists(st.one_of(st.none(), st.tuples(st.integers(0, 50), st.integers(1, 12))), min_size=12, max_size=12)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["at_least", "at_most"]), VALUES, TARGETS, FACTORS)
def test_the_forecast_is_the_first_whole_month_at_which_the_line_reaches_the_target(
    direction: str, values: list[tuple[int, int] | None], target: Fraction, factor: Fraction
) -> None:
    assume(values[-1] is not None)
    rule = Rule("target", direction, factor, FIRST, milestones=(Milestone(None, target),))
    now = periods.month_of(date(2024, 5, 1))
    given_values = {now - 11 + index: pair for index, pair in enumerate(values) if pair}
    history = Told(lambda at, held: Reading(*map(Fraction, given_values[at])) if at in given_values else Reading(None))
    known = {at: factor * Fraction(*pair) for at, pair in given_values.items()}
    answer = judge(rule, history, now, LATER).forecast
    if reaches(rule, known[now], target):
        assert answer == now
        return
    pairs = combinations(sorted(known), 2)
    slopes = [(known[late] - known[early]) / (late - early) for early, late in pairs]
    slope = median(slopes) if slopes else Fraction(0)
    if answer is None:
        assert slope == 0 or not reaches(rule, known[now] + 600 * slope, target)
    else:
        assert 0 < answer - now <= 600
        assert reaches(rule, known[now] + (answer - now) * slope, target)
        assert not reaches(rule, known[now] + (answer - now - 1) * slope, target)


@settings(deadline=None)
@given(st.lists(st.integers(0, 12), min_size=48, max_size=48), st.integers(0, 47))
def test_a_verdict_stays_and_met_later_is_the_first_such_month(counts: list[int], index: int) -> None:
    since = periods.month_of(date(2022, 1, 1))
    six = Milestone(date(2022, 12, 31), Fraction(6))
    rule = Rule("target", "at_least", Fraction(1), date(2022, 1, 1), milestones=(six,))
    history = Told(lambda at, held: Reading(Fraction(counts[at - since]) if at >= since else None))
    answer = ask(rule, history, periods.as_text(since + index))
    if index < 11:
        assert answer.verdicts == ()
        return
    (verdict,) = answer.verdicts
    assert verdict.outcome == ("met" if counts[11] >= 6 else "missed")
    late = [at for at in range(12, index + 1) if counts[at] >= 6]
    assert verdict.met_later == (since + late[0] if late and counts[11] < 6 else None)


@settings(deadline=None)
@given(st.integers(2018, 2032), st.integers(1, 12), st.lists(st.integers(0, 5), min_size=1, max_size=9))
def test_a_yearly_answer_lies_within_the_years_of_its_target(year: int, number: int, counts: list[int]) -> None:
    listed = tuple(Milestone(date(each, 12, 31), Fraction(2)) for each in (2022, 2023, 2024, 2025))
    for yearly, last in (("listed", 2025), ("every_year", 2026)):
        rule = Rule(
            "target", "at_least", Fraction(1), date(2022, 6, 24), date(2026, 3, 1), yearly=yearly, milestones=listed
        )
        history = Told(lambda at, held: Reading(Fraction(counts[at % len(counts)])))
        answer = judge(rule, history, year * 12 + number - 1, date(2040, 1, 1))
        assert answer.month == min(year * 12 + number - 1, periods.december(last))
        assert (answer.status == "no_target") == (year < 2022)
        assert all(verdict.met_later is None for verdict in answer.verdicts)
        if year >= 2022:
            assert answer.path == Fraction(2 * periods.month_of_year(answer.month), 12)
            assert answer.forecast is None or answer.forecast // 12 == answer.month // 12
