"""A target of a place beside the places right below it: what each has, what it was given, and by what it could be shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone

from governance.attainment.actions.allocating import DIRECTIONS, is_sum
from governance.attainment.apportioning import apportioned
from governance.attainment.compute.questions import questions
from governance.attainment.models import ReportedFigure
from governance.attainment.results.answers import Answers
from governance.attainment.results.rows import row_of
from governance.attainment.rounding import shown
from governance.kit.scoping import permission
from governance.policies.models import Indicator, Target
from governance.regions.models import Region

GIVE = permission(Target, "add")
POPULATION, EQUALLY, SAME, KEPT = "population", "equally", "same", "kept"


@dataclass(frozen=True)
class Place:
    """A place below, with the number that it has now, its denominator, its residents and what it was given before."""

    region: Region
    value: str
    denominator: Fraction | None
    residents: int | None
    kept: Decimal | None


def may_allocate(user: Any, indicator: Indicator, region: Region) -> bool:
    """Return whether somebody may give the places right below a place numbers of their own."""
    return indicator.direction in DIRECTIONS and bool(user.scope_for(GIVE).covers(region.path))


def targets_of(indicator: Indicator, region: Region) -> list[Target]:
    """Return the numbers that a place has itself, the earliest first, those without a day last."""
    rows = indicator.targets.filter(region=region).select_related("indicator__policy", "region")
    return sorted(rows, key=lambda target: (target.due is None, target.due))


def places_below(target: Target) -> list[Place]:
    """Return the places right below that are there today; a fixed number of queries."""
    today = timezone.localdate()
    regions = list(Region.objects.filter(parent=target.region).alive_on(today).order_by("code"))
    if not regions:
        return []
    residents = _residents(regions)
    given = target.indicator.targets.filter(origin=Target.Origin.ALLOCATED, due=target.due, region__in=regions)
    kept = dict(given.values_list("region_id", "value"))
    question = next(each for each in questions(target.indicator.policy) if each.indicator.pk == target.indicator_id)
    answers = Answers(regions, [question.asked], today, today)
    rows = {region: row_of(question, region, *answers.of(question.asked, region), today) for region in regions}
    return [
        Place(
            region,
            _with_unit(rows[region]),
            rows[region]["denominator"],
            residents.get(region.pk),
            kept.get(region.pk),
        )
        for region in regions
    ]


def ways(target: Target, places: Sequence[Place]) -> list[str]:
    """Return the ways in which the number can be shared out among the places, the usual one first."""
    found = [KEPT] if any(place.kept is not None for place in places) else []
    if not is_sum(target.indicator):
        return [*found, SAME]
    if any(place.residents for place in places) and all(place.residents is not None for place in places):
        found.append(POPULATION)
    return [*found, EQUALLY]


def proposed(target: Target, places: Sequence[Place], way: str) -> dict[Region, Decimal | None]:
    """Return the numbers of a way."""
    if way == KEPT:
        return {place.region: place.kept for place in places}
    if way == SAME:
        return {place.region: None if place.denominator == 0 else target.value for place in places}
    weights = [(place.residents or 0) if way == POPULATION else 1 for place in places]
    return dict(zip((place.region for place in places), apportioned(target.value, weights), strict=True))


def _residents(regions: Sequence[Region]) -> dict[int, int]:
    """Return the latest approved resident population of each place that has one which still stands."""
    today = timezone.localdate()
    figures = ReportedFigure.objects.approved().filter(region__in=regions, measure="resident_population", on__lte=today)
    latest = {figure.region_id: figure for figure in figures.order_by("on")}
    return {key: int(figure.value) for key, figure in latest.items() if figure.until is None or figure.until > today}


def _with_unit(row: dict[str, Any]) -> str:
    return f"{shown(row['value'])}{row['unit']}" if row["value"] is not None else "—"
