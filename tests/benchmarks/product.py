"""The product's engine as the benchmark asks it: rebuild, refresh, read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from governance.attainment.engine import rebuild as steps
from governance.attainment.engine import refresh
from governance.attainment.models import AttainmentRun, RunChunk
from governance.attainment.sources.marks import Dirty

_CLAIM = """
    UPDATE attainment_runchunk SET status = 'running', attempts = attempts + 1 WHERE id = (
        SELECT id FROM attainment_runchunk WHERE run_id = %s AND status = 'todo'
        ORDER BY communities DESC, number LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id
"""
_VALUES = """
    SELECT v.month, v.amounts, v.known FROM attainment_measurevalue v
    JOIN attainment_computedarea a ON a.side = v.side AND a.current
    WHERE v.region_id = %s AND v.month BETWEEN a.first AND a.last ORDER BY v.month
"""
_STATUSES = """
    SELECT s.indicator_id, s.month, s.status, s.numerator, s.denominator, s.provisional FROM attainment_currentstatus s
    JOIN attainment_computedarea a ON a.side = s.side AND a.current WHERE s.region_id = %s
"""
_CHILDREN = """
    SELECT r.code, s.indicator_id, s.status, s.numerator, s.denominator, s.provisional FROM regions_region r
    JOIN attainment_currentstatus s ON s.region_id = r.id
    JOIN attainment_computedarea a ON a.side = s.side AND a.current WHERE r.parent_id = %s
"""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild took: seconds, rows written, and the most memory of any worker in MB."""

    seconds: float
    rows: int
    memory: float


class Workers:
    """Processes that wait for chunks of a run."""

    def __init__(self, processes: list[subprocess.Popen[str]]) -> None:
        self.processes = processes

    def hear(self) -> list[str]:
        """Return the next line of each; raises `RuntimeError` when one has died."""
        lines = [process.stdout.readline().strip() for process in self.processes if process.stdout]
        if not all(lines):
            raise RuntimeError("a worker has died")
        return lines

    def tell(self, text: str) -> None:
        """Send a line to each."""
        for process in self.processes:
            if process.stdin:
                process.stdin.write(f"{text}\n")
                process.stdin.flush()


@contextmanager
def workers(count: int) -> Iterator[Workers]:
    """Start workers on the database of the connection, and end them."""
    command = [sys.executable, "-m", "tests.benchmarks.worker", str(connection.settings_dict["NAME"])]
    pipe = subprocess.PIPE
    started = Workers([subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _number in range(count)])
    try:
        started.hear()
        yield started
    finally:
        for process in started.processes:
            process.communicate()  # the end of its input ends it


def rebuild(by: Workers) -> Rebuilt:
    """Compute and store everything, and make it what is read."""
    started = perf_counter()
    with transaction.atomic():
        run = AttainmentRun.objects.create(cause=AttainmentRun.Cause.PERSON, status=AttainmentRun.Status.RUNNING)
        steps.prepare(run)
        run.save()
    by.tell(str(run.pk))
    memory = max(float(line.split()[1]) for line in by.hear())
    with transaction.atomic():
        steps.compute_tops(run)
    with transaction.atomic():
        steps.publish(run)
        run.status, run.finished_at = AttainmentRun.Status.DONE, timezone.now()
        run.save()
    seconds = perf_counter() - started
    return Rebuilt(seconds, rows_stored(), memory)


def compute_chunks(key: int) -> int:
    """Compute chunks of a run until no worker has left one; return how many."""
    run, done = AttainmentRun.objects.get(pk=key), 0
    while (chunk := _claimed(run)) is not None:
        with transaction.atomic():
            steps.compute_chunk(run, chunk)
            chunk.status = RunChunk.Status.DONE
            chunk.save()
        done += 1
    return done


def _claimed(run: AttainmentRun) -> RunChunk | None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [run.pk])
        row = cursor.fetchone()
    return None if row is None else RunChunk.objects.get(pk=row[0])


def rows_stored() -> int:
    """Return how many rows of numbers are current."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM attainment_measurevalue WHERE side = (SELECT side FROM attainment_computedarea"
            " WHERE current LIMIT 1)"
        )
        return int(cursor.fetchone()[0])


def make_visible(dirty: Mapping[int, int], by: Workers) -> float:
    """Bring the numbers up to date after changes at places, each from a month on; return the seconds."""
    started = perf_counter()
    try:
        with transaction.atomic():
            refresh.refresh(Dirty(single=dict(dirty)))
    except refresh.TooMany:
        rebuild(by)
    return perf_counter() - started


def dashboard(region: int) -> float:
    """Return the seconds of the SQL for a place's page: all months and how all indicators stand."""
    return sql_seconds(lambda: [_rows(_VALUES, region), _rows(_STATUSES, region)])


def ranking(region: int) -> float:
    """Return the seconds of the SQL for a place's children by all indicators."""
    return sql_seconds(lambda: _rows(_CHILDREN, region))


def sql_seconds(work: Callable[[], Any]) -> float:
    """Return the seconds that the statements of some work take, whatever is done with their rows."""
    taken = 0.0

    def timed(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal taken
        started = perf_counter()
        try:
            return execute(*args)
        finally:
            taken += perf_counter() - started

    with connection.execute_wrapper(timed):
        work()
    return taken


def _rows(query: str, region: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, [region])
        found = cursor.fetchall()
    if not found:
        raise LookupError(f"nothing is stored of region {region}")
    return list(found)
