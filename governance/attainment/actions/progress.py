"""How far a run is, for pages and terminals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from governance.attainment.actions.runs import UNDER_WAY, Status
from governance.attainment.models import AttainmentRun, RunChunk


@dataclass(frozen=True)
class Progress:
    """Chunks by state, how long it has taken, how many chunks a second, and how long the others will take."""

    run: AttainmentRun
    states: dict[str, int]
    elapsed: timedelta | None
    rate: float | None
    left: timedelta | None

    @property
    def alive(self) -> bool:
        """Whether it is under way."""
        return self.run.status in UNDER_WAY

    @property
    def unheard(self) -> bool:
        """Whether no worker has taken it."""
        return self.run.status == Status.PENDING


def progress_of(run: AttainmentRun) -> Progress:
    """Return how far a run is; one query beside its row."""
    counted = RunChunk.objects.filter(run=run).order_by().values_list("status").annotate(Count("pk"))
    found = dict(counted)
    states = {status: found.get(status, 0) for status in RunChunk.Status.values}
    elapsed = (run.finished_at or timezone.now()) - run.started_at if run.started_at else None
    rate = run.chunks_done / elapsed.total_seconds() if elapsed and run.chunks_done else None
    missing = run.chunks_total - run.chunks_done
    left = timedelta(seconds=missing / rate) if rate and missing and run.status == Status.RUNNING else None
    return Progress(run, states, elapsed, rate, left)
