"""A page of results is answered again from memory while nothing has changed, and by nobody else."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from redis.exceptions import ConnectionError as Away

from governance.accounts.models import Post, User
from governance.attainment.models import ComputedArea
from governance.policies.models import Target
from governance.regions.models import Region
from tests.attainment.computed import Messages, computed
from tests.factories import make_user
from tests.factories.places import Tree

PAGES = ("/attainment/?policy=counted", "/attainment/children/?policy=counted", "/attainment/indicators/groups/")
FROM_MEMORY = 4  # the session, the user, her posts, the stamp

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kept(settings: Any) -> None:
    settings.PAGES_KEPT_SECONDS = 60
    cache.clear()


@pytest.fixture
def bureau(places: Tree, messages: Messages) -> Client:
    """The bureau's browser, after everything was computed."""
    computed(messages)
    return signed_in(make_user("bureau", places.county, "bureau_admin", name="刘洋"))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.get("/jobs/")  # the secret against forged requests comes with the first page
    return client


def cost(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def test_the_second_answer_is_the_first_one(bureau: Client) -> None:
    bureau.get(PAGES[0])  # what one looks at last belongs to the state as well
    for page in PAGES:
        first = bureau.get(page).content
        with CaptureQueriesContext(connection) as queries:
            assert bureau.get(page).content == first
        assert len(queries) == FROM_MEMORY
    whole = bureau.get(PAGES[1]).content
    part = bureau.get(PAGES[1], headers={"HX-Request": "true"}).content
    assert b"<html" in whole
    assert b"<html" not in part
    assert bureau.get(PAGES[1], headers={"HX-Request": "true"}).content == part


def test_another_state_of_policies_places_or_numbers_is_told_at_once(bureau: Client, places: Tree) -> None:
    page = PAGES[0]

    def changed() -> None:
        assert cost(bureau, page) > FROM_MEMORY
        assert cost(bureau, page) == FROM_MEMORY

    bureau.get(page)  # what one looks at last belongs to the state as well
    changed()
    target = Target.objects.filter(indicator__policy__slug="counted").first()
    assert target is not None
    target.value = Decimal(77)
    target.save()
    changed()
    assert "77" in bureau.get(page).content.decode()
    target.delete()
    changed()
    county = Region.objects.get(pk=places.county.pk)
    county.name = "改名区"
    county.save()
    changed()
    ComputedArea.objects.filter(current=True).update(refreshed_at=timezone.now())
    changed()
    elsewhere = f"/attainment/?policy=counted&region={places.street.code}"
    assert bureau.get(elsewhere).context["region"] == places.street
    assert bureau.get("/attainment/").context["region"] == places.street
    bureau.get(page)
    assert bureau.get("/attainment/").context["region"] == places.county


def test_nobody_is_told_what_was_kept_for_another(bureau: Client, places: Tree) -> None:
    cost(bureau, PAGES[0])
    clerk = signed_in(make_user("clerk", places.street, "clerk", name="周敏"))
    assert cost(clerk, PAGES[0]) > FROM_MEMORY
    assert "周敏" in clerk.get(PAGES[0]).content.decode()


def test_a_post_that_ends_ends_what_was_kept(bureau: Client, places: Tree) -> None:
    bureau.get(PAGES[0])
    cost(bureau, PAGES[0])
    Post.objects.filter(user__username="bureau").update(until=timezone.localdate() - timedelta(days=1))
    assert bureau.get(PAGES[0]).status_code == 403
    Post.objects.create(
        user=User.objects.get(username="bureau"), role="bureau_admin", region=places.county, since=timezone.localdate()
    )
    assert cost(bureau, PAGES[0]) == FROM_MEMORY


def test_what_is_counted_on_request_is_not_kept(places: Tree) -> None:
    bureau = signed_in(make_user("bureau", places.county, "bureau_admin"))
    cost(bureau, PAGES[0])
    assert cost(bureau, PAGES[0]) > FROM_MEMORY


def test_a_page_is_told_without_its_memory(bureau: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*given: Any, **named: Any) -> None:
        raise Away

    monkeypatch.setattr(cache, "get", away)
    monkeypatch.setattr(cache, "set", away)
    assert cost(bureau, PAGES[0]) > FROM_MEMORY
