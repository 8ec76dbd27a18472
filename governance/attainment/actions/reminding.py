"""Tells people in the morning of targets at their places that fall due or have fallen due without being reached.

One message for a policy, a place and a due date, told once before the day and once after it. All places of a policy are
answered together, from the numbers that are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from governance.accounts.holders import Holders
from governance.attainment.compute.questions import questions
from governance.attainment.results.answers import Answers
from governance.kit import messages
from governance.kit.messages import Kind
from governance.policies.models import Policy
from governance.regions.models import Region

AHEAD = timedelta(days=30)
KEEPERS = "attainment.add_reportedfigure"  # of those who answer for the numbers of a place
OPEN = frozenset({"behind", "pending", "on_track", "no_data", "no_denominator"})
_TOGETHER = 200  # places answered at once
_NAMED = 3

Told = dict[tuple[int, date], list[str]]


def tell_dues() -> None:
    """Tell the holders of posts at each place; safe to run again."""
    today, holders = timezone.localdate(), Holders(KEEPERS)
    for policy in Policy.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today)).select_related("region"):
        inside = [pk for path, pk in holders.places.items() if path.startswith(policy.region.path)]
        for at in range(0, len(inside), _TOGETHER):
            places = Region.objects.filter(pk__in=inside[at : at + _TOGETHER]).order_by("path")
            _tell(policy, list(places), holders, today)


def _tell(policy: Policy, places: Sequence[Region], holders: Holders, today: date) -> None:
    due, overdue = _fallen(policy, places, today)
    by_key = {place.pk: place for place in places}
    for late, told in ((False, due), (True, overdue)):
        text = _("{number} 项指标 {day} 到期未达到") if late else _("{number} 项指标将于 {day} 到期，还没有达到")
        for (key, day), names in told.items():
            place = by_key[key]
            asked = {"policy": policy.slug, "region": place.code} | ({"status": "overdue"} if late else {})
            messages.tell(
                users=holders.at(place.path),
                kind=Kind.OVERDUE if late else Kind.DUE,
                key=f"{'overdue' if late else 'due'}:{policy.slug}:{place.code}:{day.isoformat()}",
                title=format_lazy(text, number=len(names), day=day.isoformat()),
                text=f"{place.name} · {policy}: " + "、".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else ""),
                url=f"{reverse('attainment:dashboard')}?{urlencode(asked)}",
            )


def _fallen(policy: Policy, places: Sequence[Region], today: date) -> tuple[Told, Told]:
    """Return the names of indicators that are due soon, and of those that are overdue, by place and day."""
    due: Told = defaultdict(list)
    overdue: Told = defaultdict(list)
    asked = questions(policy)
    answers = Answers(places, [question.asked for question in asked], today, today)
    for question in asked:
        for place in places:
            judged = answers.of(question.asked, place)[1]
            day = judged.milestone.due if judged.milestone else None
            if day is None:
                continue
            if judged.status == "overdue":
                overdue[place.pk, day].append(str(question.indicator))
            elif judged.status in OPEN and today <= day <= today + AHEAD:
                due[place.pk, day].append(str(question.indicator))
    return due, overdue
