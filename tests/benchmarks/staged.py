"""A file on its way through the staged import, step by step, and a bare COPY of what came of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Model

from governance.accounts.models import User
from governance.desk.importing import checking, confirming, receiving
from governance.desk.models import ImportBatch
from governance.kit import jobs
from governance.kit.imports import reading
from governance.kit.listing import Listing
from tests.benchmarks.backend import processor_seconds


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the clock, and of processors: this process and the server's for it."""

    seconds: float
    processors: float


def through(listing: Listing, clerk: User, data: bytes, rows: int, good: int) -> dict[str, float]:
    """Return the seconds of each step on an empty table, and how many rows are not as they should be."""
    model = listing.model
    table = model._meta.db_table
    connection.cursor().execute(f"TRUNCATE {table} CASCADE")
    read = spent(lambda: reading.read(data, "a.xlsx", rows))
    starting, jobs.start = jobs.start, lambda *given, **named: None  # nothing is left to a worker here
    try:
        batch = receiving.Imports().receive(listing, SimpleUploadedFile("a.xlsx", data), by=clerk)
    finally:
        jobs.start = starting
    check = spent(lambda: checking.check(batch.pk, by=clerk))
    batch.refresh_from_db()
    ImportBatch.objects.filter(pk=batch.pk).update(state="confirming")
    confirm = spent(lambda: confirming.confirm(batch.pk, by=clerk))
    batch.refresh_from_db()
    wrong = abs(model._default_manager.count() - good) + abs(batch.added - good)
    copied, names = _copied(model)
    connection.cursor().execute(f"TRUNCATE {table} CASCADE")
    copy = spent(lambda: _copy(table, names, copied))
    connection.cursor().execute(f"CREATE TABLE bare_rows (LIKE {table})")  # no index, no rule but NOT NULL
    connection.cursor().execute("ALTER TABLE bare_rows ALTER id DROP NOT NULL")
    bare = spent(lambda: _copy("bare_rows", names, copied))
    connection.cursor().execute("DROP TABLE bare_rows")
    return {
        "read": read.seconds,
        "check": check.seconds,
        "confirm": confirm.seconds,
        "processors": check.processors + confirm.processors,
        "copy": copy.seconds,
        "bare": bare.seconds,
        "bare processors": bare.processors,
        "wrong": wrong,
    }


def spent(work: Callable[[], Any]) -> Spent:
    """Return what some work takes."""
    server, own, started = processor_seconds(), process_time(), perf_counter()
    work()
    seconds = perf_counter() - started
    return Spent(seconds, process_time() - own + processor_seconds() - server)


def _copied(model: type[Model]) -> tuple[io.StringIO, str]:
    copied = io.StringIO()
    names = ", ".join(field.column for field in model._meta.concrete_fields if not field.primary_key)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {model._meta.db_table} ({names}) TO STDOUT", copied)
    return copied, names


def _copy(table: str, names: str, copied: io.StringIO) -> None:
    copied.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", copied)
