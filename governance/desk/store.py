"""The life of a job's row: created, claimed, told of progress, finished or failed, revived when its worker is lost."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from governance.desk.mailbox import tell_of_job
from governance.desk.models import Job
from governance.kit import jobs
from governance.kit.events import Event, emit

ATTEMPTS = 3
SILENCE = timedelta(minutes=2)  # a worker that lives reports every 10 seconds
WAITING = timedelta(minutes=2)  # a pending job whose task was lost is sent again after this


class JobStore(jobs.Store):
    """Rows of `desk.Job`."""

    def create(self, name: str, *, title: str, by: Any, region: Any, arguments: dict[str, Any]) -> Job:
        """Write the row of a new job."""
        row = Job.objects.create(name=name, title=title[:200], by=by, region=region, arguments=arguments)
        emit(Event("desk.job.add", by, row, region.path, after={"name": name}))
        return row

    def claim(self, job_id: int) -> JobRun | None:
        """Take a pending job; of several deliveries exactly one succeeds."""
        now = timezone.now()
        taken = Job.objects.filter(pk=job_id, status=Job.Status.PENDING).update(
            status=Job.Status.RUNNING, started_at=now, heard_at=now, attempts=F("attempts") + 1
        )
        return JobRun(Job.objects.select_related("by").get(pk=job_id)) if taken else None


class JobRun(jobs.Run):
    """A claimed job. Progress goes out on a connection of its own, so that it shows before the work is committed."""

    INTERVAL = 0.5
    PULSE = 10.0

    def __init__(self, row: Job) -> None:
        self.row, self.by, self.arguments = row, row.by, row.arguments
        self._writer = ThreadPoolExecutor(1, thread_name_prefix=f"job-{row.pk}")
        self._last = 0.0
        self._over = threading.Event()
        self._pulse = threading.Thread(target=self._beat, daemon=True)
        self._pulse.start()

    def progress(self, message: str, done: int = 0, total: int = 0) -> None:
        """Note how far it is, at most twice a second."""
        now = time.monotonic()
        if now - self._last >= self.INTERVAL or (total and done >= total):
            self._last = now
            values = {"message": message[:200], "total": total or None, "done": min(done, total) if total else done}
            self._writer.submit(self._write, values)

    def finish(self, report: dict[str, Any]) -> None:
        """Mark the job done."""
        self._end(status=Job.Status.DONE, report=report, message="", done=Coalesce(F("total"), F("done")))

    def fail(self, reason: str) -> None:
        """Mark the job failed, with its reason."""
        self._end(status=Job.Status.FAILED, error=reason)

    def _end(self, **values: Any) -> None:
        self._over.set()
        self._writer.submit(connection.close)
        self._writer.shutdown()
        running = Job.objects.filter(pk=self.row.pk, status=Job.Status.RUNNING, attempts=self.row.attempts)
        if running.update(finished_at=timezone.now(), **values):
            tell_of_job(Job.objects.select_related("by").get(pk=self.row.pk))

    def _write(self, values: dict[str, Any]) -> None:
        running = Job.objects.filter(pk=self.row.pk, status=Job.Status.RUNNING, attempts=self.row.attempts)
        running.update(heard_at=timezone.now(), **values)

    def _beat(self) -> None:
        while not self._over.wait(self.PULSE):
            try:
                self._writer.submit(self._write, {})
            except RuntimeError:  # the writer was shut down between the two lines
                return


def revive() -> tuple[int, int]:
    """Send lost jobs again and fail those that lost their worker too often; return how many of each."""
    now = timezone.now()
    silent = Q(status=Job.Status.RUNNING, heard_at__lt=now - SILENCE)
    with transaction.atomic():
        given_up = list(Job.objects.select_for_update(of=("self",)).filter(silent, attempts__gte=ATTEMPTS))
        for row in given_up:
            row.status, row.finished_at = Job.Status.FAILED, now
            with override(row.by.language):
                row.error = _("处理进程中断了三次，已停止重试。请联系系统管理员。")
            row.save(update_fields=["status", "finished_at", "error"])
            tell_of_job(row)
        Job.objects.filter(silent).update(status=Job.Status.PENDING, done=0, total=None, message="")
        waiting = Q(status=Job.Status.PENDING) & (
            Q(heard_at=None, created_at__lt=now - WAITING) | Q(heard_at__lt=now - WAITING)
        )
        lost = list(Job.objects.filter(waiting).values_list("name", "pk"))
        for name, job_id in lost:
            transaction.on_commit(partial(jobs.send, name, job_id))
    return len(lost), len(given_up)
