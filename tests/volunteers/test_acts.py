"""Moving a volunteer, confirming, voiding and correcting records, booking and reversing points."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.kit.errors import DomainError
from governance.people.models import Person
from organizations.models import SocialWorkPost
from tests.factories import make_record, make_user
from tests.factories.places import Tree
from tests.volunteers.made import activity, day, person, points, service, volunteer
from volunteers.actions import add_record, change_record, issue_points, move_home, remove_record
from volunteers.models import PartyReport, PointsIssue, ServiceRecord, Volunteer


def follow(client: Client, url: str, data: dict[str, Any]) -> str:
    answer = client.post(url, data, follow=True)
    assert answer.status_code == 200, [line for line in answer.content.decode().splitlines() if "err" in line]
    return answer.content.decode()


def test_a_volunteer_is_registered_with_her_person(tree: Tree, cast: dict[str, Client]) -> None:
    data = {
        "person_name": "欧阳小华", "community": tree.community.code, "number": "ZY0001",
        "since": "2024-05-01", "verified_on": "2024-05-02",
    }  # fmt: skip
    body = follow(cast["street_clerk"], "/volunteers/volunteers/add/", data)
    made = Volunteer.objects.get()
    assert made.person.name == "欧阳小华"
    assert "欧阳小华" not in body
    assert str(made.person) in body
    refused = cast["street_clerk"].post(
        "/volunteers/volunteers/add/", data | {"number": "ZY0001", "person_name": "张三"}
    )
    assert refused.status_code == 400
    assert "这个志愿者编号已登记" in refused.content.decode()


def test_a_second_registration_of_the_same_person(tree: Tree, cast: dict[str, Client]) -> None:
    first = volunteer(tree.community, "2024-01-01", "2024-06-01")
    data = {"person_known": first.person_id, "community": tree.village.code, "number": "ZY2", "since": "2024-05-31"}
    refused = cast["street_clerk"].post("/volunteers/volunteers/add/", data)
    assert refused.status_code in (400, 409)
    assert "一人同一时间只能在一个社区注册" in refused.content.decode()
    follow(cast["street_clerk"], "/volunteers/volunteers/add/", data | {"since": "2024-06-01"})


def test_who_moves_keeps_her_number_and_leaves_her_past(tree: Tree, cast: dict[str, Client]) -> None:
    first = volunteer(tree.community, "2022-01-01", verified_on=day("2022-02-01"))
    url = f"/volunteers/volunteers/{first.pk}/move/"
    assert url in cast["street_clerk"].get(first.get_absolute_url()).content.decode()
    seen = first.changed_at.isoformat()
    body = follow(cast["street_clerk"], url, {"community": tree.village.code, "on": "2024-05-31", "seen": seen})
    assert "已迁移到湘滨村委会" in body
    first.refresh_from_db()
    second = Volunteer.objects.get(until=None)
    assert (first.until, second.since) == (day("2024-05-31"), day("2024-05-31"))
    assert (second.person, second.number, second.verified_on) == (first.person, first.number, first.verified_on)
    assert second.community == tree.village
    actions = list(AuditEvent.objects.filter(action__startswith="volunteers.").values_list("action", flat=True))
    assert sorted(actions) == ["volunteers.volunteer.add", "volunteers.volunteer.change"]
    assert "/move/" not in cast["street_clerk"].get(first.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"on": day("2022-01-01")}, "too_early"),
        ({"community": "community"}, "same_community"),
    ],
)
def test_a_move_that_cannot_be(values: dict[str, Any], code: str, tree: Tree, street_clerk: User) -> None:
    of = volunteer(tree.community, "2022-01-01")
    given = {"community": tree.village, "on": day("2024-01-01")} | values
    given["community"] = tree.community if given["community"] == "community" else given["community"]
    with pytest.raises(DomainError) as refused:
        move_home(of, by=street_clerk, **given)
    assert refused.value.code == code


def test_nobody_is_moved_into_another_street(tree: Tree, street_clerk: User) -> None:
    of = volunteer(tree.community, "2022-01-01")
    with pytest.raises(PermissionDenied):
        move_home(of, by=street_clerk, community=tree.next_community, on=day("2024-01-01"))
    of.refresh_from_db()
    assert of.until is None
    ended = volunteer(tree.community, "2022-01-01", "2023-01-01")
    with pytest.raises(DomainError, match="已经注销"):
        move_home(ended, by=street_clerk, community=tree.village, on=day("2024-01-01"))


def test_who_was_verified_after_the_move_is_verified_there(tree: Tree, street_clerk: User) -> None:
    of = volunteer(tree.community, "2022-01-01", verified_on=day("2024-02-01"))
    moved = move_home(of, by=street_clerk, community=tree.village, on=day("2024-01-01"))
    of.refresh_from_db()
    assert (of.verified_on, moved.verified_on) == (None, day("2024-02-01"))


def test_a_confirmed_record_stays_as_it_is(tree: Tree, street_clerk: User) -> None:
    record = service(volunteer(tree.community), "2024-03-01", confirmed=False)
    change_record(record, by=street_clerk, minutes=90)
    change_record(record, by=street_clerk, confirmed_on=day("2024-03-02"))
    record.refresh_from_db()
    with pytest.raises(DomainError, match="已确认的服务记录不能再改"):
        change_record(record, by=street_clerk, minutes=60)
    with pytest.raises(DomainError, match="已确认的服务记录不能删除"):
        remove_record(record, by=street_clerk)
    change_record(record, by=street_clerk, minutes=90, voided=True)
    record.refresh_from_db()
    with pytest.raises(DomainError, match="作废的服务记录不能再改"):
        change_record(record, by=street_clerk, voided=False)


def test_what_was_confirmed_since_it_was_read_stays_as_it_is(tree: Tree, street_clerk: User) -> None:
    read = service(volunteer(tree.community), "2024-03-01", confirmed=False)
    ServiceRecord.objects.filter(pk=read.pk).update(confirmed_on=day("2024-03-02"))
    with pytest.raises(DomainError, match="已确认的服务记录不能再改"):
        change_record(read, by=street_clerk, minutes=read.minutes + 1)
    with pytest.raises(DomainError, match="已确认的服务记录不能删除"):
        remove_record(read, by=street_clerk)
    assert ServiceRecord.objects.get().minutes == read.minutes


def test_a_correction_voids_what_it_corrects(tree: Tree, cast: dict[str, Client]) -> None:
    of, at = volunteer(tree.community), activity(tree.community)
    first = service(of, "2024-03-01", activity=at)
    page = cast["street_clerk"].get(first.get_absolute_url()).content.decode()
    assert f"corrects={first.pk}" in page
    data = {
        "volunteer": of.number, "activity": at.pk, "community": tree.community.code, "service_date": "2024-03-01",
        "minutes": 45, "confirmed_on": "2024-03-05", "corrects": first.pk,
    }  # fmt: skip
    follow(cast["street_clerk"], "/volunteers/service-records/add/", data)
    first.refresh_from_db()
    assert first.voided is True
    assert ServiceRecord.objects.get(voided=False).corrects == first
    assert "corrects=" not in cast["street_clerk"].get(first.get_absolute_url()).content.decode()


def test_a_correction_of_somebody_elses_record(tree: Tree, street_clerk: User) -> None:
    first = service(volunteer(tree.community), "2024-03-01")
    values = {"community": tree.community, "service_date": day("2024-03-01"), "minutes": 45}
    with pytest.raises(DomainError) as refused:
        add_record(by=street_clerk, corrects=first, volunteer=volunteer(tree.community), **values)
    assert refused.value.field == "corrects"
    first.refresh_from_db()
    assert first.voided is False


def test_service_of_tomorrow(tree: Tree, street_clerk: User) -> None:
    values = {"community": tree.community, "service_date": day("2199-01-01"), "minutes": 45}
    with pytest.raises(ValidationError) as refused:
        add_record(by=street_clerk, volunteer=volunteer(tree.community), **values)
    assert set(refused.value.message_dict) == {"service_date"}


def test_points_are_booked_where_the_volunteer_is_registered(tree: Tree, cast: dict[str, Client]) -> None:
    of = volunteer(tree.community)
    record = service(of, "2024-03-01")
    data = {
        "volunteer": of.number, "points": 20, "booked_on": "2024-03-05", "reason": "清洁", "service_record": record.pk,
    }  # fmt: skip
    follow(cast["street_clerk"], "/volunteers/points/add/", data)
    issue = PointsIssue.objects.get()
    assert (issue.community, issue.points) == (tree.community, 20)
    page = cast["street_clerk"].get(issue.get_absolute_url()).content.decode()
    assert f"reverses={issue.pk}" in page
    assert "points=-20" in page
    back = {"volunteer": of.number, "points": -20, "booked_on": "2024-03-06", "reason": "错发", "reverses": issue.pk}
    follow(cast["street_clerk"], "/volunteers/points/add/", back)
    assert sum(PointsIssue.objects.values_list("points", flat=True)) == 0
    assert cast["street_clerk"].get(f"/volunteers/points/{issue.pk}/change/").status_code == 404


@pytest.mark.parametrize(
    ("case", "field"),
    [("amount", "points"), ("other", "reverses"), ("twice", "reverses"), ("unconfirmed", "service_record")],
)
def test_points_that_cannot_be_booked(case: str, field: str, tree: Tree, street_clerk: User) -> None:
    of = volunteer(tree.community)
    first = points(of, 20)
    values: dict[str, Any] = {"volunteer": of, "points": -20, "reverses": first}
    match case:
        case "amount":
            values["points"] = -19
        case "other":
            values["volunteer"] = volunteer(tree.community)
        case "twice":
            values["reverses"] = points(of, -20, reverses=first)
            values["points"] = 20
        case "unconfirmed":
            values = {"volunteer": of, "points": 5, "service_record": service(of, "2024-03-01", confirmed=False)}
    with pytest.raises(DomainError) as refused:
        issue_points(by=street_clerk, booked_on=day("2024-04-01"), reason="试", **values)
    assert refused.value.field == field


def test_one_number_after_a_move_means_the_registration_in_force(
    tree: Tree, partner: Client, street_clerk: User
) -> None:
    first = volunteer(tree.community, "2022-01-01")
    second = move_home(first, by=street_clerk, community=tree.village, on=day("2024-01-01"))
    first.refresh_from_db()
    body = {"community": tree.community.code, "service_date": "2024-03-01", "minutes": 30}
    answer = partner.post(
        "/api/v1/service-records/", body | {"volunteer": first.number}, content_type="application/json"
    )
    assert answer.status_code == 201, answer.json()
    assert ServiceRecord.objects.get().volunteer == second
    answer = partner.post(
        "/api/v1/service-records/", body | {"volunteer": f"#{first.pk}"}, content_type="application/json"
    )
    assert answer.json()["volunteer"] == f"#{first.pk}"
    for wrong in ("nobody", "#", "#99999999", "#" + "9" * 30, 17, None):
        told = partner.post("/api/v1/service-records/", body | {"volunteer": wrong}, content_type="application/json")
        assert set(told.json()) == {"volunteer"}, told.json()


def test_suggestions_name_volunteers_masked(tree: Tree, cast: dict[str, Client]) -> None:
    mine = volunteer(tree.community, of=person(tree.community, "欧阳小华"))
    volunteer(tree.next_community, of=person(tree.next_community, "欧阳大华"))
    page = cast["street_clerk"].get("/volunteers/volunteers/choices/", {"q": "欧阳"}).content.decode()
    assert f"{mine.number} {mine.person}" in page
    assert page.count("<option") == 1
    assert "欧阳小华" not in page
    assert (
        mine.number in cast["street_clerk"].get("/volunteers/volunteers/choices/", {"q": mine.number}).content.decode()
    )


def test_volunteer_and_social_worker_are_one_person_masked_on_both_pages(tree: Tree, cast: dict[str, Client]) -> None:
    of = person(tree.community, "欧阳小华")
    roles = volunteer(tree.community, of=of), make_record(SocialWorkPost, tree.community, "社工站")
    SocialWorkPost.objects.filter(pk=roles[1].pk).update(person=of, title="社工")
    for role in roles:
        page = cast["street_clerk"].get(role.get_absolute_url()).content.decode()
        assert str(of) in page
        assert "欧阳小华" not in page
        assert of.get_absolute_url() in page
    own = cast["street_clerk"].get(of.get_absolute_url()).content.decode()
    for role in roles:
        assert role.get_absolute_url() in own
    assert Person.objects.filter(name="欧阳小华").count() == 1


def test_a_party_member_is_known_only_to_those_who_keep_the_reports(
    tree: Tree, cast: dict[str, Client], as_user: Any
) -> None:
    of = person(tree.community, "欧阳小华")
    report = PartyReport.objects.create(
        person=of, community=tree.community, unit_name="某局机关党支部", since=day("2024-01-01")
    )
    viewer = as_user(make_user("viewer", tree.street, "viewer"))
    assert viewer.get("/volunteers/party-reports/").status_code == 403
    assert viewer.get(of.get_absolute_url()).status_code == 404
    assert cast["street_clerk"].get(of.get_absolute_url()).status_code == 200
    listed = cast["street_clerk"].get("/volunteers/party-reports/").content.decode()
    assert str(of) in listed
    assert "某局机关党支部" not in listed
    exported = b"".join(cast["street_clerk"].get("/volunteers/party-reports/export.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert str(of) not in exported
    assert "某局机关党支部" not in exported
    assert report.get_absolute_url() in listed
