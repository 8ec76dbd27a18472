"""Two at once, in two connections: one is served, the other is told why not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.regions.models import Facility
from tests.factories import make_tree, make_user
from tests.factories.places import Tree

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place() -> Tree:
    return make_tree()


@pytest.fixture
def clerk(place: Tree) -> User:
    return make_user("clerk", place.street, "clerk")


def together(count: int, ask: Callable[[Client], Any], user: User) -> list[int]:
    """Ask from several threads at the same moment and return the answers."""
    start, answers = threading.Barrier(count), []

    def one() -> None:
        client = Client(raise_request_exception=False)
        client.force_login(user)
        start.wait()
        answers.append(ask(client).status_code)
        connection.close()

    threads = [threading.Thread(target=one) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def test_the_same_facility_recorded_at_the_same_moment(clerk: User, place: Tree) -> None:
    data = {"region": place.community.code, "kind": "social_work_room", "name": "社工室", "since": "2024-01-01"}
    url = reverse("api:facility-list")
    answers = together(6, lambda client: client.post(url, data, content_type="application/json"), clerk)
    assert answers[0] == 201
    assert set(answers[1:]) <= {400, 409}
    assert Facility.objects.count() == 1


def test_the_same_facility_removed_at_the_same_moment(clerk: User, place: Tree) -> None:
    facility = Facility.objects.create(
        region=place.community, kind="social_work_room", name="社工室", since=date(2024, 1, 1)
    )
    url = reverse("api:facility-detail", args=[facility.pk])
    answers = together(4, lambda client: client.delete(url), clerk)
    assert answers[0] == 204
    assert set(answers[1:]) <= {404, 409}
