"""The life of a run: started, prepared, failed. Its chunks are told in `chunks`, its end in `finishing`."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.attainment.actions import locks
from governance.attainment.actions.sending import CHUNK, FINISH, RUN, send
from governance.attainment.actions.telling import tell_of_run
from governance.attainment.engine import rebuild
from governance.attainment.models import AttainmentRun
from governance.attainment.sources import marks
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit

Status, Cause = AttainmentRun.Status, AttainmentRun.Cause
UNDER_WAY = (Status.PENDING, Status.RUNNING, Status.CHECKING)
ATTEMPTS = 3  # of a chunk, and of the end of a run
_PATIENCE = "2s"  # for readers and writers of the side that is emptied
_TRIES, _PAUSE = 5, 0.5
_LOCK_NOT_AVAILABLE, _DEADLOCK = "55P03", "40P01"
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=15), timedelta(hours=1)  # after runs that failed

log = logging.getLogger(__name__)


class Superseded(Exception):
    """The run is over, or somebody else has taken its work: nothing is written any more."""


def program_failed() -> str:
    """Return what a person is told of a fault whose details are in the log."""
    return _("程序出错，数值没有更新，以前的数值仍可使用。请把编号告诉系统管理员。")


def start_run(*, by: Any, cause: str = Cause.PERSON) -> AttainmentRun:
    """Write the row of a new run and send its task on commit; `DomainError` while another one is under way."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                run = AttainmentRun.objects.create(cause=cause, by=by)
        except IntegrityError as error:
            raise DomainError(_("已有一次计算正在进行。"), code="busy") from error
        if cause == Cause.PERSON:
            emit(Event("attainment.attainmentrun.add", by, run, after={"cause": cause}))
        send(RUN, run.pk)
    return run


def add_attainment_run(*, by: Any) -> AttainmentRun:
    """Start a run because a person wants it."""
    return start_run(by=by)


def under_way() -> AttainmentRun | None:
    """Return the run that is under way, if there is one."""
    found: AttainmentRun | None = AttainmentRun.objects.filter(status__in=UNDER_WAY).first()
    return found


def may_start_by_itself() -> bool:
    """Return whether nobody has to be waited for: after runs that failed one after another, longer and longer."""
    last = list(AttainmentRun.objects.order_by("-pk").values_list("status", "finished_at")[:10])
    failed = 0
    while failed < len(last) and last[failed][0] == Status.FAILED:
        failed += 1
    if not failed:
        return True
    wait = min(_FIRST_WAIT * 2 ** (failed - 1), _LONGEST_WAIT)
    return bool(timezone.now() - last[0][1] >= wait)


def prepare_run(run_id: int, *, only: Collection[str] = ()) -> bool:
    """Empty the other side, cut the work into chunks and send them, all at once; False if it could not be done yet.

    `only`: see `rebuild.prepare`.
    """
    for _attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return _prepared(run_id, only)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) not in (_LOCK_NOT_AVAILABLE, _DEADLOCK):
                raise
            time.sleep(_PAUSE)
        except Exception:
            log.exception("run %s could not be prepared", run_id)
            fail_run(run_id, program_failed())
            return True
    log.warning("run %s waits: somebody uses the side that it has to empty", run_id)
    return False


def _prepared(run_id: int, only: Collection[str]) -> bool:
    began, now = time.monotonic(), timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_PATIENCE])
    locks.wait_for_refresh()  # whose marks are gone: what it reads must be as old as what the run reads
    claimed = AttainmentRun.objects.filter(pk=run_id, status=Status.PENDING).update(
        status=Status.RUNNING, started_at=now, heard_at=now
    )
    if not claimed:
        return True
    run = AttainmentRun.objects.get(pk=run_id)
    taken = marks.take(run)
    chunks = rebuild.prepare(run, only=only)
    run.report = {"marks": taken, "steps": {"prepare": milliseconds_since(began)}}
    run.save(update_fields=["side", "chunks_total", "months", "report"])
    for chunk in chunks:
        send(CHUNK, run_id, chunk.number)
    if not chunks:
        send(FINISH, run_id)
    return True


def fail_run(run_id: int, reason: str, **report: Any) -> bool:
    """Mark a run failed and set its marks free; the numbers stay as they were. False if it was over already."""
    with transaction.atomic():
        run = AttainmentRun.objects.select_for_update().filter(pk=run_id, status__in=UNDER_WAY).first()
        if run is None:
            return False
        run.status, run.error, run.finished_at = Status.FAILED, reason, timezone.now()
        run.report |= report
        run.save(update_fields=["status", "error", "finished_at", "report"])
        marks.release(run)
        tell_of_run(run.pk)
    log.error("run %s failed: %s", run_id, reason)
    return True


def milliseconds_since(began: float) -> int:
    """Return how long something took that began at this reading of the monotonic clock."""
    return round((time.monotonic() - began) * 1000)
