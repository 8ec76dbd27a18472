"""The life of a run: started once, prepared, computed in chunks, finished; whatever comes twice or is lost does no harm."""

from __future__ import annotations

import threading

import pytest

from governance.accounts.models import User
from governance.attainment.actions import alone, chunks, locks, reviving, sending, start_run
from governance.attainment.actions.calendar import start_nightly, start_of_month
from governance.attainment.actions.runs import fail_run
from governance.attainment.engine import rebuild
from governance.attainment.models import AttainmentRun, ComputedArea, DirtyMark, MeasureValue, RunChunk
from governance.audit.models import AuditEvent
from governance.desk.models import Message
from governance.kit.errors import DomainError
from governance.policies.models import Policy
from tests.attainment.computed import Messages, computed, elsewhere, later, marks, number
from tests.factories import make_user
from tests.factories.places import Tree
from tests.trial.models import Group

pytestmark = pytest.mark.django_db(transaction=True)


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


def told(user: User) -> list[tuple[str, str]]:
    return list(Message.objects.filter(user=user).order_by("pk").values_list("kind", "text"))


def test_who_starts_a_run_is_told_once_how_it_ended(places: Tree, messages: Messages) -> None:
    bureau_admin = make_user("bureau_admin", places.county, "bureau_admin")
    run = start_run(by=bureau_admin)
    messages.deliver()
    assert told(bureau_admin) == [("done", "")]
    assert Message.objects.get().url == run.get_absolute_url()
    again = start_run(by=bureau_admin)
    assert fail_run(again.pk, "程序出错")
    assert not fail_run(again.pk, "程序出错")
    assert told(bureau_admin) == [("done", ""), ("failed", "程序出错")]


def test_of_runs_that_start_by_themselves_nobody_is_told(places: Tree, messages: Messages) -> None:
    assert computed(messages).status == "done"
    assert fail_run(start_run(by=None).pk, "程序出错")
    assert not Message.objects.exists()
