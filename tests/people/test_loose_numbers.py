"""Numbers that a clumsy hand puts beside their own cell: under another heading, in the name, under none."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from governance.accounts.models import User
from governance.desk.models import ImportBatch
from governance.kit.masks import holds_number
from governance.people.actions import change
from governance.people.entry import Entry
from governance.people.models import Person
from tests.conftest import partner_client
from tests.factories.people import make_person
from tests.factories.places import Tree
from tests.kit.imports.files import counts, errors, step, upload, workbook
from tests.people.conftest import NUMBER

PHONE, DAY = "13812348000", "2024-03-01"


@pytest.fixture
def client(street_clerk: User, as_user: Any) -> Client:
    """The clerk of the street at the desk."""
    return as_user(street_clerk)  # type: ignore[no-any-return]


def send(client: Client, tree: Tree, **cells: str) -> ImportBatch:
    cells = cells | {"注册社区": tree.community.code, "志愿者编号": "V1", "注册日期": DAY}
    batch = upload(client, workbook(list(cells), list(cells.values())), "志愿者.xlsx", "volunteers:volunteer_import")
    assert isinstance(batch, ImportBatch), batch.content.decode()
    return batch


@pytest.mark.parametrize("heading", ["身份证号", "身份证号码", "居民身份证号码", "证件号码", "身份证"])
@pytest.mark.parametrize("phone", ["手机号", "手机", "联系电话"])
def test_headings_that_offices_use_are_understood(heading: str, phone: str, client: Client, tree: Tree) -> None:
    batch = send(client, tree, **{"姓名": "张三", heading: NUMBER, phone: PHONE})
    assert counts(batch) == (1, 0, 0, 0)
    assert batch.lines.get().cells[1:3] == ["******", "******"]
    assert step(client, batch, "confirm").state == "done"
    person = Person.objects.get()
    assert (person.identity_number.open(), person.phone.open()) == (NUMBER, PHONE)


@pytest.mark.parametrize("text", [NUMBER, "打 138-1234-8000 找她", "１３８１２３４８０００", "6222 0212 3456 7890 123"])
def test_a_number_in_a_column_that_is_not_read_is_kept_nowhere(text: str, client: Client, tree: Tree) -> None:
    batch = send(client, tree, 姓名="张三", 说明=text)
    assert batch.lines.get().cells[1] == "******"
    assert text not in client.get(batch.get_absolute_url()).content.decode()
    assert send(client, tree, 姓名="张三", 说明="2024-03-01 入会").lines.get().cells[1] == "2024-03-01 入会"


@pytest.mark.parametrize("name", [NUMBER, f"张三 {NUMBER}", "张三１３８１２３４８０００", "张三138 1234 8000"])
def test_a_number_in_the_name_is_refused_and_kept_nowhere(
    name: str, client: Client, street_clerk: User, tree: Tree
) -> None:
    batch = send(client, tree, 姓名=name)
    assert "姓名里有号码" in errors(batch)[2]["姓名"]
    assert batch.lines.get().cells[0] == "******"
    with pytest.raises(ValidationError, match="姓名里有号码"):
        Entry.of(name)
    with pytest.raises(ValidationError, match="姓名里有号码") as refused:
        change(make_person(tree.community, "李四"), by=street_clerk, name=name)
    assert set(refused.value.message_dict) == {"name"}


def test_a_sign_that_nobody_sees_is_told_where_the_person_is_named(tree: Tree) -> None:
    system = partner_client(tree.street, ["view", "add"])
    values = {"community": tree.community.code, "number": "V1", "since": DAY, "person": {"name": "李\u202e四"}}
    answer = system.post("/api/v1/volunteers/", values, content_type="application/json")
    assert (answer.status_code, list(answer.json())) == (400, ["person"])
    assert "U+202E" in answer.content.decode()


def test_a_column_without_a_heading_is_not_passed_over(client: Client, tree: Tree) -> None:
    assert "第 2 列有内容但没有表头" in send(client, tree, **{"姓名": "张三", "": NUMBER}).reason
    assert not holds_number("2024-03-01 08:30")
