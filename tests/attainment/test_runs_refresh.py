"""Keeping up to date: what is marked is computed, what is too much becomes a run, what fails is not tried for ever."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from governance.attainment.actions import locks, refreshing, runs, start_run
from governance.attainment.actions.refreshing import refresh_marked
from governance.attainment.engine.chunks import cut
from governance.attainment.models import AttainmentRun, ComputedArea, DirtyMark, MeasureValue
from governance.attainment.sources import marks as kept_marks
from governance.policies.models import Policy
from tests.attainment.computed import Messages, computed, elsewhere, marks, number
from tests.factories.places import Tree
from tests.trial.models import Group

pytestmark = pytest.mark.django_db(transaction=True)


def above(places: Tree) -> list[int]:
    """Return the number of the community, its street and the county."""
    return [int(number(place) or 0) for place in (places.community, places.street, places.county)]


def test_a_row_shows_in_its_place_and_all_above(places: Tree, messages: Messages) -> None:
    computed(messages)
    assert above(places) == [2, 4, 5]
    group = Group.objects.create(home=places.community, since=date(2025, 6, 1))
    outcome = refresh_marked()
    assert (outcome.what, outcome.places, outcome.rows > 0) == ("done", 1, True)
    assert above(places) == [3, 5, 6]
    Group.objects.filter(pk=group.pk).update(home=places.next_community)
    assert refresh_marked().what == "done"
    assert (above(places), number(places.next_street)) == ([2, 4, 6], 2)
    group.delete()
    assert refresh_marked().what == "done"
    assert (above(places), number(places.next_street)) == ([2, 4, 5], 1)
    assert refresh_marked().what == "nothing"
    assert messages.names() == []


def test_marks_wait_for_a_run_and_are_drained_after_it(places: Tree, messages: Messages) -> None:
    computed(messages)
    run = start_run(by=None)
    Group.objects.create(home=places.community)
    assert refresh_marked().run == run
    messages.deliver(most=1)
    Group.objects.create(home=places.community)
    assert refresh_marked().what == "run"
    messages.deliver()
    assert above(places)[0] >= 3  # the first one at least: it was there before the run read anything
    assert refresh_marked().what == "done"
    assert above(places) == [4, 6, 7]


def test_a_run_waits_for_a_refresh_that_has_begun(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed(messages)
    Group.objects.create(home=places.community)
    real, begun, go = refreshing.refresh, threading.Event(), threading.Event()

    def slowly(dirty: Any) -> int:
        begun.set()
        assert go.wait(20)
        return real(dirty)

    monkeypatch.setattr(refreshing, "refresh", slowly)
    monkeypatch.setattr(runs, "_PATIENCE", "50ms")
    monkeypatch.setattr(runs, "_PAUSE", 0.01)
    thread = threading.Thread(target=elsewhere, args=(refresh_marked,))
    thread.start()
    assert begun.wait(20)
    assert refresh_marked().what == "busy"
    run = start_run(by=None)
    assert runs.prepare_run(run.pk) is False
    go.set()
    thread.join()
    messages.deliver()
    run.refresh_from_db()
    assert run.status == "done"
    assert above(places) == [3, 5, 6]


@pytest.mark.parametrize("why", ["everything", "nothing_computed", "too_many"])
def test_what_is_too_much_becomes_a_run(
    why: str, places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    if why != "nothing_computed":
        computed(messages)
    if why == "everything":
        kept_marks.mark_everything()
    elif why == "too_many":
        monkeypatch.setattr("governance.attainment.engine.refresh.FEW", 1)
        monkeypatch.setattr("governance.attainment.engine.refresh.cut", pieces)
        DirtyMark.objects.create(region=places.county, below=True)
    else:
        Group.objects.create(home=places.community)
    before = marks()
    outcome = refresh_marked()
    assert (outcome.what, marks()) == ("started", before)
    assert outcome.run is not None
    assert outcome.run.cause == "changes"
    assert refresh_marked().what == "run"
    messages.deliver()
    assert DirtyMark.objects.count() == 0
    assert refresh_marked().what == "nothing"


def pieces(root: Any) -> list[Any]:
    return cut(root, 1)


def test_runs_that_fail_are_not_started_again_and_again(places: Tree, messages: Messages) -> None:
    computed(messages)
    kept_marks.mark_everything()
    seen = []
    for _number in range(3):
        outcome = refresh_marked()
        assert outcome.run is not None
        runs.fail_run(outcome.run.pk, "停")
        assert refresh_marked().what == "waiting"
        wait = next(s for s in range(1, 4000) if may_after(s))
        seen.append(wait)
        AttainmentRun.objects.filter(status="failed").update(finished_at=timezone.now() - timedelta(hours=1))
    assert seen == sorted(seen)
    assert seen[0] >= 10
    assert seen[2] >= 3 * seen[0]
    assert refresh_marked().what == "started"


def may_after(seconds: int) -> bool:
    """Return whether a run would be started by itself when so much time has passed."""
    last = AttainmentRun.objects.latest("pk")
    assert last.finished_at is not None
    AttainmentRun.objects.filter(pk=last.pk).update(finished_at=last.finished_at - timedelta(seconds=seconds))
    try:
        return runs.may_start_by_itself()
    finally:
        AttainmentRun.objects.filter(pk=last.pk).update(finished_at=last.finished_at)


def test_a_refresh_that_fails_three_times_becomes_a_run(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed(messages)
    Group.objects.create(home=places.community)
    before, calls = marks(), []

    def broken(dirty: Any) -> int:
        calls.append(dirty)
        raise RuntimeError("a fault")

    monkeypatch.setattr(refreshing, "refresh", broken)
    found = [refresh_marked().what for _number in range(5)]
    assert found == ["failed", "failed", "failed", "started", "run"]
    assert (len(calls), marks()) == (3, before)
    messages.deliver()
    assert above(places) == [3, 5, 6]
    monkeypatch.undo()
    Group.objects.create(home=places.community)
    assert refresh_marked().what == "done"  # the failures are forgotten


def test_a_database_that_is_busy_is_no_failure(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed(messages)
    Group.objects.create(home=places.community)

    def busy(dirty: Any) -> int:
        raise OperationalError("deadlock detected")

    with monkeypatch.context() as patched:
        patched.setattr(refreshing, "refresh", busy)
        assert {refresh_marked().what for _number in range(6)} == {"failed"}
    assert refresh_marked().what == "done"


def test_a_killed_refresh_changes_nothing_and_leaves_the_marks(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed(messages)
    Group.objects.create(home=places.community)
    real = refreshing.refresh

    def killed(dirty: Any) -> int:
        real(dirty)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        raise AssertionError("the connection is gone")

    with monkeypatch.context() as patched:
        patched.setattr(refreshing, "refresh", killed)
        assert elsewhere(refresh_marked).what == "failed"
    assert (marks(), above(places)) == (1, [2, 4, 5])
    assert refresh_marked().what == "done"
    assert above(places) == [3, 5, 6]


def test_marks_of_others_who_have_not_committed_are_not_lost(places: Tree, messages: Messages) -> None:
    computed(messages)
    with transaction.atomic():
        Group.objects.create(home=places.community)
        assert elsewhere(refresh_marked).what == "nothing"
    assert refresh_marked().what == "done"
    assert above(places) == [3, 5, 6]


def test_without_a_policy_marks_go_for_nothing(places: Tree, messages: Messages) -> None:
    policy = Policy.objects.get()
    for indicator in policy.indicators.all():
        indicator.targets.all().delete()
    policy.indicators.all().delete()
    policy.delete()
    assert marks()
    assert refresh_marked().what == "done"
    assert (marks(), MeasureValue.objects.exists(), AttainmentRun.objects.exists()) == (0, False, False)


def test_whoever_refreshes_says_when(places: Tree, messages: Messages) -> None:
    computed(messages)
    before = ComputedArea.objects.get(current=True).refreshed_at
    Group.objects.create(home=places.community)
    refresh_marked()
    after = ComputedArea.objects.get(current=True).refreshed_at
    assert before is not None
    assert after is not None
    assert after > before
    with transaction.atomic():
        assert locks.try_refresh()
