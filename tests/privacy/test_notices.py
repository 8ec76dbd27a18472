"""What people are told: in versions that stay, one in force at a place, for everybody to read."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from governance.accounts.models import User
from governance.kit import records
from governance.kit.errors import DomainError
from governance.privacy.models import PrivacyNotice
from tests.contracts.surfaces import text_of
from tests.factories.places import Tree
from tests.factories.privacy import make_notice

S = PrivacyNotice.State


def draft(tree: Tree, version: str, **fields: Any) -> PrivacyNotice:
    given = {"title": "告知", "changes": "补充保存期限", "text": "第一段。\n\n第二段。", **fields}
    return PrivacyNotice.objects.create(region=tree.county, version=version, **given)


def test_a_new_version_takes_the_place_of_the_old_one(tree: Tree, bureau_admin: User, street_clerk: User) -> None:
    first, second = draft(tree, "2026-1"), draft(tree, "2026-2")
    with pytest.raises(Exception, match="岗位"):
        records.move(first, "publish", by=street_clerk)
    first = records.move(first, "publish", by=bureau_admin)
    assert (first.state, first.published_by) == (S.STANDING, bureau_admin)
    records.move(second, "publish", by=bureau_admin)
    first.refresh_from_db()
    assert first.state == S.FORMER
    assert PrivacyNotice.objects.holding_at(tree.community.path) == second
    assert PrivacyNotice.objects.holding_at(tree.other_county.path) is None


@pytest.mark.parametrize(
    "change", ["text = 'x'", "title = 'x'", "changes = 'x'", "version = 'x'", "state = 'draft'", "published_at = now()"]
)
def test_the_database_keeps_what_was_published(change: str, tree: Tree, bureau_admin: User) -> None:
    notice = make_notice(tree.county, bureau_admin)
    for statement in (f"UPDATE privacy_privacynotice SET {change}", "DELETE FROM privacy_privacynotice"):
        with pytest.raises(IntegrityError, match="never"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} WHERE id = %s", [notice.pk])
    with pytest.raises(DomainError, match="另拟新版本"):
        records.change(notice, by=bureau_admin, text="改")


def test_two_never_stand_at_one_place(tree: Tree, bureau_admin: User) -> None:
    first, _second = make_notice(tree.county, bureau_admin), make_notice(tree.county, bureau_admin)
    with pytest.raises(IntegrityError, match=r"never|one_standing"), transaction.atomic():
        PrivacyNotice.objects.filter(pk=first.pk).update(state=S.STANDING)
    assert PrivacyNotice.objects.in_force().count() == 1


def test_anybody_reads_it_and_nobody_a_draft(tree: Tree, bureau_admin: User) -> None:
    visitor = Client()
    assert "还没有发布" in text_of(visitor.get("/privacy/"))
    old = make_notice(tree.county, bureau_admin, version="2025-1", text="旧的说法。")
    make_notice(tree.county, bureau_admin, version="2026-1", text="新的说法。", changes="改了说法")
    hidden = draft(tree, "2027-1", text="草稿内容。")
    page = text_of(visitor.get("/privacy/"))
    assert "新的说法" in page
    assert "改了说法" in page
    assert old.public_url() in page
    assert "草稿" not in page
    older = text_of(visitor.get(old.public_url()))
    assert "旧的说法" in older
    assert "已被新版本替代" in older
    assert visitor.get(hidden.public_url()).status_code == 404
    assert "/privacy/" in text_of(visitor.get("/accounts/login/"))


def test_each_place_shows_its_own(tree: Tree, bureau_admin: User) -> None:
    county = make_notice(tree.county, bureau_admin, text="全县的告知。")
    street = make_notice(tree.street, bureau_admin, text="本街的告知。")
    assert PrivacyNotice.objects.holding_at(tree.community.path) == street
    assert PrivacyNotice.objects.holding_at(tree.next_community.path) == county
    page = text_of(Client().get(street.public_url()))
    assert "本街的告知" in page
    assert county.public_url() in page
