"""What somebody confirms with a month: the numbers at its end beside those before, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from governance.attainment.compute.questions import questions
from governance.attainment.dashboard.asked import Asked, nearest_policy
from governance.attainment.dashboard.confirmed import Said, said_by
from governance.attainment.models import ReportedFigure
from governance.attainment.periods import as_text, last_day
from governance.attainment.results.answers import Answers
from governance.attainment.results.history import Point, history_of
from governance.attainment.results.requests import in_reach
from governance.attainment.rounding import shown
from governance.kit.keeping import keeper
from governance.kit.measures.sources import SOURCES
from governance.policies.models import Policy
from governance.policies.vocabulary import vocabulary
from governance.regions.models import Region


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator at the end of the month and of the one before; `change` is empty where one of the two is missing."""

    name: str
    unit: str
    before: str
    value: str
    change: str
    url: str


@dataclass(frozen=True, slots=True)
class Closing:
    """The summary of a month at a place."""

    place: Region
    month: str
    policy: Policy | None
    lines: list[Line]
    missing: list[str]
    registers: list[str]
    waiting: int
    waiting_url: str
    below: list[Said]
    unconfirmed: list[Said]


def closing(user: Any, place: Region, month: int) -> Closing:
    """Return the summary; numbers under the policy nearest above the place, where one speaks of it."""
    policy = nearest_policy(user, place)
    speaks = policy is not None and place.path.startswith(policy.region.path) and in_reach(place, policy, user)
    day = last_day(month)
    lines, missing = _lines(Asked(policy, place, month, timezone.localdate())) if policy and speaks else ([], [])
    waiting = ReportedFigure.objects.visible_to(user).filter(region__path__startswith=place.path, on__lte=day)
    below = said_by(Region.objects.filter(parent=place), month)
    figures = reverse("attainment:reported_figure_list")
    return Closing(
        place=place,
        month=as_text(month),
        policy=policy if speaks else None,
        lines=lines,
        missing=missing,
        registers=_registers(user, place, day),
        waiting=waiting.exclude(state=ReportedFigure.State.APPROVED).count(),
        waiting_url=f"{figures}?{urlencode({'region': place.code})}",
        below=below,
        unconfirmed=[each for each in below if each.number is None],
    )


def _registers(user: Any, place: Region, day: date) -> list[str]:
    """Return the registers that were kept at the place when the month ended."""
    states = keeper().states(user, place)
    return [str(SOURCES[name].label) for name, kept in states.items() if kept.since is not None and kept.since <= day]


def _lines(found: Asked) -> tuple[list[Line], list[str]]:
    """Return the numbers of the policy that there are, and the names of the indicators that have none."""
    asked = questions(found.policy, vocabulary())
    answers = Answers([found.region], [each.asked for each in asked], found.day, found.today)
    points: dict[str, dict[date, Point]] = {each.asked.slug: {} for each in asked}
    for point in history_of(answers, asked, found.region):
        points[point.indicator][point.as_of] = point
    earlier = last_day(found.month - 1)
    lines, missing = [], []
    for each in asked:
        now, then = points[each.asked.slug].get(found.day), points[each.asked.slug].get(earlier)
        if now is None or now.status == "not_applicable":
            continue
        if now.value is None:
            missing.append(str(each.indicator))
            continue
        value, before = now.value, then.value if then else None
        address = reverse("attainment:indicator", args=[each.asked.slug])
        url = f"{address}?{found.query(policy='')}"
        lines.append(
            Line(str(each.indicator), each.indicator.unit, shown(before), shown(value), _change(value, before), url)
        )
    return lines, missing


def _change(value: Fraction, before: Fraction | None) -> str:
    if before is None:
        return ""
    if value == before:
        return "0"
    return f"{'+' if value > before else '−'}{shown(abs(value - before))}"
