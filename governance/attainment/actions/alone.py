"""A run without workers: everything that they would do, one after another, in this process."""

from __future__ import annotations

from governance.attainment.actions.chunks import State, compute_chunk
from governance.attainment.actions.finishing import finish_run
from governance.attainment.actions.runs import UNDER_WAY, prepare_run
from governance.attainment.models import AttainmentRun, RunChunk


def carry_out_here(run_id: int) -> None:
    """Prepare a run if nobody has, compute what chunks nobody is at, and finish it; workers may do so at the same time."""
    prepare_run(run_id)
    chunks = RunChunk.objects.filter(run=run_id, status__in=(State.TODO, State.RUNNING), run__status__in=UNDER_WAY)
    skipped: set[int] = set()
    while number := chunks.exclude(number__in=skipped).values_list("number", flat=True).first():
        before = _attempts(run_id, number)
        compute_chunk(run_id, number)
        if _attempts(run_id, number) == before:  # somebody else is at it
            skipped.add(number)
    if AttainmentRun.objects.filter(pk=run_id, status__in=UNDER_WAY).exists():
        finish_run(run_id)


def _attempts(run_id: int, number: int) -> int:
    return int(RunChunk.objects.values_list("attempts", flat=True).get(run=run_id, number=number))
