"""One chunk of a run: taken by one worker at a time, computed and marked done in one transaction, tried three times."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from django.db import Error, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.attainment.actions import locks
from governance.attainment.actions.runs import (
    ATTEMPTS,
    Status,
    Superseded,
    fail_run,
    milliseconds_since,
    program_failed,
)
from governance.attainment.actions.sending import CHUNK, FINISH, send
from governance.attainment.engine import rebuild
from governance.attainment.models import AttainmentRun, RunChunk
from governance.attainment.sources import marks

State = RunChunk.Status

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Fault:
    """Why a chunk was not computed; `final`: another attempt would not help."""

    reason: str
    final: bool = False


def compute_chunk(run_id: int, number: int) -> None:
    """Compute a chunk unless it is done, or somebody is at it; what goes wrong ends on its row and on the run's."""
    key = RunChunk.objects.filter(run=run_id, number=number).values_list("pk", flat=True).first()
    if key is None:
        return
    with locks.held(locks.CHUNK, key) as free:
        attempt = _claim(key) if free else 0
        fault = _attempted(run_id, key, attempt) if attempt else None
    if fault is not None:  # after the lock is let go, or the next attempt would find it held
        _put_back(run_id, key, attempt, fault)


def _claim(key: int) -> int:
    """Take a chunk and return which attempt this is; 0 where there is nothing to do. The lock is ours: nobody is at it."""
    open_ = RunChunk.objects.filter(pk=key, status__in=(State.TODO, State.RUNNING), run__status=Status.RUNNING)
    taken = open_.filter(attempts__lt=ATTEMPTS).update(
        status=State.RUNNING, attempts=F("attempts") + 1, heard_at=timezone.now()
    )
    if taken:
        return int(RunChunk.objects.values_list("attempts", flat=True).get(pk=key))
    if lost := open_.values_list("run_id", "number").first():
        give_up(*lost)
    return 0


def give_up(run_id: int, number: int) -> None:
    """Fail a run one of whose chunks has lost its worker too often."""
    reason = _("第 %(number)s 块的处理进程中断了三次，已停止重试，以前的数值仍可使用。") % {"number": number}
    RunChunk.objects.filter(run=run_id, number=number).update(status=State.FAILED, error=reason)
    fail_run(run_id, reason)


def _attempted(run_id: int, key: int, attempt: int) -> _Fault | None:
    try:
        _carry_out(run_id, key, attempt)
    except Superseded:
        log.info("chunk %s of run %s is not wanted any more", key, run_id)
    except rebuild.Outdated:
        marks.mark_everything()  # whatever has changed: the numbers are to be computed as it is now
        return _Fault(_("政策或区划在计算中变更，这次计算作废，随后自动重新计算。"), final=True)
    except Exception as error:
        if isinstance(error, Error) and not connection.is_usable():
            connection.close()
        log.exception("chunk %s of run %s, attempt %s", key, run_id, attempt)
        return _Fault(program_failed())
    return None


def _carry_out(run_id: int, key: int, attempt: int) -> None:
    began = time.monotonic()
    with transaction.atomic():
        run, chunk = AttainmentRun.objects.get(pk=run_id), RunChunk.objects.get(pk=key)
        rebuild.compute_chunk(run, chunk)
        now = timezone.now()
        done = RunChunk.objects.filter(pk=key, status=State.RUNNING, attempts=attempt).update(
            status=State.DONE, rows=chunk.rows, milliseconds=milliseconds_since(began), error="", heard_at=now
        )  # fmt: skip
        running = AttainmentRun.objects.filter(pk=run_id, status=Status.RUNNING)
        if not done or not running.update(chunks_done=F("chunks_done") + 1, rows=F("rows") + chunk.rows, heard_at=now):
            raise Superseded
        if running.filter(chunks_done=F("chunks_total")).exists():
            send(FINISH, run_id)


def _put_back(run_id: int, key: int, attempt: int, fault: _Fault) -> None:
    """Let a chunk be tried again, or give the run up. Without a database `reviving` does it, when there is one again."""
    mine = RunChunk.objects.filter(pk=key, status=State.RUNNING, attempts=attempt)
    if fault.final or attempt >= ATTEMPTS:
        mine.update(status=State.FAILED, error=fault.reason, heard_at=timezone.now())
        fail_run(run_id, fault.reason)
    elif mine.update(status=State.TODO, error=fault.reason, heard_at=timezone.now()):
        send(CHUNK, run_id, int(RunChunk.objects.values_list("number", flat=True).get(pk=key)))
