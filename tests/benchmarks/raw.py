"""The least that anything can cost: reading the same tables once, in parallel, with three sums of each."""

from __future__ import annotations

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
_SUMS = (
    "SELECT sum(home_id), sum(kind), sum(star) FROM trial_volunteer",
    "SELECT sum(home_id), sum(minutes), sum(beneficiaries) FROM trial_service",
    "SELECT sum(home_id), sum(kind), sum(rating) FROM trial_society",
    "SELECT sum(home_id), sum(certificate), count(left_on) FROM trial_worker",
    "SELECT sum(home_id), sum(kind), count(closed_on) FROM trial_venue",
    "SELECT sum(home_id), sum(amount), count(ended_on) FROM trial_undertaking",
    "SELECT sum(region_id), sum(value), count(until) FROM attainment_reportedfigure",
)


def raw_scan() -> float:
    """Return the seconds of sequential scans of all tables, data warm: the median of three."""
    seconds = []
    with connection.cursor() as cursor:
        for name, value in _SETTINGS.items():
            cursor.execute(f"SET {name} = {value}")
        try:
            for _round in range(_ROUNDS + 1):
                started = perf_counter()
                for statement in _SUMS:
                    cursor.execute(statement)
                    cursor.fetchone()
                seconds.append(perf_counter() - started)
        finally:
            for name in _SETTINGS:
                cursor.execute(f"RESET {name}")
    return median(seconds[1:])  # the first one warms up
