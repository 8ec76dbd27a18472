"""What falls due: records whose date comes near, and whatever else an app knows the day of.

An app registers a `Due` for each kind of record with a day by which somebody has to have done something. All kinds are
read by one statement. What is no record of its own, such as a target, comes from a source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise

from governance.kit.homes import home_of, region_path
from governance.kit.listing import LISTINGS
from governance.kit.scoping import permission

#: of records: what lies further back is not news any more, what is further off can wait
LATE, AHEAD = 30, 30
MOST = 200


@dataclass(frozen=True, slots=True)
class Due:
    """A kind of record that falls due: the field of its day, the rows still open, and the path to what it is called.

    `keeper` is the permission of those who do something about it, where that is not to change the record; `part` tells
    two kinds apart that share model and field.
    """

    model: type[Model]
    field: str
    open: Q
    title: str
    what: Promise | str
    keeper: str = ""
    part: str = ""

    @property
    def name(self) -> str:
        """What it is called in keys."""
        return ".".join(filter(None, (self.model._meta.label_lower, self.field, self.part)))

    @property
    def asked(self) -> str:
        """The permission of those who are told."""
        return self.keeper or permission(self.model, "change")


@dataclass(frozen=True, slots=True)
class Line:
    """Something with a day: what it is, what it is called, where it belongs, the page where it is done."""

    day: date
    what: Any
    title: str
    place: str
    url: str
    tag: Any = None

    @property
    def days(self) -> int:
        """How many days are left; negative for what is late."""
        return (self.day - timezone.localdate()).days

    @property
    def late(self) -> int:
        """How many days it is late."""
        return -self.days


Source = Callable[[Any, Any, date, date], Iterable[Line]]
DUES: dict[str, Due] = {}
_sources: list[Source] = []


def register(*dues: Due) -> None:
    """Add kinds of records; the field of a model may be named once."""
    for due in dues:
        if due.name in DUES:
            raise ValueError(f"{due.name} falls due twice")
        DUES[due.name] = due


def register_source(source: Source) -> None:
    """Add what is no record of its own: a function of user, region, first and last day."""
    if source not in _sources:
        _sources.append(source)


def rows(due: Due, first: date, last: date) -> QuerySet[Any]:
    """Return the open rows of a kind whose day lies between two days, both included."""
    days = {f"{due.field}__gte": first, f"{due.field}__lte": last}
    found: QuerySet[Any] = due.model._default_manager.filter(due.open, **days)
    return found


def lines(user: Any, region: Any, first: date, last: date) -> list[Line]:
    """Return what falls due at a place and below it, as far as a user may see it, the earliest first; at most `MOST`."""
    found = _records(user, region, first, last)
    for source in _sources:
        found += source(user, region, first, last)
    return sorted(found, key=lambda line: (line.day, str(line.what), line.title))


def _records(user: Any, region: Any, first: date, last: date) -> list[Line]:
    """Return those of records, all kinds by one statement."""
    kinds = [due for due in DUES.values() if LISTINGS[due.model].allows(user, "view")]
    parts = [_part(number, due, user, region, first, last) for number, due in enumerate(kinds)]
    if not parts:
        return []
    together = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    made = []
    for number, key, day, title, place in together.order_by("due_day", "due_kind", "due_key")[:MOST]:
        listing = LISTINGS[kinds[number].model]
        made.append(Line(day, kinds[number].what, title, place, listing.url("detail", listing.model(pk=key))))
    return made


def _part(number: int, due: Due, user: Any, region: Any, first: date, last: date) -> QuerySet[Any]:
    seen = LISTINGS[due.model].model._default_manager.visible_to(user)  # type: ignore[attr-defined]
    inside = {f"{region_path(due.model)}__startswith": region.path}
    days = {f"{due.field}__gte": first, f"{due.field}__lte": last}
    found: QuerySet[Any] = (
        seen.filter(due.open, **inside, **days)
        .order_by()
        .annotate(due_kind=Value(number), due_key=F("pk"), due_day=F(due.field))
        .annotate(due_title=Cast(F(due.title), CharField()), due_place=F(f"{home_of(due.model)}__name"))
        .values_list("due_kind", "due_key", "due_day", "due_title", "due_place")
    )
    return found
