"""Whether a month has been confirmed at a place, and by how many of the places right below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from governance.attainment.dashboard.asked import Asked
from governance.attainment.models import CONFIRMING, ConfirmedMonth
from governance.attainment.periods import as_text, first_day, last_day, month_of
from governance.kit.scoping import permission
from governance.regions.models import Level, Region

VIEW, ADD = permission(ConfirmedMonth, "view"), permission(ConfirmedMonth, "add")


@dataclass(frozen=True, slots=True)
class Said:
    """What a place has said of a month: nothing yet, or who confirmed it when, with what note."""

    place: int
    name: str
    code: str
    path: str
    level: str
    number: int | None
    at: datetime | None
    by: str
    note: str

    @property
    def url(self) -> str | None:
        """The page of the confirmation."""
        return None if self.number is None else reverse("attainment:confirmed_month_detail", args=[self.number])


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A month at the place that answers for it: what it says itself, and how many of those right below have confirmed."""

    own: Said
    month: str
    confirmed: int
    below: int
    confirm_url: str | None
    below_url: str


def last_ended() -> int:
    """Return the last month that has ended."""
    return month_of(timezone.localdate()) - 1


def said_by(places: QuerySet[Region], month: int) -> list[Said]:
    """Return what those of the places say that may confirm and were there when the month ended; one query."""
    rows = places.filter(level__in=CONFIRMING).alive_on(last_day(month))  # type: ignore[attr-defined]
    standing = Q(confirmed_months__month=first_day(month), confirmed_months__state=ConfirmedMonth.State.STANDING)
    joined = rows.annotate(standing=FilteredRelation("confirmed_months", condition=standing)).order_by("path")
    columns = ("standing__pk", "standing__confirmed_at", "standing__confirmed_by__name", "standing__note")
    return [
        Said(place, name, code, path, level, number, at, by or "", note or "")
        for place, name, code, path, level, number, at, by, note in joined.values_list(
            "pk", "name", "code", "path", "level", *columns
        )
    ]


def confirm_url(code: str, month: int) -> str:
    """Return the address of the page on which a month is confirmed."""
    return f"{reverse('attainment:confirmed_month_add')}?{urlencode({'region': code, 'month': as_text(month)})}"


def months_url(code: str, month: int) -> str:
    """Return the address of the page that lists the places right below."""
    return f"{reverse('attainment:months')}?{urlencode({'region': code, 'month': as_text(month)})}"


def confirmation_of(user: Any, region: Region, month: int) -> Confirmation | None:
    """Return how a month stands at a place, for a community at the township that answers for it.

    None for a month that has not ended, and outside the places whose confirmations `user` may see. One query.
    """
    code, path = region.code, region.path
    if region.level == Level.COMMUNITY:
        path = path.removesuffix(f"{code}/")
        code = path.rstrip("/").rpartition("/")[2]
    if month > last_ended() or not user.scope_for(VIEW).covers(path):
        return None
    near = Q(path=path) if path != region.path else Q(path=path) | Q(parent=region)
    found = said_by(Region.objects.filter(near), month)
    own = next((each for each in found if each.path == path), None)
    if own is None:
        return None
    below = [each for each in found if each is not own]
    open_to = own.number is None and user.scope_for(ADD).covers(path)
    return Confirmation(
        own=own,
        month=as_text(month),
        confirmed=sum(each.number is not None for each in below),
        below=len(below),
        confirm_url=confirm_url(code, month) if open_to else None,
        below_url=months_url(code, month),
    )


def confirmation(found: Asked, user: Any) -> Confirmation | None:
    """Return how the month of a page of results stands."""
    return confirmation_of(user, found.region, found.month)
