"""Random rows in the trial tables and the tables of regions, and every expression that reads them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np

from governance.attainment.models import ReportedFigure
from governance.attainment.rollup.counting import Counting
from governance.attainment.rollup.facts import Days, Facts, Spans, Statements
from governance.attainment.rollup.tree import Tree as Places
from governance.attainment.sources.facts import PackedFacts
from governance.kit.measures import expressions as e
from governance.regions.models import (
    CapabilityComponent,
    CapabilityItem,
    Estate,
    Facility,
    Region,
    RegionCapability,
    RegisterCoverage,
)
from tests.attainment.slow_facts import tree_below
from tests.trial.models import Award, Certificate, Group, Post, Session

FIRST_DAY, DAYS = date(2021, 6, 1), 1600
MONTHS = (2022 * 12 + 3, 2024 * 12 + 8)
WINDOWS = ("month", "ytd", "last12", "last24", "total")
ITEMS = ("volunteer_station", "social_work_room", "social_work_service", "social_work_platform", "social_work_tier_unit",
         "added_committee_member", "incubator_functions")  # fmt: skip
SOURCES = (
    "trial_groups",
    "trial_posts",
    "trial_certificates",
    "trial_sessions",
    "trial_awards",
    "estates",
    "facilities",
)

EXPRESSIONS: tuple[e.Expression, ...] = (
    *(e.Stock("trial_groups", mark, weight) for mark in ("all", "party", "party_branch") for weight in (None, "area")),
    e.Kinds("trial_groups", "category", "now"),
    *(e.Stock("trial_posts", mark) for mark in ("in_post", "main")),
    *(e.Stock("trial_certificates", mark) for mark in ("all", "senior", "of_main")),
    *(e.Flow("trial_sessions", mark, window, weight)
      for mark in ("held", "joint") for window in WINDOWS for weight in (None, "hours")),
    *(e.Distinct("trial_sessions", mark, window) for mark in ("held", "joint") for window in WINDOWS),
    *(e.Kinds("trial_sessions", "field", window) for window in WINDOWS),
    *(e.Flow("trial_awards", "given", window) for window in WINDOWS),
    *(e.Stock("estates", mark) for mark in ("all", "party_branch")),
    *(e.Stock("facilities", mark, weight)
      for mark in ("any", "incubator", "training_base") for weight in (None, "floor_area", "capacity")),
    e.Stock("capabilities", "any"),
    *(e.RegionsWith(item, ("township", "community")) for item in ITEMS),
    *(e.RegionsWith(item, ("community",), "eligible") for item in ITEMS),
    *(e.RegionsEligible(item, ("community",)) for item in ITEMS),
    *(e.Components(item) for item in ITEMS),
    e.Figure("resident_population"), e.Figure("survey.participation.positive"),
    e.Figure("survey.participation.respondents"), e.Figure("nobody.knows"),
    e.AtLeast(e.Flow("trial_sessions", "held", "last24"), e.Fraction(2), "community"),
    e.Within(e.Stock("trial_groups", "all"), "urban"),
    e.AtBaseline(e.Stock("trial_posts", "in_post"), date(2021, 11, 30)),
)  # fmt: skip


def keys_of(tree: Places) -> Any:
    """Return the keys of the places in the order of the tree."""
    keys = dict(Region.objects.values_list("code", "pk"))
    return np.array([keys[code] for code in tree.codes], dtype=np.int64)


def make_rows(seed: int, count: int = 60, *, stated: bool = True) -> None:
    """Make so many rows in every table, homed at places of every level."""
    chance = Random(seed)
    places = list(Region.objects.order_by("code"))

    def day() -> date:
        return FIRST_DAY + timedelta(days=chance.randrange(DAYS))

    def span(open_start: bool = True) -> dict[str, Any]:
        since = None if open_start and chance.random() < 0.2 else day()
        until = None if chance.random() < 0.4 else (since or day()) + timedelta(days=chance.randrange(1, 500))
        return {"since": since, "until": until}

    def one(values: Any) -> Any:
        return chance.choice(list(values))

    def home() -> Region:
        found: Region = one(places)
        return found

    homes = [place for place in places if place.level == "community"]
    posts = []
    for at in range(count):
        Group.objects.create(
            home=home(), **span(), whole=one((True, False)), party=one((True, False)),
            party_since=one((None, day())), area=one((None, Decimal(chance.randrange(-99999, 10**12)) / 100)),
            category=one(("care", "culture", "law", "")),
        )  # fmt: skip
        posts.append(
            Post.objects.create(home=home(), person=chance.randrange(9), main=one((True, False)), **span(False))
        )
        Certificate.objects.create(holder=one(posts), level=one(("senior", "junior")), **span(False))
        Session.objects.create(
            home=home(), on=one((None, day(), day(), day())), person=one((None, *range(-3, 5))),
            held=one((True, False)), joint=one((True, False)), hours=Decimal(chance.randrange(-50, 900)) / 100,
            field=one(("aid", "elders", "children", "", "other")),
        )  # fmt: skip
        Award.objects.create(home=home(), on=day())
        Estate.objects.create(
            community=one(homes), name=f"小区{seed}-{at}", **(times := span()),
            party_branch_from=None if times["since"] is None or chance.random() < 0.5 else times["since"],
        )  # fmt: skip
        Facility.objects.create(
            region=home(), kind=one(Facility.Kind), name=f"设施{seed}-{at}", **span(False),
            floor_area=one((None, Decimal(chance.randrange(10**9)) / 100)), capacity=one((None, chance.randrange(10**9))),
        )  # fmt: skip
    if stated:
        _state(chance, places, day)


def _state(chance: Random, places: list[Region], day: Any) -> None:
    items = list(CapabilityItem.objects.filter(slug__in=ITEMS))
    for place in places:
        for item in items:
            if place.level not in item.levels:
                continue
            components = list(CapabilityComponent.objects.filter(item=item)) if item.rule != "one" else [None]
            for component in components:
                if chance.random() < 0.4:
                    since = day()
                    RegionCapability.objects.create(
                        region=place, item=item, component=component, since=since,
                        statement=chance.choice(("has", "subject_to") if item.eligible else ("has",)),
                        until=chance.choice((None, since + timedelta(days=200))),
                    )  # fmt: skip
        for register in (*SOURCES, "capabilities", *ITEMS[:2]):
            if chance.random() < 0.4:
                kept = day() - timedelta(days=chance.randrange(900))
                RegisterCoverage.objects.create(region=place, register=register, since=kept)
        for measure in ("resident_population", "survey.participation", "trial_groups.all", "facilities.any.floor_area"):
            for on in {day() for _ in range(chance.randrange(4))}:
                ReportedFigure.objects.create(
                    region=place, measure=measure, on=on, value=(value := chance.randrange(10**6)), source="统计公报",
                    out_of=value + 1 if measure.startswith("survey") else None,
                    until=chance.choice((None, on + timedelta(days=chance.randrange(1, 400)))),
                    state=chance.choice(("approved", "approved", "draft")),
                )  # fmt: skip


def packed(root: Region, months: tuple[int, int] = MONTHS, expressions: Any = EXPRESSIONS) -> PackedFacts:
    """Return the fast reader for the tree of a place; records are read at it and below it."""
    tree = tree_below(root)
    inside = np.arange(len(tree)) >= tree.index[root.code]  # places come in the order of their paths
    return PackedFacts(tree, keys_of(tree), expressions, *months, counted=inside)


def values(
    tree: Places, facts: Facts, months: tuple[int, int], root: Region, expressions: Any = EXPRESSIONS
) -> list[Any]:
    """Return for each expression amounts, missing, known and units at a place and below it, and the reason."""
    counting, at = Counting(tree, facts, *months), tree.index[root.code]
    found = [counting.of(expression) for expression in expressions]
    return [
        (one.amount[at:].tolist(), one.missing[at:].tolist(), one.known[at:].tolist(), one.units[at:].tolist(), one.why)
        for one in found
    ]


def spans_of(spans: Spans, months: tuple[int, int]) -> dict[tuple[int, ...], int]:
    """Return the amounts by home and months, cut to those asked for; what does not reach into them is left out."""
    found: dict[tuple[int, ...], int] = {}
    first = np.maximum(spans.first, months[0])
    until = np.minimum(spans.until, months[1] + 1)
    amount = np.full(len(first), 100) if spans.amount is None else spans.amount
    for home, start, end, one in np.stack((spans.home, first, until, amount), axis=1).tolist():
        if start < end:
            found[home, start, end] = found.get((home, start, end), 0) + one
    return found


def days_of(days: Days, window: str, months: tuple[int, int]) -> dict[tuple[int, ...], int]:
    """Return events in the same way: by the months whose window holds them."""
    return spans_of(days.in_window(window), months)


def persons_of(days: Days, window: str, months: tuple[int, int]) -> dict[tuple[int, ...], int]:
    """Return the months in which persons are counted; who they are does not matter."""
    return spans_of(days.persons_in_window(window), months)


def statements_of(stated: Statements, months: tuple[int, int]) -> list[set[tuple[int, ...]]]:
    """Return when each component, and each sort of statement, is there; how often does not matter."""
    found = []
    for component in range(-1, 12):
        for subject in (0, 1):
            at = (stated.component == component) & (stated.subject == subject)
            found.append(set(spans_of(Spans(stated.home[at], stated.first[at], stated.until[at]), months)))
    return found
