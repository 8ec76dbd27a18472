"""A street enters what a community without a computer tells it: the record and the trail say in whose name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import Post, User
from governance.audit.models import AuditEvent, RowChange
from governance.regions.models import Facility, Region
from tests.factories import make_user
from tests.factories.places import Tree


@pytest.fixture
def client(street_clerk: User, as_user: Any) -> Client:
    return as_user(street_clerk)  # type: ignore[no-any-return]


def begin(client: Client, region: Region) -> Any:
    return client.post(reverse("accounts:on_behalf", args=[region.code]))


def enter(client: Client, region: Region, name: str) -> Facility:
    data = {"region": region.code, "kind": "social_work_room", "name": name, "since": "2024-01-01"}
    response = client.post(reverse("regions:facility_add"), data)
    assert response.status_code == 302, response.content.decode()
    return Facility.objects.get(name=name)


def told(facility: Facility) -> Any:
    event = AuditEvent.objects.get(action="regions.facility.add", record_id=str(facility.pk))
    return event.after.get("on_behalf_of")


def test_an_entry_made_for_a_community_says_so(
    client: Client, street_clerk: User, auditor: User, tree: Tree, as_user: Any
) -> None:
    page = client.get(tree.community.get_absolute_url()).content.decode()
    assert reverse("accounts:on_behalf", args=[tree.community.code]) in page
    assert begin(client, tree.community)["Location"] == tree.community.get_absolute_url()
    assert "正在代<b>铁西居委会</b>登记" in client.get("/").content.decode()
    made = enter(client, tree.community, "社工室")
    assert told(made) == "铁西居委会（430211002001）"
    event = AuditEvent.objects.get(action="regions.facility.add")
    assert event.actor == street_clerk, "who did it is still told"
    history = client.get(reverse("regions:facility_history", args=[made.pk])).content.decode()
    assert "代铁西居委会登记" in history
    shown = as_user(auditor).get(event.get_absolute_url()).content.decode()
    assert "代谁登记" in shown
    assert "铁西居委会（430211002001）" in shown
    assert RowChange.objects.get(table_name="regions_facility").action == "POST regions:facility_add for 430211002001"


def test_what_is_entered_elsewhere_meanwhile_is_in_ones_own_name(client: Client, tree: Tree) -> None:
    begin(client, tree.community)
    made = enter(client, tree.village, "村社工室")
    assert told(made) is None
    assert (
        "代铁西"
        not in client.get(reverse("regions:facility_history", args=[made.pk])).content.decode().split("panel gap-b")[1]
    )


def test_it_ends_by_hand_and_both_ends_are_on_the_trail(client: Client, street_clerk: User, tree: Tree) -> None:
    begin(client, tree.community)
    assert client.post(reverse("accounts:on_behalf_end"))["Location"] == tree.community.get_absolute_url()
    assert told(enter(client, tree.community, "社工室")) is None
    events = AuditEvent.objects.filter(action__startswith="accounts.behalf.").order_by("pk")
    assert [(each.action, each.actor, each.record_name) for each in events] == [
        ("accounts.behalf.begin", street_clerk, str(tree.community)),
        ("accounts.behalf.end", street_clerk, str(tree.community)),
    ]


def test_it_ends_with_the_post(client: Client, street_clerk: User, tree: Tree) -> None:
    begin(client, tree.community)
    street_clerk.posts.update(until=timezone.localdate())
    Post.objects.create(user=street_clerk, role="clerk", region=tree.community, since=date(2024, 1, 1))
    assert told(enter(client, tree.community, "社工室")) is None


@pytest.mark.parametrize(
    ("place", "answer"), [("street", 403), ("next_community", 404), ("county", 404), ("village", 302)]
)
def test_only_for_a_community_below_ones_own_post(place: str, answer: int, client: Client, tree: Tree) -> None:
    assert begin(client, getattr(tree, place)).status_code == answer


def test_who_only_looks_or_is_the_community_itself_is_offered_nothing(tree: Tree, as_user: Any) -> None:
    for name, region, role in (("looker", tree.street, "viewer"), ("own", tree.community, "clerk")):
        visitor = as_user(make_user(name, region, role))
        assert "on-behalf" not in visitor.get(tree.community.get_absolute_url()).content.decode()
        assert begin(visitor, tree.community).status_code == 403
