"""The least that anything can cost: reading the same tables once, in parallel, with three sums of each."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from time import perf_counter

from django.db import connection

_ROUNDS = 3
_SETTINGS = {
    "max_parallel_workers_per_gather": "2",
    "enable_indexscan": "off",
    "enable_indexonlyscan": "off",
    "enable_bitmapscan": "off",
}
_FIGURES = "SELECT sum(region_id), sum(value), count(until) FROM attainment_reportedfigure"


def raw_scan(sums: Sequence[str]) -> float:
    """Return the seconds of sequential scans of all tables, data warm: the median of three."""
    seconds = []
    with connection.cursor() as cursor:
        for name, value in _SETTINGS.items():
            cursor.execute(f"SET {name} = {value}")
        try:
            for _round in range(_ROUNDS + 1):
                started = perf_counter()
                for statement in (*sums, _FIGURES):
                    cursor.execute(statement)
                    cursor.fetchone()
                seconds.append(perf_counter() - started)
        finally:
            for name in _SETTINGS:
                cursor.execute(f"RESET {name}")
    return median(seconds[1:])  # the first one warms up
