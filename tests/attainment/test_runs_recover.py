"""Whatever dies, fails or is late in a run: the old numbers stay, and the run goes on or says why it ended."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from governance.attainment.actions import chunks, reviving, runs, sending, start_run
from governance.attainment.engine import rebuild
from governance.attainment.models import AttainmentRun, ComputedArea, DirtyMark, MeasureValue, RunChunk
from tests.attainment.computed import Messages, computed, elsewhere, later, marks, number
from tests.factories.places import Tree
from tests.trial.models import Group

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_side_that_somebody_uses_is_waited_for(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_PATIENCE", "50ms")
    monkeypatch.setattr(runs, "_PAUSE", 0.01)
    run = start_run(by=None)
    reads, ends = threading.Event(), threading.Event()

    def reader() -> None:
        with transaction.atomic():
            list(MeasureValue.objects.filter(side=0))
            reads.set()
            assert ends.wait(20)

    thread = threading.Thread(target=elsewhere, args=(reader,))
    thread.start()
    assert reads.wait(20)
    assert runs.prepare_run(run.pk) is False
    run.refresh_from_db()
    assert (run.status, DirtyMark.objects.filter(run=run).count()) == ("pending", 0)
    ends.set()
    thread.join()
    later(run, 60)
    messages.clear()
    assert reviving.revive_run() == 1
    messages.deliver()
    run.refresh_from_db()
    assert run.status == "done"


def test_a_worker_that_died_is_recognised_by_its_lock(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start_run(by=None)
    messages.deliver(most=1)
    messages.clear()
    RunChunk.objects.filter(run=run, number=1).update(status="running", attempts=1)
    assert reviving.revive_run() == 1  # at once; the other one may still be in the queue
    assert list(messages) == [(sending.CHUNK, (run.pk, 1))]
    messages.deliver()
    assert reviving.revive_run() == 0
    later(run, 60)
    assert reviving.revive_run() == 1
    messages.deliver()
    run.refresh_from_db()
    assert run.status == "done"
    assert dict(RunChunk.objects.filter(run=run).values_list("number", "attempts")) == {1: 2, 2: 1}


def test_a_chunk_that_loses_its_worker_too_often_fails_the_run(places: Tree, messages: Messages) -> None:
    run = start_run(by=None)
    messages.deliver(most=1)
    RunChunk.objects.filter(run=run, number=2).update(status="running", attempts=runs.ATTEMPTS)
    assert reviving.revive_run() == 0
    run.refresh_from_db()
    assert run.status == "failed"
    assert "第 2 块" in run.error
    messages.deliver()
    assert not MeasureValue.objects.exists()


@pytest.mark.parametrize("step", ["compute_tops", "publish"])
def test_whoever_goes_on_with_the_end_of_a_run_does_nothing_twice(
    step: str, places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = getattr(rebuild, step)

    class Killed(BaseException):
        pass

    def killed(run: AttainmentRun) -> Any:
        real(run)
        raise Killed

    run = start_run(by=None)
    with monkeypatch.context() as patched:
        patched.setattr(rebuild, step, killed)
        with pytest.raises(Killed):
            messages.deliver()
    run.refresh_from_db()
    assert (run.status, ComputedArea.objects.filter(current=True).exists()) == ("checking", False)
    later(run, 60)
    assert reviving.revive_run() == 1
    messages.deliver()
    run.refresh_from_db()
    assert (run.status, run.rows) == ("done", MeasureValue.objects.filter(side=run.side).count())


def test_a_fault_is_tried_three_times_and_then_told_without_its_details(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = computed(messages)
    calls = []

    def broken(run: AttainmentRun, chunk: RunChunk) -> None:
        calls.append(chunk.number)
        raise RuntimeError("a fault with a secret in it")

    monkeypatch.setattr(rebuild, "compute_chunk", broken)
    Group.objects.create(home=places.community)
    free = marks()
    run = computed(messages)
    assert run.status == "failed"
    assert len(calls) <= 2 * runs.ATTEMPTS
    assert max(RunChunk.objects.filter(run=run).values_list("attempts", flat=True)) == runs.ATTEMPTS
    assert "secret" not in run.error
    assert "程序出错" in run.error
    assert marks() == free == DirtyMark.objects.count()
    assert ComputedArea.objects.get(current=True).run == before
    assert number(places.community) == 2


def test_a_database_that_goes_away_for_a_moment_costs_an_attempt(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = rebuild.compute_chunk, []

    def lost(run: AttainmentRun, chunk: RunChunk) -> None:
        calls.append(chunk.number)
        if len(calls) == 1:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        real(run, chunk)

    monkeypatch.setattr(rebuild, "compute_chunk", lost)
    run = computed(messages)
    assert (run.status, run.error) == ("done", "")
    assert sorted(RunChunk.objects.filter(run=run).values_list("attempts", flat=True)) == [1, 2]


def test_whoever_is_late_writes_nothing_into_the_next_run(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start_run(by=None)
    messages.deliver(most=1)
    real = rebuild.compute_chunk

    def late(run: AttainmentRun, chunk: RunChunk) -> None:
        real(run, chunk)
        elsewhere(lambda: runs.fail_run(run.pk, "停"))

    monkeypatch.setattr(rebuild, "compute_chunk", late)
    chunks.compute_chunk(run.pk, 1)
    assert not MeasureValue.objects.exists()
    assert RunChunk.objects.get(run=run, number=1).status == "running"


def test_a_run_without_a_sign_of_life_fails(places: Tree, messages: Messages) -> None:
    run = start_run(by=None)
    messages.deliver(most=1)
    later(run, 3 * 3600)
    reviving.revive_run()
    run.refresh_from_db()
    assert (run.status, bool(run.error), DirtyMark.objects.filter(run=run).count()) == ("failed", True, 0)


def test_a_broker_that_is_away_loses_nothing(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*arguments: Any, **options: Any) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(sending.current_app, "send_task", away)
    run = start_run(by=None)
    run.refresh_from_db()
    assert run.status == "pending"
