"""The life of a run: started once, prepared, computed in chunks, finished; whatever comes twice or is lost does no harm."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from governance.accounts.models import User
from governance.attainment.actions import alone, chunks, locks, reviving, runs, sending, start_run
from governance.attainment.actions.calendar import start_nightly, start_of_month
from governance.attainment.engine import rebuild
from governance.attainment.models import AttainmentRun, ComputedArea, DirtyMark, MeasureValue, RunChunk
from governance.audit.models import AuditEvent
from governance.kit.errors import DomainError
from governance.policies.models import Policy
from tests.attainment.computed import Messages, computed, elsewhere, marks, number
from tests.factories.places import Tree
from tests.trial.models import Group

pytestmark = pytest.mark.django_db(transaction=True)


def later(run: AttainmentRun, seconds: int) -> None:
    """Let time pass for a run."""
    past = timezone.now() - timedelta(seconds=seconds)
    AttainmentRun.objects.filter(pk=run.pk).update(heard_at=past, created_at=past)
    RunChunk.objects.filter(run=run).update(heard_at=past)


def test_a_run_computes_and_publishes_everything(places: Tree, messages: Messages) -> None:
    assert marks()
    run = computed(messages)
    assert (run.status, run.error, run.chunks_done, run.chunks_total) == ("done", "", 2, 2)
    assert run.rows == MeasureValue.objects.filter(side=run.side).count() == 6 * run.months
    assert (marks(), DirtyMark.objects.count()) == (0, 0)
    assert [number(place) for place in (places.community, places.street, places.next_street, places.county)] == [
        2,
        4,
        1,
        5,
    ]
    assert set(run.report["steps"]) == {"prepare", "chunks", "tops", "drift", "counts"}
    assert (run.report["drift"], run.report["counted"], run.report["miscounted"]) == (None, 200, [])
    again = computed(messages)
    assert (again.status, again.side, again.report["drift"]) == ("done", 1 - int(run.side or 0), 0)
    assert ComputedArea.objects.get(current=True).run == again


def test_of_two_runs_one_is_refused(places: Tree, messages: Messages) -> None:
    first = start_run(by=None)
    with pytest.raises(DomainError, match="已有一次计算正在进行") as refused:
        start_run(by=None)
    assert refused.value.code == "busy"
    assert start_nightly() is None
    messages.deliver()
    assert start_nightly() is not None
    first.refresh_from_db()
    assert first.status == "done"


def test_of_many_at_once_one_is_started(places: Tree, messages: Messages) -> None:
    def attempt() -> int:
        try:
            return int(start_run(by=None).pk)
        except DomainError:
            return 0

    threads, found = [], []
    for _number in range(6):
        thread = threading.Thread(target=lambda: found.append(elsewhere(attempt)))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    assert sorted(map(bool, found)) == [False] * 5 + [True]
    assert messages.names() == [sending.RUN]


def test_a_person_who_starts_a_run_is_on_the_trail(places: Tree, messages: Messages) -> None:
    user = User.objects.create_user("somebody", "a long enough phrase", name="某人", region=places.county)
    run = start_run(by=user)
    event = AuditEvent.objects.get(action="attainment.attainmentrun.add")
    assert (event.actor, event.record_id, event.region_path) == (user, str(run.pk), places.county.path)


def test_everything_that_comes_twice_is_done_once(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    real = rebuild.compute_chunk
    monkeypatch.setattr(rebuild, "compute_chunk", lambda run, chunk: (calls.append(chunk.number), real(run, chunk)))
    run = start_run(by=None)
    for _step in range(6):
        messages.extend(list(messages))
        messages.deliver(most=len(messages))
    run.refresh_from_db()
    assert (run.status, sorted(calls)) == ("done", [1, 2])
    messages.extend([(sending.RUN, (run.pk,)), (sending.CHUNK, (run.pk, 1)), (sending.FINISH, (run.pk,))])
    messages.deliver()
    assert sorted(calls) == [1, 2]
    assert run.rows == MeasureValue.objects.filter(side=run.side).count()


def test_a_chunk_in_two_threads_is_computed_once(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start_run(by=None)
    messages.deliver(most=1)
    begun, go, calls = threading.Event(), threading.Event(), []
    real = rebuild.compute_chunk

    def slowly(run: AttainmentRun, chunk: RunChunk) -> None:
        calls.append(chunk.attempts)
        begun.set()
        assert go.wait(20)
        real(run, chunk)

    monkeypatch.setattr(rebuild, "compute_chunk", slowly)
    first = threading.Thread(target=elsewhere, args=(lambda: chunks.compute_chunk(run.pk, 1),))
    first.start()
    assert begun.wait(20)
    assert elsewhere(lambda: chunks.compute_chunk(run.pk, 1)) is None  # returns at once
    later(run, 60)
    assert reviving.revive_run() == 0  # somebody is at it, however long
    go.set()
    first.join()
    assert calls == [1]
    assert RunChunk.objects.get(run=run, number=1).status == "done"


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


def test_what_changes_meanwhile_ends_the_run_and_marks_everything(places: Tree, messages: Messages) -> None:
    run = start_run(by=None)
    messages.deliver(most=1)
    Policy.objects.get().indicators.filter(slug="held").update(numerator="stock(trial_posts.in_post)")
    DirtyMark.objects.free().delete()
    messages.deliver()
    run.refresh_from_db()
    assert run.status == "failed"
    assert "政策" in run.error
    assert DirtyMark.objects.free().filter(region=None).exists()


def test_marks_made_meanwhile_stay(places: Tree, messages: Messages) -> None:
    run = start_run(by=None)
    messages.deliver(most=1)
    taken = DirtyMark.objects.filter(run=run).count()
    assert (taken, marks()) == (run_marks(run), 0)
    Group.objects.create(home=places.community)
    free = marks()
    messages.deliver()
    assert marks() == free > 0


def run_marks(run: AttainmentRun) -> int:
    return int(AttainmentRun.objects.get(pk=run.pk).report["marks"])


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


def test_a_run_may_do_without_workers(places: Tree, messages: Messages) -> None:
    run = start_run(by=None)
    with locks.held(locks.CHUNK, 0):  # of somebody else
        alone.carry_out_here(run.pk)
    run.refresh_from_db()
    assert run.status == "done"


def test_where_there_is_no_policy_nothing_is_computed(
    transactional_db: None, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = computed(messages)
    assert (run.status, run.chunks_total, run.rows) == ("done", 0, 0)
    assert not ComputedArea.objects.exists()


def test_a_new_month_is_opened_once(places: Tree, messages: Messages) -> None:
    assert start_of_month() is None  # nothing is computed yet, which is not a matter of the month
    run = computed(messages)
    assert start_of_month() is None
    ComputedArea.objects.filter(run=run).update(last=ComputedArea.objects.get(current=True).last - 1)
    opened = start_of_month()
    assert opened is not None
    assert opened.cause == "month"
    messages.deliver()
    assert start_of_month() is None


def test_a_broker_that_is_away_loses_nothing(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*arguments: Any, **options: Any) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(sending.current_app, "send_task", away)
    run = start_run(by=None)
    run.refresh_from_db()
    assert run.status == "pending"
