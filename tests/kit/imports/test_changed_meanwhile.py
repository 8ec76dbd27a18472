"""What others do between export, upload, check and confirmation; and doing it twice, or not at all."""

from __future__ import annotations

from django.test import Client

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.regions.models import Facility
from tests.factories.places import Tree
from tests.kit.imports.files import HEAD, counts, errors, exported, facility, row, step, upload, workbook


def test_changed_behind_ones_back_between_export_and_upload(tree: Tree, clerk: Client) -> None:
    old = facility(tree, address="旧址")
    rows = exported(clerk)
    rows[1][rows[0].index("地址")] = "我的"
    Facility.objects.filter(pk=old.pk).first().save()  # type: ignore[union-attr]
    batch = upload(clerk, workbook(*rows))
    assert "被别人修改过" in errors(batch)[2][""]


def test_changed_behind_ones_back_between_check_and_confirm(tree: Tree, clerk: Client) -> None:
    old, other = facility(tree, address="旧址"), facility(tree, "另一个")
    batch = upload(clerk, workbook(("系统编号", "地址"), (old.pk, "我的"), (other.pk, "我的")))
    old.address = "别人的"
    old.save()
    back = step(clerk, batch, "confirm")
    assert (back.state, counts(back)) == ("checked", (0, 1, 0, 1))
    assert "没有写入任何数据" in back.reason
    other.refresh_from_db()
    assert other.address == ""
    again = step(clerk, back, "again")
    assert counts(again) == (0, 2, 0, 0)
    assert step(clerk, again, "confirm").state == "done"
    old.refresh_from_db()
    assert old.address == "我的"


def test_a_clash_that_came_after_the_check_sends_it_back(tree: Tree, clerk: Client) -> None:
    batch = upload(clerk, workbook(HEAD, row("甲"), row("乙")))
    facility(tree, "甲")
    back = step(clerk, batch, "confirm")
    assert (back.state, counts(back)) == ("checked", (1, 0, 0, 1))
    assert Facility.objects.count() == 1


def test_a_record_removed_after_the_check_sends_it_back(tree: Tree, clerk: Client) -> None:
    old = facility(tree, address="旧址")
    batch = upload(clerk, workbook(("系统编号", "地址"), (old.pk, "我的")))
    old.delete()
    back = step(clerk, batch, "confirm")
    assert (back.state, back.refused) == ("checked", 1)


def test_a_post_lost_after_the_check_writes_nothing(tree: Tree, clerk: Client, street_clerk: User) -> None:
    batch = upload(clerk, workbook(HEAD, row("甲")))
    street_clerk.posts.update(region=tree.village)
    back = step(clerk, batch, "confirm")
    assert (back.state, Facility.objects.count()) == ("checked", 0)
    assert "没有写入任何数据" in back.reason


def test_confirmed_twice_is_written_once(tree: Tree, clerk: Client) -> None:
    batch = upload(clerk, workbook(HEAD, row("甲")))
    assert step(clerk, batch, "confirm").state == "done"
    assert step(clerk, batch, "confirm").state == "done"
    assert (Facility.objects.count(), AuditEvent.objects.filter(action="regions.facility.import").count()) == (1, 1)


def test_giving_up_leaves_nothing(tree: Tree, clerk: Client) -> None:
    batch = upload(clerk, workbook(HEAD, row("甲")))
    dropped = step(clerk, batch, "drop")
    assert (dropped.state, bool(dropped.file), dropped.lines.count()) == ("dropped", False, 0)
    assert step(clerk, batch, "confirm").state == "dropped"
    assert not Facility.objects.exists()
