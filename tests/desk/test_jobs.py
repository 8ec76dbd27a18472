"""The life of a job, with a real worker, a killed worker, and a broker that is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.desk.models import Job
from governance.desk.store import ATTEMPTS, JobStore, revive
from governance.kit import jobs
from governance.regions.models import Region
from tests.desk import program  # noqa: F401  declares the jobs of the tests
from tests.desk.worker import Worker, queue_of_this_test, until
from tests.factories.places import Tree


@pytest.fixture
def queue(transactional_db: None) -> Iterator[str]:
    with queue_of_this_test() as name:
        yield name


@pytest.fixture
def worker(queue: str) -> Iterator[Worker]:
    running = Worker(queue)
    yield running
    running.stop()


def start(name: str, user: User, **arguments: Any) -> Job:
    return jobs.start(name, title="试验", by=user, region=user.region, **arguments)  # type: ignore[no-any-return]


def status(job: Job) -> str:
    return Job.objects.values_list("status", flat=True).get(pk=job.pk)


def test_a_worker_carries_jobs_out_and_tells_how_far_it_is(worker: Worker, street_clerk: User) -> None:
    good = start("tests.count", street_clerk, to=20, pause=0.1)
    refused, broken = start("tests.refuse", street_clerk), start("tests.break", street_clerk)
    seen = until(lambda: Job.objects.filter(pk=good.pk, status="running", done__gt=0, done__lt=20).first())
    assert (seen.message, seen.total) == ("数数", 20)
    until(lambda: status(broken) == "failed")
    good.refresh_from_db()
    refused.refresh_from_db()
    broken.refresh_from_db()
    assert (good.status, good.done, good.report) == ("done", 20, {"added": 20})
    assert (refused.status, refused.error) == ("failed", "规则不允许")
    assert broken.status == "failed"
    assert "secret" not in broken.error


def test_a_killed_worker_loses_no_job(queue: str, street_clerk: User) -> None:
    first = Worker(queue)
    job = start("tests.count", street_clerk, to=200, pause=0.1)
    until(lambda: Job.objects.filter(pk=job.pk, status="running", done__gt=0).exists())
    first.kill()
    assert revive() == (0, 0)  # it may still be alive for all that anyone knows
    Job.objects.filter(pk=job.pk).update(heard_at=timezone.now() - timedelta(minutes=5), arguments={"to": 3})
    second = Worker(queue)
    try:
        assert revive() == (1, 0)
        until(lambda: status(job) == "done")
    finally:
        second.stop()
    job.refresh_from_db()
    assert (job.attempts, job.report) == (2, {"added": 3})


def test_an_upload_becomes_places_and_rows_to_mend(
    worker: Worker, bureau_admin: User, tree: Tree, as_user: Any
) -> None:
    text = (
        "code,name,level,parent_code\n"
        f"430211002099,新设社区,community,{tree.street.code}\n"
        f"430211002098,,community,{tree.street.code}\n"
        f"430212001001,邻县社区,community,{tree.other_county.code}\n"
    )
    client = as_user(bureau_admin)
    response = client.post(
        reverse("regions:region_import"), {"file": SimpleUploadedFile("places.csv", text.encode("gb18030"))}
    )
    assert response.status_code == 302, response.content.decode()
    job = Job.objects.get()
    until(lambda: status(job) in {"done", "failed"})
    job.refresh_from_db()
    assert job.error == ""
    assert (job.report["added"], job.report["refused"]) == (1, 2)
    assert Region.objects.filter(code="430211002099").exists()
    assert not Region.objects.filter(code="430212001001").exists()
    page = client.get(job.get_absolute_url()).content.decode()
    assert reverse("desk:job_file", args=[job.pk]) in page
    file = b"".join(client.get(reverse("desk:job_file", args=[job.pk])).streaming_content).decode("utf-8-sig")
    assert "430211002098" in file
    assert "430212001001" in file
    event = AuditEvent.objects.get(action="regions.region.import")
    assert (event.surface, event.actor) == ("job", bureau_admin)


def test_of_two_deliveries_one_claims(street_clerk: User, django_capture_on_commit_callbacks: Any) -> None:
    job = start("tests.count", street_clerk, to=1)
    store = JobStore()
    claimed = store.claim(job.pk)
    assert claimed is not None
    assert store.claim(job.pk) is None
    Job.objects.filter(pk=job.pk).update(attempts=F("attempts") + 1)
    claimed.finish({"added": 1})  # somebody else has it by now
    assert status(job) == "running"


def test_a_job_that_loses_its_worker_too_often_fails_with_a_reason(street_clerk: User) -> None:
    job = start("tests.count", street_clerk, to=1)
    Job.objects.filter(pk=job.pk).update(
        status="running", attempts=ATTEMPTS, heard_at=timezone.now() - timedelta(minutes=5)
    )
    assert revive() == (0, 1)
    job.refresh_from_db()
    assert (job.status, bool(job.error)) == ("failed", True)


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_leaves_the_job_waiting(street_clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*arguments: Any, **options: Any) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(jobs.current_app, "send_task", away)
    job = start("tests.count", street_clerk, to=1)
    assert status(job) == "pending"
    sent: list[Any] = []
    monkeypatch.setattr(jobs.current_app, "send_task", lambda *arguments, **options: sent.append(arguments))
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    assert revive() == (1, 0)
    assert sent == [("tests.count",)]


def test_a_job_that_is_not_committed_is_not_sent(street_clerk: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(LookupError):
        start("tests.unknown", street_clerk)
    assert callbacks == []
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("job_finished_has_time", {"status": "lost"}),
        ("job_finished_has_time", {"status": "done"}),
        ("job_failed_has_reason", {"status": "failed", "finished_at": timezone.now()}),
        ("job_done_within_total", {"done": 5, "total": 4}),
    ],
)
def test_the_database_keeps_the_life_in_order(rule: str, change: dict[str, Any], street_clerk: User) -> None:
    job = start("tests.count", street_clerk, to=1)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**change)


def test_a_file_that_is_no_table_is_refused_at_the_door(bureau_admin: User, as_user: Any) -> None:
    upload = SimpleUploadedFile("places.gz", b"not packed at all")
    response = as_user(bureau_admin).post(reverse("regions:region_import"), {"file": upload})
    assert response.status_code == 400
    assert "文件内容与后缀" in response.content.decode()
    assert not Job.objects.exists()
