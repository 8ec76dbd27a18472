"""Volunteers by a file: persons are found by their numbers or recorded, and nothing of a stranger is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.accounts.models import Post, User
from governance.audit.models import AuditEvent
from governance.desk.models import ImportBatch
from governance.people.entry import MISMATCH, MISMATCHES
from governance.people.models import Person
from tests.factories.people import identity_number, make_person
from tests.factories.places import Tree
from tests.kit.imports.files import counts, errors, step, upload, workbook
from tests.organizations.made import organization
from volunteers.models import Activity, Volunteer

HEAD = ("姓名", "居民身份证号", "电话", "注册社区", "志愿者编号", "注册日期", "注销日期")
NUMBER, PHONE = "11010519491231002X", "13812348000"
DAY = date(2024, 3, 1)


@pytest.fixture
def client(street_clerk: User, as_user: Any) -> Client:
    """The clerk of the street at the desk."""
    return as_user(street_clerk)  # type: ignore[no-any-return]


def send(client: Client, *rows: Any, head: tuple[str, ...] = HEAD) -> ImportBatch:
    batch = upload(client, workbook(head, *rows), "志愿者.xlsx", "volunteers:volunteer_import")
    assert isinstance(batch, ImportBatch), batch.content.decode()
    return batch


def row(tree: Tree, name: str, number: str = "", phone: str = "", code: str = "V1", *days: Any) -> tuple[Any, ...]:
    since, until = (*days, DAY, None)[0], (*days[1:], None)[0]
    return (name, number, phone, tree.community.code, code, since, until)


def test_unknown_persons_are_recorded_and_their_numbers_are_nowhere_in_the_open(client: Client, tree: Tree) -> None:
    batch = send(client, row(tree, " 张 小三", NUMBER.lower(), "+86 138-1234-8000"))
    assert (counts(batch), errors(batch)) == ((1, 0, 0, 0), {})
    assert not Person.objects.exists()
    line = batch.lines.get()
    staged = str(ImportBatch.objects.filter(pk=batch.pk).values()) + str(batch.lines.values())
    page = client.get(batch.get_absolute_url()).content.decode()
    for text in (NUMBER, NUMBER.lower(), PHONE, "138-1234"):
        assert text not in staged
        assert text not in page
    assert line.cells[1:3] == ["******", "******"]
    batch = step(client, batch, "confirm")
    assert batch.state == "done"
    volunteer = Volunteer.objects.select_related("person").get()
    person = volunteer.person
    assert (person.name, person.identity_number.open(), person.phone.open()) == ("张 小三", NUMBER, PHONE)
    assert (person.gender, person.birth_year, person.region) == ("female", 1949, tree.community)
    assert volunteer.number == "V1"
    assert not batch.file
    assert [(each.cells, each.values, each.target) for each in batch.lines.all()] == [([], {}, volunteer.pk)]
    recorded = AuditEvent.objects.get(action="people.person.import")
    assert recorded.after == {
        "added": 1, "role": "volunteers.volunteer", "import": batch.pk, "purpose": "导入登记",
    }  # fmt: skip
    assert AuditEvent.objects.get(action="volunteers.volunteer.import").after["purpose"] == "导入登记"
    assert not AuditEvent.objects.filter(action="people.person.link").exists()


def test_somebody_from_elsewhere_is_linked_and_the_trail_keeps_it(
    client: Client, street_clerk: User, tree: Tree
) -> None:
    person = make_person(tree.next_community, "张小三", identity_number=NUMBER, phone=PHONE)
    near = make_person(tree.community, "李四")
    batch = send(
        client,
        row(tree, "张小三", NUMBER, "13900001111"),
        row(tree, near.name, near.identity_number.open(), "", "V2"),
    )
    assert (counts(batch), errors(batch)) == ((2, 0, 0, 0), {})
    assert tree.next_community.name not in client.get(batch.get_absolute_url()).content.decode()
    assert person not in Person.objects.visible_to(street_clerk)
    assert step(client, batch, "confirm").state == "done"
    assert {each.person_id for each in Volunteer.objects.all()} == {person.pk, near.pk}
    event = AuditEvent.objects.get(action="people.person.link")
    assert (event.actor, event.record_id, event.region_path) == (street_clerk, str(person.pk), tree.community.path)
    assert event.after == {
        "role": "volunteers.volunteer", "record": Volunteer.objects.get(person=person).pk, "import": batch.pk,
        "purpose": "导入登记",
    }  # fmt: skip
    assert not AuditEvent.objects.filter(action="people.person.import").exists()
    person.refresh_from_db()
    assert person.phone.open() == PHONE


def test_another_name_is_refused_in_its_cell_without_the_stored_one(
    client: Client, street_clerk: User, tree: Tree
) -> None:
    make_person(tree.next_community, "张小三", identity_number=NUMBER)
    batch = send(client, row(tree, "李四", NUMBER, "13900001111"), row(tree, "李四", NUMBER, "13900002222", "V2"))
    assert {number: set(wrong) for number, wrong in errors(batch).items()} == {2: {"居民身份证号"}, 3: {"居民身份证号"}}
    told = errors(batch)[2]["居民身份证号"]
    assert "不一致" in told
    page = client.get(batch.get_absolute_url()).content.decode()
    assert not any(text in page + told for text in ("张小三", "张*三", NUMBER, tree.next_community.name))
    assert {event.actor for event in AuditEvent.objects.filter(action=MISMATCH)} == {street_clerk}
    assert not Volunteer.objects.exists()


def test_a_file_cannot_try_names_against_numbers(client: Client, tree: Tree) -> None:
    there = [make_person(tree.next_community, f"张{turn}三") for turn in range(MISMATCHES + 1)]
    rows = [row(tree, "李四", each.identity_number.open(), "", f"V{turn}") for turn, each in enumerate(there)]
    unknown = row(tree, "王五", NUMBER, "", "V99")
    batch = send(client, *rows, unknown)
    assert counts(batch) == (0, 0, 0, len(there) + 1)
    assert all("次数过多" in wrong["居民身份证号"] for wrong in errors(batch).values())
    assert AuditEvent.objects.filter(action="people.person.guessing").count() == 1


def test_a_stored_volunteer_stays_whoever_she_is(client: Client, tree: Tree) -> None:
    person = make_person(tree.community, "张小三", identity_number=NUMBER, phone=PHONE)
    there = Volunteer.objects.create(person=person, community=tree.community, number="V1", since=DAY)
    masked = ("张*三", "110************02X", "138****8000")
    for named in (masked, ("张小三", NUMBER, PHONE), ("张小三", "", ""), ("", "", "")):
        batch = send(client, (*named, tree.community.code, "V1", DAY, None))
        assert (counts(batch), errors(batch)) == ((0, 0, 1, 0), {}), named
    ends = send(client, (*masked, tree.community.code, "V1", DAY, date(2025, 1, 1)))
    assert counts(ends) == (0, 1, 0, 0)
    step(client, ends, "confirm")
    there.refresh_from_db()
    assert (there.person, there.until) == (person, date(2025, 1, 1))
    for named in (("李四", "", ""), ("李四", identity_number(), "")):
        batch = send(client, (*named, tree.community.code, "V1", DAY, None))
        assert counts(batch) == (0, 0, 0, 1)
        assert "不能换人" in errors(batch)[2]["姓名"]
    batch = send(client, (*masked, tree.community.code, "V2", date(2025, 2, 1), None))
    assert "不要带 *" in errors(batch)[2]["姓名"]


def test_what_cannot_be_right_is_refused_where_it_stands(client: Client, tree: Tree) -> None:
    batch = send(
        client,
        row(tree, "", NUMBER),
        row(tree, "张三", "110105194912310021", "", "V2"),
        row(tree, "张三", "", "12", "V3"),
        row(tree, "王五", NUMBER, "", "V4"),
        row(tree, "赵六", NUMBER, "", "V5"),
        row(tree, "", "", "", "V6"),
        (*row(tree, "张三")[:1], 1.1010519491231002e17, *row(tree, "张三", "", "", "V7")[2:]),
    )
    assert {number: set(wrong) for number, wrong in errors(batch).items()} == {
        2: {"姓名"}, 3: {"居民身份证号"}, 4: {"电话"}, 5: {"居民身份证号"}, 6: {"居民身份证号"}, 7: {"姓名"},
        8: {"居民身份证号"},
    }  # fmt: skip
    assert "不同的姓名" in errors(batch)[5]["居民身份证号"]
    assert "文本" in errors(batch)[8]["居民身份证号"]


def test_without_a_number_each_row_is_somebody_unless_a_phone_tells(client: Client, tree: Tree) -> None:
    near = make_person(tree.community, "张三", identity_number=None, phone=PHONE)
    far = make_person(tree.next_community, "李四", identity_number=None, phone=PHONE)
    batch = send(
        client,
        row(tree, "张三", "", PHONE),
        row(tree, "李四", "", PHONE, "V2"),
        row(tree, "张三", "", "", "V3"),
        row(tree, "张三", "", "", "V4"),
    )
    assert (counts(batch), errors(batch)) == ((4, 0, 0, 0), {})
    assert step(client, batch, "confirm").state == "done"
    held = {each.number: each.person_id for each in Volunteer.objects.all()}
    assert held["V1"] == near.pk
    assert len(set(held.values()) | {far.pk}) == 5


def test_one_person_twice_in_a_file_is_told_before_anything_is_written(client: Client, tree: Tree) -> None:
    batch = send(client, row(tree, "王五", NUMBER), row(tree, "王五", NUMBER, "13900001111", "V2"))
    assert counts(batch) == (1, 0, 0, 1)
    assert "第 2 行" in errors(batch)[3]["姓名"]


def test_a_span_that_meets_an_ended_one_is_refused_at_the_check(client: Client, tree: Tree) -> None:
    person = make_person(tree.next_community, "张小三", identity_number=NUMBER)
    Volunteer.objects.create(
        person=person, community=tree.next_community, number="V0", since=DAY, until=date(2024, 6, 1)
    )
    batch = send(client, row(tree, "张小三", NUMBER, "", "V1", date(2024, 5, 1)), row(tree, "王五", "", "", "V2"))
    assert counts(batch) == (1, 0, 0, 1)
    assert set(errors(batch)[2]) == {"姓名"}


def test_who_has_moved_keeps_her_earlier_registration(client: Client, tree: Tree) -> None:
    person = make_person(tree.community, "张小三", identity_number=NUMBER)
    first = Volunteer.objects.create(
        person=person, community=tree.community, number="V1", since=DAY, until=date(2024, 6, 1)
    )
    batch = send(client, row(tree, "张小三", NUMBER, "", "V1", date(2024, 6, 1)))
    assert (counts(batch), errors(batch)) == ((1, 0, 0, 0), {})
    step(client, batch, "confirm")
    first.refresh_from_db()
    assert (first.since, first.until) == (DAY, date(2024, 6, 1))
    assert Volunteer.objects.count() == 2


@pytest.mark.parametrize(("name", "state"), [("王五", "done"), ("赵六", "checked")])
def test_somebody_recorded_her_in_the_meantime(name: str, state: str, client: Client, tree: Tree) -> None:
    batch = send(client, row(tree, "王五", NUMBER), row(tree, "张三", "", "", "V2"))
    person = make_person(tree.next_community, name, identity_number=NUMBER)
    batch = step(client, batch, "confirm")
    assert batch.state == state
    if state == "done":
        assert Volunteer.objects.get(number="V1").person == person
        assert AuditEvent.objects.get(action="people.person.link").record_id == str(person.pk)
    else:
        assert not Volunteer.objects.exists()
        assert Person.objects.count() == 1
        assert "重新核对" in errors(batch)[2]["姓名"]
        assert not AuditEvent.objects.filter(action__startswith="people.person").exists()


def test_the_refused_rows_do_not_come_back_without_their_numbers(client: Client, tree: Tree) -> None:
    make_person(tree.next_community, "张小三", identity_number=NUMBER)
    batch = send(client, row(tree, "李四", NUMBER, PHONE))
    data = b"".join(client.get(reverse("desk:import_batch_refused", args=[batch.pk])).streaming_content)  # type: ignore[attr-defined]
    again = upload(client, data, "有错的行.xlsx", "volunteers:volunteer_import")
    assert counts(again) == (0, 0, 0, 1)
    assert "不要带 *" in errors(again)[2]["姓名"]
    assert NUMBER not in str(again.lines.values())


def test_an_empty_table_says_how_persons_are_named(client: Client) -> None:
    page = client.get(reverse("volunteers:volunteer_import")).content.decode()
    for heading in HEAD[:3]:
        assert heading in page
    assert "同一个人只建一份" in page


def test_a_right_to_name_an_organization_that_was_lost_sends_the_file_back(
    client: Client, street_clerk: User, tree: Tree
) -> None:
    post = Post.objects.create(user=street_clerk, role="clerk", region=tree.next_street, since=date(2020, 1, 1))
    far = organization(tree.next_community, "邻街艺术团")
    near = organization(tree.community, "本街艺术团")
    head = ("活动名称", "所在社区", "承办组织", "开始日期")
    rows = [(f"活动{turn}", tree.community.code, of.name, DAY) for turn, of in enumerate((near, far))]
    batch = upload(client, workbook(head, *rows), "活动.xlsx", "volunteers:activity_import")
    assert counts(batch) == (2, 0, 0, 0)
    post.delete()
    back = step(client, batch, "confirm")
    assert (back.state, Activity.objects.count()) == ("checked", 0)
    assert "看不到" in back.reason
    again = step(client, back, "again")
    assert (counts(again), set(errors(again)[3])) == ((1, 0, 0, 1), {"承办组织"})
    assert step(client, again, "confirm", without_refused="1").state == "done"
