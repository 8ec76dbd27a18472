"""A refusal says what is missing, which posts have it and whom to ask: on pages, in the admin and over the API."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from governance.accounts.models import User
from governance.regions.models import Facility
from tests.conftest import partner_client
from tests.factories import make_record, make_user
from tests.factories.places import Tree


def test_a_page_says_what_is_missing_and_whom_to_ask(
    tree: Tree, security_admin: User, no_post: User, as_user: Any
) -> None:
    body = as_user(no_post).get(reverse("regions:facility_list")).content.decode()
    for text in (
        "缺少的权限",
        "查看“设施”",
        "有这项权限的岗位",
        "经办、核准",
        "需要时请联系",
        "安全管理员（天元区的安全管理员）",
    ):
        assert text in body, text
    assert security_admin.username not in body.replace("accounts", "")


def test_the_place_is_named_where_only_the_place_is_wrong(tree: Tree, security_admin: User, as_user: Any) -> None:
    user = make_user("looker", tree.street, "viewer")
    make_user_post(user, tree)
    record = make_record(Facility, tree.community, "社工室")
    body = as_user(User.objects.get(pk=user.pk)).get(reverse("regions:facility_change", args=[record.pk]))
    assert body.status_code == 403
    assert "在铁西居委会修改“设施”" in body.content.decode()


def make_user_post(user: User, tree: Tree) -> None:
    """Have a looker of the street keep the records of the next one."""
    user.posts.create(role="clerk", region=tree.next_street, since="2020-01-01")


def test_the_api_says_it_by_name(tree: Tree, security_admin: User, no_post: User, as_user: Any) -> None:
    refused = as_user(no_post).get(reverse("api:facility-list"))
    assert refused.status_code == 403
    told = refused.json()
    assert (told["code"], told["permission"]) == ("permission_missing", "regions.view_facility")
    assert "经办" in told["roles"]
    assert "接口" not in told["roles"]
    assert told["ask"] == {"region": "天元区", "people": [security_admin.name]}
    assert told["detail"].startswith("您的岗位没有这项权限。")


def test_a_token_without_the_verb_is_told_so(tree: Tree) -> None:
    refused = partner_client(tree.street, ["view"]).post(
        reverse("api:facility-list"), "{}", content_type="application/json"
    )
    assert refused.status_code == 403
    assert "没有“add”这个动作" in refused.json()["detail"]


def test_the_admin_says_it_too(tree: Tree, system_admin: User, as_user: Any) -> None:
    body = as_user(system_admin).get(reverse("admin:accounts_post_add")).content.decode()
    assert "新增“岗位”" in body
    assert "安全管理员" in body
    assert "运行维护人员（这里还没有安全管理员）" in body


def test_what_no_post_does_is_said(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    body = as_user(bureau_admin).get(reverse("admin:accounts_partnerclient_delete", args=[1])).content.decode()
    assert "这件事不由任何岗位办理" in body
