"""Keeping the numbers up to date: marks are drained every second, and what is too much for that becomes a run."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, transaction

from governance.attainment.actions import locks
from governance.attainment.actions.failures import count_failure, failures, forget_failures
from governance.attainment.actions.runs import Cause, may_start_by_itself, milliseconds_since, start_run, under_way
from governance.attainment.engine.areas import areas
from governance.attainment.engine.rebuild import Outdated
from governance.attainment.engine.refresh import TooMany, refresh
from governance.attainment.models import AttainmentRun, ComputedArea, DirtyMark
from governance.attainment.sources import marks
from governance.kit.errors import DomainError

TRIES = 3  # then a run has to do it

NOTHING = "nothing"  # there are no marks
BUSY = "busy"  # somebody else is at it
RUN = "run"  # a run is under way, after which the marks are drained
DONE = "done"  # the numbers are up to date
STARTED = "started"  # a run was started
WAITING = "waiting"  # a run will be started, but the last ones have failed
FAILED = "failed"  # it will be tried again

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What came of it: how many places were named, how many rows differed, how long it took, which run does it instead."""

    what: str
    places: int = 0
    rows: int = 0
    milliseconds: int = 0
    run: AttainmentRun | None = None


class _Escalate(Exception):
    """A run has to do it: the marks stay for it to take along."""


def refresh_marked() -> Outcome:
    """Bring what is marked up to date in one transaction; a killed worker leaves the marks as they were."""
    if not DirtyMark.objects.free().exists():
        return Outcome(NOTHING)
    if failures() >= TRIES:
        return _escalated()
    try:
        with transaction.atomic():
            outcome = _drained()
    except (_Escalate, TooMany, Outdated):
        return _escalated()
    except (OperationalError, InterfaceError) as error:  # locks, a database that goes away: no fault of the marks
        log.warning("refresh is tried again: %s", error)
        return Outcome(FAILED)
    except Exception:
        log.exception("refresh failed, time %s in a row", count_failure())
        return Outcome(FAILED)
    if outcome.what == DONE:
        forget_failures()
        log.info(
            "refreshed places=%d rows=%d milliseconds=%d", outcome.places, outcome.rows, outcome.milliseconds
        )  # fmt: skip
    return outcome


def _drained() -> Outcome:
    began = time.monotonic()
    if not locks.try_refresh():
        return Outcome(BUSY)
    if run := under_way():  # asked under the lock, for which a run waits before it begins
        return Outcome(RUN, run=run)
    dirty = marks.drop()
    if not dirty:
        return Outcome(NOTHING)
    places = len(dirty.single.keys() | dirty.below.keys())
    if not ComputedArea.objects.filter(current=True).exists():
        if areas():
            raise _Escalate
        return Outcome(DONE, places)  # there is no policy, so nothing is computed
    if dirty.everything:
        raise _Escalate
    rows = refresh(dirty)
    return Outcome(DONE, places, rows, milliseconds_since(began))


def _escalated() -> Outcome:
    if not may_start_by_itself():
        return Outcome(WAITING)
    try:
        return Outcome(STARTED, run=start_run(by=None, cause=Cause.CHANGES))
    except DomainError:
        return Outcome(RUN, run=under_way())
