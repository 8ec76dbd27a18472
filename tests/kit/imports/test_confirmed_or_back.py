"""A confirmation ends: written as a whole, or back at its check with a reason; never stuck, never written twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.desk.importing import checking, confirming, lost, receiving
from governance.desk.models import ImportBatch
from governance.kit.errors import DomainError
from governance.regions.models import Facility, RegisterCoverage
from tests.factories import make_user
from tests.factories.places import Tree
from tests.kit.imports.files import HEAD, facility, row, step, upload, workbook


def sent(client: Client, *names: str, **more: Any) -> ImportBatch:
    batch = upload(client, workbook(HEAD, *[row(name) for name in names]), **more)
    assert isinstance(batch, ImportBatch), batch.content.decode()
    return batch


@pytest.fixture
def keeper(tree: Tree) -> User:
    """Enters records in the county, and says from when on its registers are kept."""
    return make_user("keeper", tree.county, "clerk", "bureau_admin")


def test_a_register_is_kept_from_the_day_that_the_import_names(tree: Tree, keeper: User, as_user: Any) -> None:
    client = as_user(keeper)
    batch = sent(client, "甲室", keep_since="2021-05-01")
    assert "2021-05-01" in client.get(batch.get_absolute_url()).content.decode()
    assert not RegisterCoverage.objects.exists()  # not before the rows are written
    assert step(client, batch, "confirm").state == "done"
    kept = RegisterCoverage.objects.get()
    assert (kept.region, kept.register, kept.since, kept.note) == (
        tree.county, "facilities", date(2021, 5, 1), "设施.xlsx",
    )  # fmt: skip
    event = AuditEvent.objects.get(action="regions.registercoverage.add")
    assert (event.actor, event.region_path) == (keeper, tree.county.path)
    # it is kept now: another file cannot move the day
    assert sent(client, "乙室", keep_since="2019-01-01").keep_since is None


def test_what_is_given_up_or_sent_back_keeps_no_register(tree: Tree, keeper: User, as_user: Any) -> None:
    client = as_user(keeper)
    step(client, sent(client, "甲室", keep_since="2021-05-01"), "drop")
    batch = sent(client, "乙室", keep_since="2021-05-01")
    facility(tree, "乙室")
    assert step(client, batch, "confirm").state == "checked"
    assert not RegisterCoverage.objects.exists()


def test_who_may_not_say_so_starts_no_register(tree: Tree, clerk: Client) -> None:
    batch = sent(clerk, "甲室", keep_since="2021-05-01")
    assert (batch.keep_since, step(clerk, batch, "confirm").state) == (None, "done")
    assert not RegisterCoverage.objects.exists()


def test_a_right_to_start_the_register_that_was_lost_sends_it_back(tree: Tree, keeper: User, as_user: Any) -> None:
    client = as_user(keeper)
    batch = sent(client, "甲室", keep_since="2021-05-01")
    keeper.posts.filter(role="bureau_admin").delete()
    back = step(client, batch, "confirm")
    assert (back.state, Facility.objects.count()) == ("checked", 0)
    assert "启用" in back.reason
    assert "没有写入任何数据" in back.reason


def test_a_program_that_fails_leaves_an_import_that_can_be_confirmed_or_given_up(
    tree: Tree, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = sent(clerk, "甲室")
    clerk.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("governance.kit.imports.laying.write_new", lambda *given: int("unforeseen"))
        answer = clerk.post(reverse("desk:import_batch_confirm", args=[batch.pk]))
    assert answer.status_code == 500
    batch.refresh_from_db()
    assert (batch.state, Facility.objects.count()) == ("checked", 0)
    assert "没有写入任何数据" in batch.reason
    assert step(clerk, batch, "confirm").state == "done"


def test_checked_again_while_it_is_being_written_stays_written(
    tree: Tree, clerk: Client, street_clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "AT_ONCE", 1)  # a worker checks and writes
    names = [f"室{turn}" for turn in range(3)]
    batch = sent(clerk, *names)
    checking.check(batch.pk, by=street_clerk)

    def written_meanwhile(*given: Any, **more: Any) -> None:
        """Between the click on one window and the start of the check, the other window confirms."""
        ImportBatch.objects.filter(pk=batch.pk).update(state="confirming")
        confirming.confirm(batch.pk, by=street_clerk)

    monkeypatch.setattr(receiving, "_require_own", written_meanwhile)
    batch.refresh_from_db()
    with pytest.raises(DomainError, match="已经结束"):
        receiving.check_again(batch, by=street_clerk)
    batch.refresh_from_db()
    assert (batch.state, Facility.objects.count()) == ("done", 3)


@pytest.mark.parametrize(("state", "then"), [("confirming", "checked"), ("checking", "failed")])
def test_an_import_that_lost_its_process_waits_for_a_click_again(
    state: str, then: str, tree: Tree, clerk: Client
) -> None:
    batch, at_work = sent(clerk, "甲室"), sent(clerk, "乙室")
    ImportBatch.objects.filter(pk__in=[batch.pk, at_work.pk]).update(state=state)
    ImportBatch.objects.filter(pk=batch.pk).update(changed_at=timezone.now() - lost.SILENCE * 2)
    assert lost.release() == 1
    batch.refresh_from_db()
    at_work.refresh_from_db()
    assert (batch.state, at_work.state) == (then, state)
    assert "重新核对" in clerk.get(batch.get_absolute_url()).content.decode()
    again = step(clerk, batch, "again")
    assert (again.state, again.reason) == ("checked", "")
    assert step(clerk, again, "confirm").state == "done"


def test_of_two_that_wait_for_each_other_one_is_told_to_try_again(
    tree: Tree, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = sent(clerk, "甲室")

    def given_up(*given: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END $$")
        return 0

    with monkeypatch.context() as waiting:
        waiting.setattr("governance.kit.imports.laying.write_new", given_up)
        back = step(clerk, batch, "confirm")
    assert (back.state, Facility.objects.count()) == ("checked", 0)
    assert back.reason == "同时有别的写入，没有写入任何数据。请稍后再确认。"
    assert step(clerk, back, "confirm").state == "done"


def test_the_same_file_once_more_warns_before_it_doubles_records(
    tree: Tree, clerk: Client, next_street_clerk: User, as_user: Any
) -> None:
    head, data = ("活动名称", "所在社区", "开始日期"), ("义诊", tree.community.code, "2024-03-01")
    file = workbook(head, data)
    first = upload(clerk, file, "活动.xlsx", "volunteers:activity_import")
    assert first.reason == ""
    assert step(clerk, first, "confirm").state == "done"
    again = upload(clerk, file, "活动（1）.xlsx", "volunteers:activity_import")
    assert (again.state, again.added) == ("checked", 1)
    assert "已经导入过，新增了 1 条" in again.reason
    assert again.reason in clerk.get(again.get_absolute_url()).content.decode()
    # of what others imported elsewhere nothing is told
    elsewhere = upload(as_user(next_street_clerk), file, "活动.xlsx", "volunteers:activity_import")
    assert elsewhere.reason == ""
    # where it would add nothing there is nothing to warn of
    rooms = workbook(HEAD, row("甲室"))
    assert step(clerk, upload(clerk, rooms), "confirm").state == "done"
    assert upload(clerk, rooms).reason == ""
