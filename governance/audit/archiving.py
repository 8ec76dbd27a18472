"""Moves old months of the trail to files that still verify: the only road by which rows leave the database.

A file is compressed JSON lines: a seal as an object, then its rows as the texts that were sealed. Months move whole, in
the order of their seals, when all that is in them is older than the setting `AUDIT_DAYS`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.utils import timezone

from governance.audit.models import AuditArchive, AuditSeal
from governance.audit.sealing import LOCK, STREAMS, Stretch, digest_of, stretches, texts_of

LEAST = 180  # days that the trail stays in the database, whatever the setting says; the database asks for them too
_KEPT = [
    "id",
    "at",
    "form",
    "from_transaction",
    "to_transaction",
    "after_event",
    "after_change",
    "last_event",
    "last_change",
    "events",
    "changes",
    "last_at",
    "digest",
    "previous",
    "signature",
]


class Touched(Exception):
    """Rows or a seal are not what was sealed: nothing is moved before somebody has looked."""


def archive(today: date | None = None) -> list[AuditArchive]:
    """Move the months that are old enough; return the new archives."""
    if settings.AUDIT_DAYS < LEAST:
        raise ImproperlyConfigured(f"AUDIT_DAYS is {settings.AUDIT_DAYS}: the trail stays for {LEAST} days at least")
    until = ((today or timezone.localdate()) - timedelta(days=settings.AUDIT_DAYS)).replace(day=1)
    made = []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        for (month, *_numbering), seals in groupby(_old(until), key=lambda each: each[0]):
            made.append(_move(month, [(seal, stretch) for _key, seal, stretch in seals]))
    return made


def folder() -> Path:
    """Return where the files are, in the private store."""
    return Path(settings.PRIVATE_ROOT) / "audit"


def lines_of(path: Path) -> Iterator[str]:
    """Yield the lines of a file without their ends."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.removesuffix("\n")


def sha256_of(path: Path) -> str:
    """Return the checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _old(until: date) -> Iterator[tuple[tuple[Any, ...], AuditSeal, Stretch]]:
    """Yield the seals whose months are over and old enough, from the first on, with month and numbering before each."""
    month, seals = date.min, list(AuditSeal.objects.defer("prints").order_by("pk"))
    for seal, stretch in zip(seals, stretches(seals), strict=True):
        month = max(month, timezone.localtime(seal.last_at).date().replace(day=1))
        if month >= until:
            return
        yield (month, seal.after_event, seal.after_change), seal, stretch


def _move(month: date, sealed: list[tuple[AuditSeal, Stretch]]) -> AuditArchive:
    """Write the file of a month, put it on record, and take its rows out."""
    seals, whole = [seal for seal, _stretch in sealed], sealed[0][1]
    first, last = seals[0], seals[-1]
    part = AuditArchive.objects.filter(month=month).count() + 1
    path = folder() / f"audit-{month:%Y-%m}-{part}.jsonl.gz"
    _write(path, sealed)
    made = AuditArchive.objects.create(
        at=timezone.now(), month=month, part=part, name=path.name, sha256=sha256_of(path),
        first_seal=first.pk, last_seal=last.pk, from_transaction=first.from_transaction,
        to_transaction=last.to_transaction, after_event=first.after_event, after_change=first.after_change,
        last_event=last.last_event, last_change=last.last_change, events=sum(each.events for each in seals),
        changes=sum(each.changes for each in seals), first_previous=first.previous, last_digest=last.digest,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL governance.archiving = 'on'")
        for stream, (table, _form) in STREAMS.items():
            cursor.execute(
                f"DELETE FROM {table} WHERE transaction >= %s AND transaction < %s AND id > %s AND id <= %s",  # noqa: S608
                [made.from_transaction, made.to_transaction, whole.above[stream], whole.up_to[stream]],
            )
            if cursor.rowcount != getattr(made, f"{stream}s"):
                raise Touched(
                    f"{path.name}: {cursor.rowcount} rows of {table} instead of {getattr(made, f'{stream}s')}"
                )
        cursor.execute("DELETE FROM audit_auditseal WHERE id BETWEEN %s AND %s", [made.first_seal, made.last_seal])
        cursor.execute("SET LOCAL governance.archiving = 'off'")
    return made


def _write(path: Path, sealed: list[tuple[AuditSeal, Stretch]]) -> None:
    """Write the file beside its place, see that it holds what was sealed, and put it there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    waiting = path.with_suffix(".part")
    with open(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
        with gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as file:
            for seal, stretch in sealed:
                _write_seal(file, seal, stretch)
        raw.flush()
        os.fsync(raw.fileno())
    waiting.replace(path)


def _write_seal(file: gzip.GzipFile, seal: AuditSeal, stretch: Stretch) -> None:
    values = {name: getattr(seal, name) for name in _KEPT}
    said = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
    file.write(json.dumps({"seal": said}).encode() + b"\n")

    def written() -> Iterator[bytes]:
        for text in texts_of(stretch):
            file.write(text.encode() + b"\n")
            yield hashlib.sha256(text.encode()).digest()

    if digest_of(seal.previous, written()) != seal.digest:
        raise Touched(f"seal {seal.pk}: its rows are not what was sealed; run manage.py verify_audit")
