"""The history on pages: of a record for those who may see it, of everything for the auditor, in the words of the fields."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.accounts.models import User
from governance.audit.models import AuditEvent, RowChange
from governance.people.models import Person
from governance.regions.listings import FACILITIES
from governance.regions.models import Facility
from tests.factories import make_record, make_user
from tests.factories.places import Tree
from volunteers.models import Volunteer


@pytest.fixture
def facility(street_clerk: User, tree: Tree) -> Facility:
    made: Facility = FACILITIES.add(  # type: ignore[misc]
        by=street_clerk, region=tree.community, kind="social_work_room", name="旧名", since=date(2024, 1, 1)
    )
    FACILITIES.change(made, by=street_clerk, name="新名")  # type: ignore[misc]
    return made


def history(client: Any, record: Any, **asked: Any) -> str:
    return str(client.get(FACILITIES.url("history", record), asked).content.decode())


def test_a_record_shows_who_changed_what(as_user: Any, street_clerk: User, facility: Facility, tree: Tree) -> None:
    page = history(as_user(street_clerk), facility)
    assert "<del>旧名</del>" in page
    assert "<ins>新名</ins>" in page
    assert "周敏" in page
    assert f"<ins>{tree.community}</ins>" in page  # a related record by its name
    assert str(facility.get_kind_display()) in page  # a choice by its word
    assert "social_work_room" not in page


def test_the_record_leads_to_its_history(as_user: Any, street_clerk: User, facility: Facility) -> None:
    page = as_user(street_clerk).get(FACILITIES.url("detail", facility)).content.decode()
    assert FACILITIES.url("history", facility) in page


def test_a_change_by_hand_says_so(as_user: Any, street_clerk: User, facility: Facility) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('governance.doing', '', true)")
        cursor.connection.cursor().execute("UPDATE regions_facility SET name = '手改' WHERE id = %s", [facility.pk])
    page = history(as_user(street_clerk), facility)
    assert "手改" in page
    assert "直接操作数据库" in page


def test_others_do_not_see_it(
    as_user: Any, next_street_clerk: User, no_post: User, auditor: User, facility: Facility
) -> None:
    url = FACILITIES.url("history", facility)
    assert [as_user(each).get(url).status_code for each in (next_street_clerk, no_post, auditor)] == [404, 403, 403]


def test_names_outside_the_scope_are_not_told(as_user: Any, street_clerk: User, facility: Facility, tree: Tree) -> None:
    Facility.objects.filter(pk=facility.pk).update(region=tree.next_community)
    Facility.objects.filter(pk=facility.pk).update(region=tree.community)
    page = history(as_user(street_clerk), facility)
    assert tree.next_community.name not in page or "不在您的范围内" in page


def test_what_is_sealed_shows_nothing(as_user: Any, street_clerk: User, tree: Tree) -> None:
    volunteer = make_record(Volunteer, tree.community, "李四")
    person: Person = volunteer.person
    person.phone = "13912345678"
    person.save()
    page = as_user(street_clerk).get(reverse("people:person_history", args=[person.pk]))
    assert page.status_code == 200
    text = page.content.decode()
    assert "13912345678" not in text
    change = RowChange.objects.filter(table_name="people_person").latest("pk")
    piece = change.after["phone"].split("#")[1]
    assert piece not in text


def test_the_history_is_paged_and_costs_a_fixed_number_of_questions(
    as_user: Any, street_clerk: User, facility: Facility
) -> None:
    client = as_user(street_clerk)
    history(client, facility)
    with CaptureQueriesContext(connection) as few:
        history(client, facility)
    for number in range(30):
        Facility.objects.filter(pk=facility.pk).update(capacity=number)
    with CaptureQueriesContext(connection) as many:
        page = history(client, facility)
    assert len(many) <= len(few)
    assert "?page=2" in page
    assert "<ins>旧名</ins>" in history(client, facility, page=2)


def test_the_auditor_filters_by_person_record_region_time_kind_and_surface(
    as_user: Any, auditor: User, street_clerk: User, facility: Facility, tree: Tree
) -> None:
    client = as_user(auditor)
    make_user("other", tree.street, "clerk", name="旁人")
    as_user(street_clerk).get(FACILITIES.url("export", kind="csv")).getvalue()

    def changes(**asked: Any) -> int:
        return int(client.get(reverse("audit:row_change_list"), asked).context["count"])

    def events(**asked: Any) -> int:
        return int(client.get(reverse("audit:audit_event_list"), asked).context["count"])

    own = {"table_name": "regions_facility", "record_id": facility.pk}
    assert changes(**own) == 2
    assert changes(**own, operation="update") == 1
    assert changes(**own, person="周敏") == changes(**own, person="street_clerk") == 2
    assert changes(**own, person="旁人") == 0
    assert changes(**own, place=tree.community.code) == changes(**own, place=tree.street.name) == 2
    assert changes(**own, place=tree.next_street.code) == 0
    assert changes(**own, surface="command") == 2
    assert changes(**own, surface="psql") == 0
    assert changes(**own, at_from="2001-01-01", at_to="2001-01-02") == 0
    assert events(kind="change") == events(kind="change", person="周敏") == 1
    assert events(kind="export") == 1
    assert events(kind="export", surface="page", place=tree.county.code) == 1
    assert events(kind="export", place=tree.next_street.code) == 0
    assert events(model="regions.facility", record_id=str(facility.pk)) == 2


def test_an_auditor_elsewhere_sees_nothing_of_it(as_user: Any, facility: Facility, tree: Tree) -> None:
    elsewhere = make_user("elsewhere", tree.other_county, "auditor", name="别处审计")
    found = RowChange.objects.visible_to(elsewhere)
    assert not found.filter(table_name="regions_facility").exists()
    change = RowChange.objects.filter(table_name="regions_facility").latest("pk")
    assert as_user(elsewhere).get(reverse("audit:row_change_detail", args=[change.pk])).status_code == 404


def test_the_auditor_sees_event_and_change_together_and_persons_masked(
    as_user: Any, auditor: User, street_clerk: User, facility: Facility, tree: Tree
) -> None:
    client = as_user(auditor)
    event = AuditEvent.objects.get(action="regions.facility.change")
    change = RowChange.objects.get(table_name="regions_facility", operation="update")
    page = client.get(reverse("audit:audit_event_detail", args=[event.pk])).content.decode()
    assert reverse("audit:row_change_detail", args=[change.pk]) in page
    page = client.get(reverse("audit:row_change_detail", args=[change.pk])).content.decode()
    assert reverse("audit:audit_event_detail", args=[event.pk]) in page
    assert "新名" in page
    make_record(Person, tree.community, "欧阳修远")
    person = RowChange.objects.filter(table_name="people_person").latest("pk")
    page = client.get(reverse("audit:row_change_detail", args=[person.pk])).content.decode()
    assert "欧阳修远" not in page
