"""Imports that a worker carries out: killed in the middle, confirmed by two at once, and forgotten in time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.desk.importing import confirming, receiving
from governance.desk.importing.forgetting import KEPT_DAYS, forget_imports
from governance.desk.models import ImportBatch, ImportRow, Job
from governance.desk.store import revive
from governance.kit.errors import DomainError
from governance.regions.listings import FACILITIES
from governance.regions.models import Facility
from tests.desk.worker import Worker, queue_of_this_test, until
from tests.factories.places import Tree
from tests.kit.imports.files import HEAD, counts, step, text, upload

ROWS = 700  # more than a page writes itself


def rows(count: int) -> bytes:
    return text(
        HEAD, *(("430211002001", "社会工作服务室", f"第{n}室", "", "", "", "2021-05-18", "") for n in range(count))
    )


def state(batch: ImportBatch) -> str:
    return str(ImportBatch.objects.values_list("state", flat=True).get(pk=batch.pk))


@pytest.fixture
def queue(transactional_db: None) -> Iterator[str]:
    with queue_of_this_test() as name:
        yield name


def receive(user: User, count: int) -> ImportBatch:
    file = SimpleUploadedFile("设施.csv", rows(count))
    return receiving.Imports().receive(FACILITIES, file, by=user)


def test_a_worker_checks_and_writes_a_large_file(queue: str, tree: Tree, street_clerk: User, as_user: Any) -> None:
    worker = Worker(queue)
    try:
        client: Client = as_user(street_clerk)
        batch = upload(client, rows(ROWS), "设施.csv")
        assert batch.state == "checking"
        assert "可以离开本页" in client.get(batch.get_absolute_url()).content.decode()
        until(lambda: state(batch) == "checked")
        batch.refresh_from_db()
        assert counts(batch) == (ROWS, 0, 0, 0)
        step(client, batch, "confirm")
        until(lambda: state(batch) == "done")
        assert Facility.objects.count() == ROWS
        event = AuditEvent.objects.get(action="regions.facility.import")
        assert (event.surface, event.actor) == ("job", street_clerk)
    finally:
        worker.stop()


def test_a_worker_killed_while_it_writes_leaves_nothing_and_is_done_once_later(
    queue: str, tree: Tree, street_clerk: User, settings: Any
) -> None:
    first = Worker(queue)
    batch = receive(street_clerk, ROWS)
    until(lambda: state(batch) == "checked")
    batch.refresh_from_db()
    with transaction.atomic(), connection.cursor() as cursor:
        # whoever writes a facility waits for us, in the middle of its transaction
        cursor.execute(f"LOCK TABLE {Facility._meta.db_table} IN EXCLUSIVE MODE")
        other = threading.Thread(target=_start_confirm, args=(batch, street_clerk))
        other.start()
        other.join()
        cursor.execute("SELECT pg_backend_pid()")
        until(lambda: _waiting(cursor))
        first.kill()
    until(lambda: not _writing())
    assert (Facility.objects.count(), state(batch)) == (0, "confirming")
    Job.objects.filter(status="running").update(heard_at=timezone.now() - timedelta(minutes=5))
    second = Worker(queue)
    try:
        assert revive()[0] >= 1
        until(lambda: state(batch) == "done")
        until(lambda: Job.objects.get(name="desk.confirm_import").status == "done")
    finally:
        second.stop()
    assert Facility.objects.count() == ROWS
    assert confirming.confirm(batch.pk, by=street_clerk)["added"] == ROWS  # delivered once more: done already
    assert (Facility.objects.count(), AuditEvent.objects.filter(action="regions.facility.import").count()) == (ROWS, 1)


def _start_confirm(batch: ImportBatch, user: User) -> None:
    try:
        receiving.start_confirm(batch, by=user, without_refused=False)
    finally:
        connection.close()


def _waiting(cursor: Any) -> bool:
    cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass", ["regions_facility"])
    return bool(cursor.fetchone()[0])


def _writing() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' "
            "AND query LIKE 'INSERT INTO%' AND pid <> pg_backend_pid()"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_of_two_that_confirm_at_once_one_writes(tree: Tree, street_clerk: User) -> None:
    batch = receive(street_clerk, 200)
    refused: list[str] = []

    def confirm() -> None:
        try:
            receiving.start_confirm(ImportBatch.objects.get(pk=batch.pk), by=street_clerk, without_refused=False)
        except DomainError as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    both = [threading.Thread(target=confirm) for _each in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert refused == ["wrong_state"]
    assert (Facility.objects.count(), state(batch)) == (200, "done")


@pytest.mark.django_db(transaction=True)
def test_two_files_with_the_same_record_at_once_are_written_by_one(tree: Tree, street_clerk: User) -> None:
    batches = [receive(street_clerk, 50), receive(street_clerk, 50)]

    def confirm(batch: ImportBatch) -> None:
        try:
            receiving.start_confirm(batch, by=street_clerk, without_refused=False)
        finally:
            connection.close()

    both = [threading.Thread(target=confirm, args=(batch,)) for batch in batches]
    for each in both:
        each.start()
    for each in both:
        each.join()
    states = sorted(state(batch) for batch in batches)
    assert (states, Facility.objects.count()) == (["checked", "done"], 50)
    back = next(batch for batch in batches if state(batch) == "checked")
    back.refresh_from_db()
    assert "没有写入任何数据" in back.reason


@pytest.mark.django_db
def test_a_check_that_is_delivered_twice_stages_once(tree: Tree, street_clerk: User) -> None:
    batch = receive(street_clerk, 20)
    receiving.check_again(batch, by=street_clerk)
    assert batch.lines.count() == 20


@pytest.mark.django_db
def test_contents_are_forgotten_and_what_was_written_stays_told(
    tree: Tree, street_clerk: User, as_user: Any, django_capture_on_commit_callbacks: Any
) -> None:
    done, open_one, fresh = receive(street_clerk, 2), receive(street_clerk, 3), receive(street_clerk, 4)
    done = step(as_user(street_clerk), done, "confirm")
    files = {batch.pk: batch.file.name for batch in (done, open_one, fresh)}
    long_ago = timezone.now() - timedelta(days=KEPT_DAYS + 1)
    ImportBatch.objects.exclude(pk=fresh.pk).update(changed_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_imports() == 2
    assert [default_storage.exists(name) for name in files.values()] == [False, False, True]
    assert set(done.lines.values_list("cells", flat=True)[0]) == set()
    assert done.lines.exclude(target=None).count() == 2
    assert (open_one.lines.count(), fresh.lines.count()) == (0, 4)
    assert forget_imports() == 0
    page = as_user(street_clerk).get(done.get_absolute_url()).content.decode()
    assert "文件内容已于" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("importbatch_known_state", {"state": "lost"}),
        ("importbatch_failed_has_reason", {"state": "failed"}),
        ("importbatch_finished_has_time", {"state": "done"}),
        ("importbatch_finished_has_time", {"finished_at": timezone.now()}),
    ],
)
def test_the_database_keeps_the_life_in_order(
    rule: str, change: dict[str, Any], tree: Tree, street_clerk: User
) -> None:
    batch = receive(street_clerk, 1)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(**change)


@pytest.mark.django_db
def test_a_row_has_one_number_and_a_known_verdict(tree: Tree, street_clerk: User) -> None:
    batch = receive(street_clerk, 1)
    with pytest.raises(IntegrityError, match="importrow_number_once"), transaction.atomic():
        ImportRow.objects.create(batch=batch, number=2, cells=[], verdict="new")
    with pytest.raises(IntegrityError, match="importrow_known_verdict"), transaction.atomic():
        ImportRow.objects.create(batch=batch, number=3, cells=[], verdict="odd")
