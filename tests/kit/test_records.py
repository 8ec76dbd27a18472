"""Two at once, and records that something depends on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.accounts.models import User
from governance.kit.errors import DomainError
from governance.regions.listings import FACILITIES
from governance.regions.models import Facility
from tests.factories import make_user
from tests.factories.places import Tree


@pytest.fixture
def facility(street_clerk: User, tree: Tree) -> Facility:
    return FACILITIES.add(
        by=street_clerk, region=tree.community, kind="social_work_room", name="社工室", since=date(2024, 1, 1)
    )


def test_of_two_who_change_one_record_the_second_is_told(facility: Facility, street_clerk: User) -> None:
    before = facility.changed_at
    FACILITIES.change(facility, by=street_clerk, seen=before, name="甲")
    with pytest.raises(DomainError, match="刚被别人修改过"):
        FACILITIES.change(facility, by=street_clerk, seen=before, name="乙")
    facility.refresh_from_db()
    assert facility.name == "甲"


def test_the_form_keeps_what_was_typed_when_it_is_refused(
    facility: Facility, street_clerk: User, as_user: Any, tree: Tree
) -> None:
    client = as_user(street_clerk)
    url = reverse("regions:facility_change", args=[facility.pk])
    page = client.get(url).content.decode()
    assert facility.changed_at.isoformat() in page
    FACILITIES.change(facility, by=street_clerk, name="别人改的")
    data = {
        "region": tree.community.code,
        "kind": "social_work_room",
        "name": "我改的名称",
        "since": "2024-01-01",
        "seen": facility.changed_at.isoformat(),
    }
    response = client.post(url, data)
    body = response.content.decode()
    assert response.status_code == 400
    assert "我改的名称" in body
    assert "刚被别人修改过" in body


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"since": date(2024, 1, 1), "until": date(2023, 1, 1)}, "until"),
        ({"kind": "castle"}, "kind"),
        ({"name": "长" * 101}, "name"),
        ({"name": ""}, "name"),
        ({"floor_area": -1}, "floor_area"),
    ],
)
def test_bad_input_is_refused_by_field_and_changes_nothing(
    change: dict[str, Any], field: str, facility: Facility, street_clerk: User
) -> None:
    with pytest.raises(ValidationError) as refusal:
        FACILITIES.change(facility, by=street_clerk, **change)
    assert field in refusal.value.message_dict
    stored = Facility.objects.get()
    assert (stored.name, stored.kind, stored.until) == ("社工室", "social_work_room", None)


def test_ten_megabytes_in_a_text_field_are_refused(street_clerk: User, as_user: Any, tree: Tree) -> None:
    data = {
        "region": tree.community.code,
        "kind": "social_work_room",
        "name": "长" * (10 * 1024 * 1024 // 3),
        "since": "2024-01-01",
    }
    response = as_user(street_clerk).post(reverse("regions:facility_add"), data)
    assert response.status_code == 400
    assert not Facility.objects.exists()


def test_the_same_facility_twice_is_refused_with_the_rule(facility: Facility, partner: Any, tree: Tree) -> None:
    data = {"region": tree.community.code, "kind": "social_work_room", "name": "社工室", "since": "2025-01-01"}
    response = partner.post(reverse("api:facility-list"), data, content_type="application/json")
    assert response.status_code == 400
    assert "同类同名" in str(response.json())


def test_who_may_see_but_not_change_is_told_so(facility: Facility, tree: Tree, as_user: Any) -> None:
    viewer = as_user(make_user("viewer", tree.street, "viewer"))
    assert viewer.get(facility.get_absolute_url()).status_code == 200
    assert viewer.get(reverse("regions:facility_change", args=[facility.pk])).status_code == 403
    assert (
        reverse("regions:facility_change", args=[facility.pk])
        not in viewer.get(facility.get_absolute_url()).content.decode()
    )
