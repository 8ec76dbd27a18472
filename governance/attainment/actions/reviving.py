"""What a killed worker, a restarted database or broker, or a deploy in the middle leaves behind is taken up again.

A worker holds a lock of the database while it is at something, so the lock of one that has died is free. A message may be
lost with the broker, or wait an hour for a worker that is gone: what nobody has begun is sent again.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.attainment.actions import locks
from governance.attainment.actions.chunks import State, give_up
from governance.attainment.actions.runs import ATTEMPTS, Status, fail_run, under_way
from governance.attainment.actions.sending import CHUNK, FINISH, RUN, send
from governance.attainment.models import AttainmentRun, RunChunk

LOST = timedelta(seconds=10)  # without progress, after which a message counts as lost
SILENCE = timedelta(hours=2)  # without progress, after which a run has failed

log = logging.getLogger(__name__)


def revive_run() -> int:
    """Send again what was lost of the run that is under way, and return how many messages that were."""
    run, now = under_way(), timezone.now()
    if run is None:
        return 0
    heard = run.heard_at or run.created_at
    if run.status == Status.PENDING:
        return _again(run, RUN, now) if heard < now - LOST else 0
    if heard < now - SILENCE:
        fail_run(run.pk, _("两小时没有进展，已停止，以前的数值仍可使用。请联系系统管理员。"))
        return 0
    if run.status == Status.RUNNING and run.chunks_done < run.chunks_total:
        return _revive_chunks(run, now)
    free = locks.number_of(run.pk) not in locks.holding(locks.FINISH)
    return _again(run, FINISH, now) if free else 0


def _again(run: AttainmentRun, name: str, now: datetime) -> int:
    if name == RUN:
        AttainmentRun.objects.filter(pk=run.pk, status=Status.PENDING).update(heard_at=now)
    log.warning("%s is sent again for run %s", name, run.pk)
    send(name, run.pk)
    return 1


def _revive_chunks(run: AttainmentRun, now: datetime) -> int:
    chunks = RunChunk.objects.filter(run=run)
    # who has begun is asked first, who holds a lock after that: a free lock then means the end, not the beginning
    begun = list(chunks.filter(status=State.RUNNING).values_list("pk", "number", "attempts"))
    held = locks.holding(locks.CHUNK)
    alive = [key for key, _number, _attempts in begun if locks.number_of(key) in held]
    lost = []
    for key, number, attempts in begun:
        if key in alive:
            continue
        same = chunks.filter(pk=key, status=State.RUNNING, attempts=attempts)
        if attempts >= ATTEMPTS:
            if same.exists():
                give_up(run.pk, number)
                return 0
        elif same.update(status=State.TODO, heard_at=now):
            lost.append(number)
    if not alive and (run.heard_at or run.created_at) < now - LOST:
        waiting = chunks.filter(status=State.TODO, heard_at__lt=now - LOST)
        lost += waiting.values_list("number", flat=True)
        waiting.update(heard_at=now)
    for number in lost:
        send(CHUNK, run.pk, number)
    if lost:
        log.warning("chunks %s of run %s are sent again", lost, run.pk)
    return len(lost)
