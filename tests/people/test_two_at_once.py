"""Two at once, in two connections: one person, and the places that her roles leave."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from governance.people import bulk
from governance.people.entry import Entry
from governance.people.models import Person, PersonPlace
from tests.factories import make_tree, make_user
from tests.factories.people import make_person
from tests.people.conftest import HELPERS, NUMBER
from tests.trial.models import Helper

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment and return what came of each, an error for what failed."""
    start, found = threading.Barrier(len(acts)), []

    def one(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            found.append(act())
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_the_same_number_entered_at_the_same_moment_is_one_person() -> None:
    place = make_tree()
    clerks = [
        make_user("one", place.street, "clerk"),
        make_user("two", place.next_street, "clerk"),
        make_user("three", place.county, "clerk"),
    ]
    homes = [place.community, place.next_community, place.village]
    entry = Entry.of("张小三", NUMBER)
    done = together(
        *(
            lambda clerk=clerk, home=home: HELPERS["add"](by=clerk, region=home, person=entry)
            for clerk, home in zip(clerks, homes, strict=True)
        ),
        lambda: bulk.record({entry: place.county.pk}),
    )
    assert [each for each in done if isinstance(each, Exception)] == []
    person = Person.objects.get()
    assert set(Helper.objects.values_list("person", flat=True)) == {person.pk}
    assert PersonPlace.objects.filter(person=person).count() == 3


def test_a_role_that_comes_while_another_goes_keeps_the_place() -> None:
    place = make_tree()
    person = make_person(place.community, "张小三")
    first = Helper.objects.get()
    entered, removed = threading.Event(), threading.Event()

    def come() -> None:
        with transaction.atomic():
            Helper.objects.create(person=person, region=place.community)
            entered.set()
            removed.wait(1)  # the other one waits for us, so that this times out

    def go() -> None:
        entered.wait(5)
        first.delete()
        removed.set()

    assert [each for each in together(come, go) if isinstance(each, Exception)] == []
    assert Helper.objects.count() == 1
    assert PersonPlace.objects.filter(person=person, region=place.community).exists()


def test_two_roles_that_go_at_once_leave_no_place() -> None:
    place = make_tree()
    person = make_person(place.community, "张小三")
    Helper.objects.create(person=person, region=place.community)
    both = list(Helper.objects.all())
    assert [each for each in together(*(row.delete for row in both)) if isinstance(each, Exception)] == []
    assert not PersonPlace.objects.exists()
