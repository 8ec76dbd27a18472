"""Organisations and their statuses by files: homed, checked and kept inside the scope as on the pages."""

from __future__ import annotations

from typing import Any

from django.test import Client

from governance.accounts.models import User
from organizations.models import Organization, OrganizationStatus
from tests.factories.places import Tree
from tests.kit.imports.files import counts, errors, step, text, upload
from tests.organizations.made import credit_code, organization

STATUSES = {"name": "状态.csv", "page": "organizations:organization_status_import"}
HEAD = ("社会组织", "状态", "起始日期")


def test_organisations_come_by_a_file(tree: Tree, street_clerk: User, as_user: Any) -> None:
    client: Client = as_user(street_clerk)
    code = credit_code()
    head = ("名称", "所在地区", "性质", "统一社会信用代码", "社区社会组织", "社区社会组织类别")
    batch = upload(
        client,
        text(
            head,
            ("甲会", tree.street.code, "社会团体", code, "否", ""),
            ("乙队", tree.community.code, "群众活动团队", "", "是", "文体活动类"),
            ("丙队", tree.community.code, "群众活动团队", code[:-1] + ("A" if code[-1] != "A" else "B"), "否", ""),
            ("丁队", tree.community.code, "群众活动团队", "", "是", ""),
        ),
        name="组织.csv",
        page="organizations:organization_import",
    )
    assert counts(batch) == (2, 0, 0, 2), errors(batch)
    assert set(errors(batch)) == {4, 5}
    step(client, batch, "confirm", without_refused="1")
    found = {one.name: (one.region, one.uscc, one.pinyin) for one in Organization.objects.select_related("region")}
    assert found == {"甲会": (tree.street, code, "jh"), "乙队": (tree.community, None, "yd")}


def test_statuses_come_by_a_file_and_are_homed(tree: Tree, street_clerk: User, as_user: Any) -> None:
    client: Client = as_user(street_clerk)
    own, code = organization(tree.community, "甲会", uscc=credit_code()), organization(tree.street, "乙会")
    organization(tree.county, "区里的会")
    organization(tree.next_street, "邻街的会")
    batch = upload(
        client,
        text(
            HEAD,
            (own.uscc, "登记", "2024-01-01"),
            ("乙会", "登记", "2024-01-01"),  # it has no code
            ("区里的会", "备案", "2024-01-01"),  # she may name it, but not write for it
            ("邻街的会", "备案", "2024-01-01"),
        ),
        **STATUSES,
    )
    assert code.uscc is None
    assert counts(batch) == (1, 0, 0, 3), errors(batch)
    step(client, batch, "confirm", without_refused="1")
    row = OrganizationStatus.objects.get()
    assert (row.organization, row.region, row.status) == (own, tree.community, "registered")
