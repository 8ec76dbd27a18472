"""Random changes of a stored world, by every road: the ORM, in bulk, plain SQL, COPY."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from random import Random
from typing import Any

from django.db import IntegrityError, connection, transaction

from governance.attainment.models import ReportedFigure
from governance.regions.models import Region, RegionCapability, RegisterCoverage
from tests.trial.models import Award, Group, Post, Session

Change = Callable[["Changer"], object]


class Changer:
    """Makes changes in a world; what the database refuses has not happened."""

    def __init__(self, places: dict[str, Region], seed: int, today: date) -> None:
        self.places, self.random, self.today = list(places.values()), Random(seed), today
        self.made = 0

    def change(self) -> None:
        """Make one change."""
        road = self.random.choice(_ROADS)
        try:
            with transaction.atomic():
                road(self)
        except IntegrityError:
            return
        self.made += 1

    def place(self) -> Region:
        return self.random.choice(self.places)

    def day(self) -> date:
        return self.today - timedelta(days=self.random.randrange(-40, 1200))

    def span(self) -> dict[str, Any]:
        since = self.day()
        until = since + timedelta(days=self.random.randrange(1, 900)) if self.random.random() < 0.4 else None
        return {"since": since, "until": until}

    def some(self, rows: Any, most: int = 5) -> list[int]:
        keys = list(rows.values_list("pk", flat=True))
        return self.random.sample(keys, min(len(keys), self.random.randrange(1, most)))

    def group(self) -> Group:
        given = {
            "whole": self.random.random() < 0.8,
            "party": self.random.random() < 0.4,
            "area": self.random.randrange(900),
        }
        since = self.span()
        if self.random.random() < 0.1:
            since["since"] = None
        return Group(home=self.place(), category=self.random.choice(("care", "law", "")), **given, **since)

    def session(self) -> Session:
        return Session(
            home=self.place(), on=self.day(), person=self.random.choice((1, 2, 3, None)), hours=self.random.randrange(50),
            joint=self.random.random() < 0.5, field=self.random.choice(("aid", "elders", "")),
        )  # fmt: skip


def _insert_one(self: Changer) -> None:
    self.random.choice((self.group, self.session))().save()


def _insert_many(self: Changer) -> None:
    Group.objects.bulk_create([self.group() for _ in range(self.random.randrange(1, 30))])
    Award.objects.bulk_create([Award(home=self.place(), on=self.day()) for _ in range(3)])


def _copy(self: Changer) -> None:
    rows = "".join(f"{self.place().pk},{self.random.randrange(9)},{self.day()},t\n" for _ in range(12))
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY trial_post (home_id, person, since, main) FROM STDIN (FORMAT csv)", StringIO(rows))


def _move(self: Changer) -> None:
    model = self.random.choice((Group, Session, Post, Award))
    model.objects.filter(pk__in=self.some(model.objects)).update(home=self.place())


def _end(self: Changer) -> None:
    for model in (Group, Post):
        for row in model.objects.filter(pk__in=self.some(model.objects, 3)):
            row.until = self.day() if self.random.random() < 0.7 else None
            row.save()


def _backdate(self: Changer) -> None:
    Group.objects.filter(pk__in=self.some(Group.objects)).update(since=self.day())
    Session.objects.filter(pk__in=self.some(Session.objects)).update(on=self.day())


def _bulk_update(self: Changer) -> None:
    rows = list(Session.objects.filter(pk__in=self.some(Session.objects, 9)))
    for row in rows:
        row.joint, row.hours, row.person = not row.joint, row.hours + 1, self.random.choice((1, 4, None))
    Session.objects.bulk_update(rows, ["joint", "hours", "person"])


def _delete(self: Changer) -> None:
    model = self.random.choice((Group, Session, Post, Award))
    model.objects.filter(pk__in=self.some(model.objects, 9)).delete()


def _plain_sql(self: Changer) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE trial_group SET party = NOT party, area = area + 0.25 WHERE home_id = %s", [self.place().pk]
        )
        cursor.execute(
            "UPDATE trial_group SET party_since = NULL WHERE home_id = %s", [self.place().pk]
        )  # says nothing


def _coverage(self: Changer) -> None:
    register = self.random.choice(("organizations", "sessions", "posts", "capabilities", "station"))
    own = RegisterCoverage.objects.filter(region=self.place(), register=register)
    if self.random.random() < 0.5:
        RegisterCoverage.objects.update_or_create(
            region=self.place(), register=register, defaults={"since": self.day()}
        )
    else:
        own.delete()


def _figure(self: Changer) -> None:
    measure = self.random.choice(("resident_population", "tally.prizes", "organizations.all", "posts.in_post"))
    state = self.random.choice(("approved", "approved", "draft"))
    ReportedFigure.objects.update_or_create(
        region=self.place(), measure=measure, on=self.day(),
        defaults={"value": self.random.randrange(3000), "state": state, "source": "-"},
    )  # fmt: skip
    ended = ReportedFigure.objects.filter(pk__in=self.some(ReportedFigure.objects, 3), until=None)
    ended.update(until=self.today - timedelta(days=self.random.randrange(60)))


def _statement(self: Changer) -> None:
    RegionCapability.objects.filter(pk__in=self.some(RegionCapability.objects, 4)).update(until=None)
    RegionCapability.objects.filter(pk__in=self.some(RegionCapability.objects, 3)).delete()
    place = self.place()
    item = {"community": "station", "township": "body", "county": "plan"}.get(place.level)
    if item:
        RegionCapability.objects.create(region=place, item_id=item, statement="has", **self.span())


def _end_place(self: Changer) -> None:
    place = self.random.choice(self.places[1:])
    place.until = self.day() if self.random.random() < 0.5 else None
    if place.until is None or place.since is None or place.since < place.until:
        Region.objects.filter(pk=place.pk).update(until=place.until)


def _new_place(self: Changer) -> None:
    street = self.random.choice([place for place in self.places if place.level == "township"])
    code = f"{street.code[:9]}{self.random.randrange(50, 199):03d}"
    if any(place.code == code for place in self.places):
        return
    self.places.append(
        Region.objects.create(code=code, name=code, level="community", parent=street, path=f"{street.path}{code}/")
    )


_ROADS: tuple[Change, ...] = (
    _insert_one, _insert_one, _insert_many, _copy, _copy, _move, _move, _end, _end, _backdate, _backdate, _bulk_update,
    _delete, _delete, _plain_sql, _coverage, _figure, _figure, _statement, _end_place, _new_place,
)  # fmt: skip
