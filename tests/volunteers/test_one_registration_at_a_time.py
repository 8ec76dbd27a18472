"""A person is registered as a volunteer once at a time, whoever writes: a form, a bulk insert, COPY, an update."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from governance.people.models import Person
from tests.factories.places import Tree, make_tree
from tests.projects.copying import copy_rows
from tests.volunteers.made import number, person, refused_by, span, volunteer
from volunteers.models import Volunteer

Span = tuple[str, str | None]


def one(of: Person, tree: Tree, *spans: Span) -> None:
    for each in spans:
        volunteer(tree.village, *each, of=of)


def many(of: Person, tree: Tree, *spans: Span) -> None:
    Volunteer.objects.bulk_create(
        Volunteer(person=of, community=tree.village, number=f"B{next(number)}", **span(*each)) for each in spans
    )


def copied(of: Person, tree: Tree, *spans: Span) -> None:
    rows = [
        {"person_id": of.pk, "community_id": tree.village.pk, "number": f"C{next(number)}"} | span(*each)
        for each in spans
    ]
    with connection.wrap_database_errors:  # the driver's own errors become those of the ORM
        copy_rows(Volunteer, rows)


WAYS = pytest.mark.parametrize("write", [one, many, copied])

APART: list[list[Span]] = [
    [("2020-01-01", "2021-01-01"), ("2021-01-01", None)],
    [("2021-01-01", None), ("2020-01-01", "2021-01-01")],
    [("2020-01-01", "2021-01-01"), ("2021-01-01", "2022-01-01"), ("2023-01-01", None)],
]
OVERLAPPING: list[list[Span]] = [
    [("2020-01-01", None), ("2021-01-01", None)],
    [("2020-01-01", "2021-01-02"), ("2021-01-01", None)],
    [("2021-01-01", None), ("2020-01-01", "2021-01-02")],
    [("2020-01-01", "2022-01-01"), ("2021-01-01", "2023-01-01")],
    [("2020-01-01", "2023-01-01"), ("2021-01-01", "2022-01-01")],
    [("2020-01-01", "2021-01-01"), ("2020-06-01", "2021-01-01")],
    [("2020-01-01", None), ("2021-01-01", "2022-01-01")],
]


@WAYS
@pytest.mark.parametrize("spans", APART)
def test_one_after_the_other(write: Callable[..., None], spans: list[Span], tree: Tree) -> None:
    write(person(tree.community), tree, *spans)
    assert Volunteer.objects.count() == len(spans)


@WAYS
@pytest.mark.parametrize("spans", OVERLAPPING)
def test_two_at_once(write: Callable[..., None], spans: list[Span], tree: Tree) -> None:
    of = person(tree.community)
    with refused_by("volunteer_once"), transaction.atomic():
        write(of, tree, *spans)
    write(of, tree, spans[0])
    with refused_by("volunteer_once"), transaction.atomic():
        write(of, tree, spans[1])


@pytest.mark.parametrize(
    "change",
    [
        {"until": None},
        {"until": date(2022, 1, 2)},
        {"since": date(2023, 6, 1), "until": date(2023, 7, 1)},
    ],
)
def test_an_ended_one_changed(change: dict[str, Any], tree: Tree) -> None:
    of = person(tree.community)
    one(of, tree, ("2020-01-01", "2021-01-01"), ("2022-01-01", "2023-01-01"), ("2023-05-01", None))
    first = Volunteer.objects.filter(person=of, since=date(2020, 1, 1))
    with refused_by("volunteer_once"), transaction.atomic():
        first.update(**change)
    first.update(until=date(2022, 1, 1))


def test_an_open_one_changed(tree: Tree) -> None:
    of, other = person(tree.community), person(tree.community)
    one(of, tree, ("2020-01-01", "2021-01-01"), ("2022-01-01", None))
    one(other, tree, ("2019-01-01", None))
    current = Volunteer.objects.filter(person=of, until=None)
    with refused_by("volunteer_once"), transaction.atomic():
        current.update(since=date(2020, 12, 31))
    with refused_by("volunteer_once"), transaction.atomic():
        current.update(person=other)
    current.update(since=date(2021, 1, 1))


def test_two_that_change_places_in_one_statement(tree: Tree) -> None:
    of = person(tree.community)
    one(of, tree, ("2020-01-01", "2021-01-01"), ("2021-01-01", "2022-01-01"))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE volunteers_volunteer SET since = since + 10, until = until + 10 WHERE person_id = %s", [of.pk]
        )
    assert set(Volunteer.objects.values_list("since", flat=True)) == {date(2020, 1, 11), date(2021, 1, 11)}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_tried_no_two_overlap(seed: int, tree: Tree) -> None:
    chance, people = Random(seed), [person(tree.community) for _ in range(4)]
    kept: dict[int, set[tuple[date, date | None]]] = {each.pk: set() for each in people}
    accepted = refused = 0
    for _ in range(60):
        of = chance.choice(people)
        since = date(2020, 1, 1) + timedelta(days=chance.randrange(900))
        until = None if chance.random() < 0.3 else since + timedelta(days=chance.randrange(1, 200))
        clash = any((end is None or end > since) and (until is None or begin < until) for begin, end in kept[of.pk])
        write = chance.choice([many, copied])
        try:
            with transaction.atomic():
                write(of, tree, (since.isoformat(), until and until.isoformat()))
        except IntegrityError:
            assert clash
            refused += 1
        else:
            assert not clash
            kept[of.pk].add((since, until))
            accepted += 1
    assert accepted > 10
    assert refused > 10


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("2020-01-01", "2022-01-01"), ("2021-01-01", None)),
        (("2021-01-01", None), ("2020-01-01", "2022-01-01")),
        (("2020-01-01", "2022-01-01"), ("2021-01-01", "2023-01-01")),
    ],
)
def test_of_two_sessions_one_is_refused(first: Span, second: Span) -> None:
    """The second waits for the first, which it cannot see, and is refused when that is there."""
    tree = make_tree()
    of, refused = person(tree.community), []

    def other() -> None:
        try:
            one(of, tree, second)
        except IntegrityError as error:
            refused.append(error.__cause__.diag.constraint_name)  # type: ignore[union-attr]
        finally:
            connection.close()

    thread = Thread(target=other)
    with transaction.atomic():
        one(of, tree, first)
        thread.start()
        thread.join(1)
        assert thread.is_alive()
    thread.join(20)
    assert refused == ["volunteer_once"]
    assert Volunteer.objects.count() == 1
