"""The API drops nothing unseen: whatever it refuses it names, together with what would do."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.regions.listings import FACILITIES
from governance.regions.models import CapabilityComponent, Estate, Facility
from tests.factories import make_record
from tests.factories.places import Tree


@pytest.fixture
def facility(tree: Tree) -> Facility:
    return make_record(Facility, tree.community, "社工室")  # type: ignore[no-any-return]


@pytest.fixture
def url(facility: Facility) -> str:
    return reverse("api:facility-detail", kwargs={"pk": facility.pk})


def send(client: Client, method: str, url: str, body: Any, **headers: str) -> Any:
    return getattr(client, method)(url, json.dumps(body), content_type="application/json", headers=headers)


def test_a_change_of_what_has_changed_meanwhile_is_refused(
    url: str, facility: Facility, partner: Client, street_clerk: User
) -> None:
    seen = partner.get(url).json()
    FACILITIES.change(facility, by=street_clerk, capacity=12)
    stale = seen["changed_at"]
    for response in (
        send(partner, "put", url, seen | {"name": "旧"}),
        send(partner, "patch", url, {"name": "旧", "changed_at": stale}),
        send(partner, "patch", url, {"name": "旧"}, **{"If-Match": stale}),
        send(partner, "patch", url, {"name": "旧"}, **{"If-Match": f'"{stale}"'}),
    ):
        assert response.status_code == 409
        assert response.json()["code"] == "changed_meanwhile"
    facility.refresh_from_db()
    assert (facility.name, facility.capacity) == ("社工室", 12)


def test_a_change_of_what_is_as_it_was_seen_is_made(url: str, facility: Facility, partner: Client) -> None:
    for name in ("一", "二"):
        seen = partner.get(url).json()
        assert send(partner, "put", url, seen | {"name": name}).status_code == 200
    seen = partner.get(url).json()["changed_at"]
    assert send(partner, "patch", url, {"name": "三"}, **{"If-Match": seen}).status_code == 200
    assert send(partner, "patch", url, {"name": "四"}, **{"If-Match": "*"}).status_code == 200
    facility.refresh_from_db()
    assert facility.name == "四"


def test_a_state_that_cannot_be_read_is_refused(url: str, facility: Facility, partner: Client) -> None:
    moment = facility.changed_at.isoformat()
    for body, headers, field in (
        ({"changed_at": "yesterday"}, {}, "changed_at"),
        ({"changed_at": None}, {}, "changed_at"),
        ({}, {"If-Match": "etag"}, "If-Match"),
        ({"changed_at": moment}, {"If-Match": (facility.changed_at - timedelta(1)).isoformat()}, "If-Match"),
    ):
        response = send(partner, "patch", url, body, **headers)
        assert response.status_code == 400
        assert field in response.json()


def test_the_schema_says_how_to_name_the_state_that_was_seen(partner: Client) -> None:
    schema = partner.get(reverse("api:schema"), headers={"accept": "application/json"}).json()
    field = schema["components"]["schemas"]["Facility"]["properties"]["changed_at"]
    assert "If-Match" in field["description"]
    assert not field.get("readOnly")
    parameters = schema["paths"]["/api/v1/facilities/{id}/"]["patch"]["parameters"]
    assert "If-Match" in {parameter["name"] for parameter in parameters}


def test_a_key_that_would_be_dropped_is_refused(partner: Client, tree: Tree) -> None:
    body = {"community": tree.community.code, "name": "金谷", "household": 5, "id": 7, "changed_at": "2024-01-01"}
    refused = send(partner, "post", reverse("api:estate-list"), body | {"since": "soon"})
    assert refused.status_code == 400
    assert set(refused.json()) == {"household", "id", "changed_at", "since"}
    assert "households" in refused.json()["household"][0]
    assert not Estate.objects.exists()


def test_a_key_that_cannot_be_written_is_refused_unless_it_repeats_what_is(
    bureau_admin: User, as_user: Any, tree: Tree
) -> None:
    client, url = as_user(bureau_admin), reverse("api:region-detail", kwargs={"code": tree.street.code})
    record = client.get(url).json()
    assert send(client, "put", url, record | {"name": "泰山街道"}).status_code == 200
    refused = send(client, "patch", url, {"code": "430211009000", "level": "county", "parent": None, "path": "/"})
    assert refused.status_code == 400
    assert set(refused.json()) == {"code", "level", "parent", "path"}


def test_another_records_number_is_refused(url: str, facility: Facility, partner: Client) -> None:
    assert send(partner, "patch", url, {"id": facility.pk, "name": "新"}).status_code == 200
    assert set(send(partner, "patch", url, {"id": facility.pk + 1}).json()) == {"id"}


def test_a_parameter_that_would_be_passed_over_is_refused(url: str, partner: Client) -> None:
    listing = reverse("api:facility-list")
    refused = partner.get(listing, {"regoin": "430211002001", "kind": "training_base"})
    assert refused.status_code == 400
    assert set(refused.json()) == {"regoin"}
    for name in ("region", "kind", "alive", "q", "ordering", "page", "page_size"):
        assert name in refused.json()["regoin"][0]
    assert partner.get(url, {"kind": "x"}).status_code == 400
    asked = {"region": "430211002001", "kind": "social_work_centre", "ordering": "-since,name", "page": 1}
    assert partner.get(listing, asked | {"page_size": 500}).json()["count"] == 1


@pytest.mark.parametrize("wrong", ["nonsense", "name,nonsense", "-nonsense", "region__path", "region__parent"])
def test_an_order_that_cannot_be_had_is_refused(wrong: str, facility: Facility, partner: Client) -> None:
    refused = partner.get(reverse("api:facility-list"), {"ordering": wrong})
    assert refused.status_code == 400
    assert "since" in refused.json()["ordering"][0]


@pytest.mark.parametrize("size", ["0", "501", "abc", "-1", "9" * 30, ""])
def test_a_page_size_that_cannot_be_had_is_refused(size: str, facility: Facility, partner: Client) -> None:
    refused = partner.get(reverse("api:facility-list"), {"page_size": size})
    assert refused.status_code == 400
    assert "500" in refused.json()["page_size"][0]


def test_a_refused_choice_comes_with_those_that_there_are(partner: Client, tree: Tree) -> None:
    body = {"region": tree.community.code, "kind": "station", "name": "站", "since": "2024-01-01"}
    (text,) = send(partner, "post", reverse("api:facility-list"), body).json()["kind"]
    assert "“station”" in text
    assert "social_work_station" in text
    (text,) = partner.get(reverse("api:facility-list"), {"kind": "station"}).json()["kind"]
    assert "social_work_station" in text
    (text,) = partner.get(reverse("api:capability-list"), {"item": "nothing"}).json()["item"]
    assert "needs_survey" in text


def test_a_refused_item_comes_with_those_that_there_are(partner: Client, tree: Tree) -> None:
    body = {"region": tree.community.code, "since": "2024-01-01"}
    (text,) = send(partner, "post", reverse("api:capability-list"), body | {"item": "nothing"}).json()["item"]
    assert "needs_survey" in text
    body |= {"item": "needs_survey", "component": "needs_survey/nothing"}
    (text,) = send(partner, "post", reverse("api:capability-list"), body).json()["component"]
    assert "没有“needs_survey/nothing”这个分项" in text
    there = CapabilityComponent.objects.all()[0]
    body |= {"item": there.item_id, "component": f"{there.item_id}/nothing"}
    (text,) = send(partner, "post", reverse("api:capability-list"), body).json()["component"]
    assert f"{there.item_id}/{there.slug}" in text


@pytest.mark.parametrize("given", ["999999999999", "430211001004", "铁西", "1" * 5000, 5, None, "\0"])
def test_a_place_that_will_not_do_is_explained(given: Any, partner: Client, tree: Tree) -> None:
    response = send(partner, "post", reverse("api:estate-list"), {"community": given, "name": "金谷"})
    assert response.status_code == 400
    (text,) = response.json()["community"]
    assert "code" not in text
    assert given is None or "12 位区划代码" in text


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200b", "\x07", "\n", "\x7f", "\ufeff", "\u2028"])
def test_a_character_that_nobody_sees_is_refused(character: str, partner: Client, tree: Tree) -> None:
    body = {"community": tree.community.code, "name": f"金{character}谷"}
    response = send(partner, "post", reverse("api:estate-list"), body)
    assert response.status_code == 400
    assert f"U+{ord(character):04X}" in response.json()["name"][0]


def test_what_is_not_there_is_said_in_chinese(partner: Client, tree: Tree) -> None:
    for url in (
        reverse("api:region-detail", kwargs={"code": tree.next_street.code}),
        reverse("api:estate-detail", kwargs={"pk": 999999}),
        "/api/v1/nowhere/",
    ):
        response = partner.get(url)
        assert response.status_code == 404
        assert "不在您的地区内" in response.json()["detail"]


def test_an_english_file_is_english_throughout(street_clerk: User, as_user: Any, facility: Facility) -> None:
    User.objects.filter(pk=street_clerk.pk).update(language="en")
    response = as_user(street_clerk).get(reverse("regions:facility_export", kwargs={"kind": "csv"}))
    text = b"".join(response.streaming_content).decode()
    assert "名称" not in text
    assert "社会工作服务室" not in text
    assert "社工室" in text


def test_asking_about_a_file_does_not_make_it(street_clerk: User, as_user: Any, facility: Facility) -> None:
    response = as_user(street_clerk).head(reverse("regions:facility_export", kwargs={"kind": "csv"}))
    assert response.status_code == 405
    assert not AuditEvent.objects.filter(action__endswith="export").exists()
