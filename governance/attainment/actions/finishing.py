"""The end of a run: the places above the chunks, the checks, and the moment at which its numbers become those that are read.

Every step is one transaction that notes itself in the report, so that whoever goes on after a death does none twice.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from django.db import Error, connection, transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.attainment.actions import locks
from governance.attainment.actions.failures import forget_failures
from governance.attainment.actions.runs import (
    ATTEMPTS,
    Status,
    Superseded,
    fail_run,
    milliseconds_since,
    program_failed,
)
from governance.attainment.actions.sending import FINISH, send
from governance.attainment.actions.telling import tell_of_run
from governance.attainment.engine import rebuild
from governance.attainment.engine.counts import count_again
from governance.attainment.engine.drift import drift_of
from governance.attainment.models import AttainmentRun, RunChunk
from governance.attainment.sources import marks

NAMED = 3  # as many cells as the log names
SAMPLE = 200
#: runs before which nothing has changed unseen; one that was started because of changes has nothing to be compared with
_COMPARED = (AttainmentRun.Cause.NIGHTLY, AttainmentRun.Cause.PERSON)

log = logging.getLogger(__name__)


class CountsDiffer(Exception):
    """Numbers counted in another way are not those that were computed; the text names some."""


def finish_run(run_id: int) -> None:
    """Finish a run whose chunks are all done, unless somebody is at it; what goes wrong ends on its row."""
    with locks.held(locks.FINISH, run_id) as free:
        run = _claim(run_id) if free else None
        again = run is not None and not _attempted(run)
    if again:
        send(FINISH, run_id)


def _claim(run_id: int) -> AttainmentRun | None:
    """Take the end of a run; the lock is ours, so one that is being checked has lost its worker."""
    runs = AttainmentRun.objects.filter(pk=run_id)
    runs.filter(status=Status.RUNNING, chunks_done=F("chunks_total")).update(status=Status.CHECKING)
    run: AttainmentRun | None = runs.filter(status=Status.CHECKING).first()
    if run is None:
        return None
    attempt = run.report.get("attempts", 0) + 1
    if attempt > ATTEMPTS:
        fail_run(run_id, _("核对和公布中断了三次，已停止重试，以前的数值仍可使用。"))
        return None
    _note(run, attempts=attempt)
    return run


def _attempted(run: AttainmentRun) -> bool:
    """Carry out what is left to do; False if it is worth another attempt."""
    try:
        _carry_out(run)
    except Superseded:
        log.info("run %s is not wanted any more", run.pk)
    except CountsDiffer as difference:
        fail_run(run.pk, str(difference), **run.report)
    except rebuild.Outdated:
        marks.mark_everything()
        fail_run(run.pk, _("政策或区划在计算中变更，这次计算作废，随后自动重新计算。"))
    except Exception as error:
        if isinstance(error, Error) and not connection.is_usable():
            connection.close()
        log.exception("end of run %s, attempt %s", run.pk, run.report["attempts"])
        if run.report["attempts"] < ATTEMPTS:
            return False
        fail_run(run.pk, program_failed())
    return True


def _carry_out(run: AttainmentRun) -> None:
    if "tops" not in run.report["steps"]:
        with transaction.atomic():
            began = time.monotonic()
            rows = rebuild.compute_tops(run)
            of_chunks = RunChunk.objects.filter(run=run).aggregate(total=Sum("milliseconds"))["total"] or 0
            _note(run, rows=rows, chunks=of_chunks, tops=milliseconds_since(began))
    with connection.cursor() as cursor:
        side = int(run.side or 0)
        cursor.execute(f"ANALYZE attainment_measurevalue_{side}, attainment_currentstatus_{side}")
    if run.cause in _COMPARED:
        _check_drift(run)
    _check_counts(run)
    with transaction.atomic():
        locks.wait_for_refresh()
        _note(run, status=Status.DONE, finished_at=timezone.now())
        rebuild.publish(run)
        marks.drop(run)
        tell_of_run(run.pk)
    forget_failures()
    log.info("run %s is published: rows=%d report=%s", run.pk, run.rows, run.report)


def _check_drift(run: AttainmentRun) -> None:
    began = time.monotonic()
    found = drift_of(run)
    run.report["drift"] = None if found is None else found.rows
    run.report["drift_cells"] = [] if found is None else found.cells
    _note(run, drift=milliseconds_since(began))
    if found is not None and found.rows:
        log.error("run %s: %d rows differ from what was read: %s", run.pk, found.rows, found.cells[:NAMED])


def _check_counts(run: AttainmentRun) -> None:
    began = time.monotonic()
    found = count_again(run, SAMPLE)
    run.report["counted"], run.report["miscounted"] = found.counted, found.wrong
    _note(run, counts=milliseconds_since(began))
    if found.wrong:
        log.error("run %s: %d numbers were counted differently: %s", run.pk, len(found.wrong), found.wrong[:NAMED])
        text = _(
            "抽查 %(counted)s 处，%(wrong)s 处不符，没有公布，以前的数值仍可使用。"
        )  # which ones: in the report, by scope
        raise CountsDiffer(text % {"counted": found.counted, "wrong": len(found.wrong)})


def _note(run: AttainmentRun, *, attempts: int = 0, rows: int = 0, **values: Any) -> None:
    """Write the report, the milliseconds of a step and values of the row, unless the run is over."""
    row = {name: values.pop(name) for name in ("status", "finished_at") if name in values}
    run.report.setdefault("steps", {}).update(values)
    run.report["attempts"] = attempts or run.report["attempts"]
    checking = AttainmentRun.objects.filter(pk=run.pk, status=Status.CHECKING)
    if not checking.update(report=run.report, rows=F("rows") + rows, heard_at=timezone.now(), **row):
        raise Superseded
    run.rows += rows
