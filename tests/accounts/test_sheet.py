"""Accounts and posts from a sheet: tried first, then written, the passwords shown once and kept nowhere."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from governance.accounts import sheet
from governance.accounts.models import Post, User
from governance.audit.models import AuditEvent
from governance.kit.imports.reading import Unreadable
from tests.factories import make_user
from tests.factories.places import Tree

HEAD = "用户名,姓名,地区,角色,所属单位,任职日期,离任日期\n"
URL = "admin:accounts_user_sheet"


@pytest.fixture
def admin(system_admin: User, as_user: Any) -> Client:
    return as_user(system_admin)  # type: ignore[no-any-return]


@pytest.fixture
def security(tree: Tree, as_user: Any) -> Client:
    return as_user(make_user("security_admin", tree.county, "security_admin"))  # type: ignore[no-any-return]


def upload(client: Client, *lines: str) -> Any:
    file = SimpleUploadedFile("people.csv", (HEAD + "\n".join(lines)).encode())
    return client.post(reverse(URL), {"file": file})


def packed(response: Any) -> str:
    return str(response.context["packed"])


def verdicts(response: Any) -> list[tuple[str, dict[str, str]]]:
    return [(line["row"].verdict, line["row"].errors) for line in response.context["lines"]]


def test_a_sheet_is_tried_written_and_its_passwords_shown_once(admin: Client, security: Client, tree: Tree) -> None:
    lines = ("zhang,张三,天元区/泰山路街道,经办,,2024-01-01,", "li,李四,铁西居委会,,,,")
    response = upload(admin, *lines)
    assert [verdict for verdict, _errors in verdicts(response)] == ["account", "account"]
    assert not User.objects.filter(username__in=["zhang", "li"]).exists()
    assert "zhang" not in packed(response)
    done = admin.post(reverse(URL), {"rows": packed(response)})
    assert "no-store" in done["Cache-Control"]
    user = User.objects.get(username="zhang")
    assert not user.posts.exists()
    given = upload(security, lines[0], "zhang,,嵩山路街道,查看,,,")
    assert [verdict for verdict, _errors in verdicts(given)] == ["post", "post"]
    security.post(reverse(URL), {"rows": packed(given)})
    assert {(post.role, post.region) for post in user.posts.all()} == {
        ("clerk", tree.street),
        ("viewer", tree.next_street),
    }
    assert (user.must_change_password, user.region) == (True, tree.street)
    shown = re.findall(r"<code>([\w-]{14})</code>", done.content.decode())
    assert len(shown) == 2
    assert user.check_password(shown[0])
    told = str(list(AuditEvent.objects.values()))
    assert "accounts.user.sheet" in told
    assert not [word for word in shown if word in told]
    again = admin.post(reverse(URL), {"rows": packed(response)})
    assert again.status_code == 409
    assert not re.search(r"<code>[\w-]{14}</code>", again.content.decode())


def test_errors_stand_in_their_cells_and_the_others_go_in_when_asked(
    admin: Client, tree: Tree, street_clerk: User
) -> None:
    make_user("far", tree.other_county, "clerk")
    response = upload(
        admin, "good,好人,泰山路街道,经办,,,", "bad name,坏人,泰山路街道,,,,", "a,甲,渌口区,经办,,,", "b,乙,没有,经办,,,",
        "c,丙,泰山路街道,接口,,,", "street_clerk,周敏,泰山路街道,,,,", ",己,泰山路街道,,,,",
    )  # fmt: skip
    found = {line["row"].number: line["row"] for line in response.context["lines"]}
    wrong = {number: next(iter(row.errors), None) for number, row in found.items()}
    assert wrong == {
        2: None, 3: "username", 4: "region", 5: "region", 6: "role", 7: "username", 8: "username",
    }  # fmt: skip
    assert admin.post(reverse(URL), {"rows": packed(response)}).status_code == 409
    assert not User.objects.filter(username="good").exists()
    done = admin.post(reverse(URL), {"rows": packed(response), "without_refused": "1", "as_file": "1"})
    table = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(done.streaming_content))).get_sheet_by_index(0)
    _head, line = table.to_python()
    assert line[:3] == ["good", "好人", "泰山路街道"]
    assert User.objects.get(username="good").check_password(line[3])
    assert User.objects.filter(username__in=["a", "b", "c"]).count() == 0


def test_what_is_wrong_with_a_post_stands_in_its_cell(security: Client, tree: Tree, street_clerk: User) -> None:
    make_user("far", tree.other_county, "clerk")
    response = upload(
        security, "street_clerk,别人,泰山路街道,查看,,,", "far,,泰山路街道,查看,,,", "new,新人,泰山路街道,查看,,,",
        "street_clerk,,泰山路街道,查看,,2025-02-01,2025-01-01", "security_admin,,天元区,查看,,,",
        "street_clerk,,泰山路街道,经办,,,", "street_clerk,,泰山路街道,查看,某组织,,", "street_clerk,,泰山路街道,,,,",
        "street_clerk,,泰山路街道,机构负责人,没有的组织,,",
    )  # fmt: skip
    found = {line["row"].number: line["row"] for line in response.context["lines"]}
    assert {number: next(iter(row.errors), None) for number, row in found.items()} == {
        2: "name", 3: "username", 4: "username", 5: "until", 6: "", 7: "", 8: "unit_name", 9: "role", 10: "unit_name",
    }  # fmt: skip


def test_the_rows_are_taken_back_from_who_sent_them_and_for_an_hour(
    admin: Client, tree: Tree, system_admin: User, settings: Any, monkeypatch: Any
) -> None:
    other = make_user("other_admin", tree.county, "system_admin")
    text = sheet.packed([sheet.Row(2, {"username": "x"})], system_admin)
    assert sheet.unpacked(text, system_admin)[0].cells == {"username": "x"}
    for given, by in ((text, other), (text[:-8], system_admin), ("x", system_admin)):
        with pytest.raises(Unreadable):
            sheet.unpacked(given, by)
    later = timezone.now() + timedelta(seconds=sheet.SECONDS + 1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(Unreadable):
        sheet.unpacked(text, system_admin)


def test_an_unknown_heading_is_named(admin: Client, tree: Tree) -> None:
    file = SimpleUploadedFile("people.csv", "用户名,地区,密码\nx,泰山路街道,secret".encode())
    response = admin.post(reverse(URL), {"file": file})
    assert response.status_code == 400
    assert "密码" in response.context["refusal"]


def test_a_one_time_password_lapses_before_it_is_used(tree: Tree, street_clerk: User, settings: Any) -> None:
    settings.ONE_TIME_PASSWORD_DAYS = 7
    street_clerk.set_password("Once-only-2026")
    street_clerk.must_change_password = True
    for days, opened in ((6, True), (8, False)):
        street_clerk.password_changed_at = timezone.now() - timedelta(days=days)
        street_clerk.save()
        client = Client()
        response = client.post(reverse("accounts:login"), {"username": "street_clerk", "password": "Once-only-2026"})
        assert ("_auth_user_id" in client.session) is opened
        assert ("已过期" in response.content.decode()) is not opened
    street_clerk.must_change_password = False
    street_clerk.save()
    client = Client()
    client.post(reverse("accounts:login"), {"username": "street_clerk", "password": "Once-only-2026"})
    assert "_auth_user_id" in client.session
    assert Post.objects.filter(user=street_clerk).exists()
