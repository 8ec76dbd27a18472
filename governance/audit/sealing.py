"""Seals what has been written since the last seal, without keeping any writer waiting.

A seal covers all rows of a stretch of transactions, and is made when all of them are over: `pg_snapshot_xmin` is the
oldest that still runs. Whatever is committed later belongs to a later stretch, whatever key it was given earlier.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, pairwise
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from governance.audit.models import AuditArchive, AuditSeal
from governance.kit import keyring

FORM = 1
END = 2**63 - 1  # after the last number that a transaction can have
SIZE = 32  # bytes of a digest
LOCK = 7307  # the number of our advisory lock
_PURPOSE = "audit seal"
_AT_ONCE = 2000
_PRINT = 16  # bytes that a seal keeps of a row: eight of its key, eight of its digest
# A row as text, the same for ever: columns that come later are added under another form.
_EVENT = """jsonb_build_array('event', id, transaction, at, actor_id, actor_name, surface, host(address), action, model,
    record_id, record_name, region_path, before, after)"""
_CHANGE = """jsonb_build_array('change', id, transaction, at, table_name, record_id, operation, actor_id, surface,
    host(address), action, session_name, region_path, before, after)"""
ALL = {"event": END, "change": END}
STREAMS = {"event": ("audit_auditevent", _EVENT), "change": ("audit_rowchange", _CHANGE)}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Transactions [start, stop) and, of each stream, the keys (above, up to) that belong to this numbering."""

    start: int
    stop: int
    above: dict[str, int]
    up_to: dict[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the trail: its stream and key, when it was written, the digest of its text."""

    stream: str
    key: int
    at: datetime
    digest: bytes

    @property
    def print(self) -> bytes:
        """What a seal keeps of it; keys of changes are negative."""
        key = self.key if self.stream == "event" else -self.key
        return key.to_bytes(8, "big", signed=True) + self.digest[:8]


def seal() -> AuditSeal | None:
    """Seal what can be sealed and return the last seal made; None where there is nothing, or somebody else does it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return None
            horizon, last = _horizon(cursor), last_link()
        above, start = {"event": last.after_event, "change": last.after_change}, last.to_transaction
        if horizon < start:
            # the numbers have begun anew: close what the other server left, and start at 0 above its keys
            if start != END:
                last = _seal(last, Stretch(start, END, above, ALL), closing=True) or last
            above, start = {"event": last.last_event, "change": last.last_change}, 0
        return _seal(last, Stretch(start, horizon, above, ALL))


@dataclass(slots=True)
class Link:
    """The end of the chain: what the next seal is tied to."""

    digest: str = ""
    to_transaction: int = 0
    after_event: int = 0
    after_change: int = 0
    last_event: int = 0
    last_change: int = 0
    signature: str = ""
    pk: int | None = None


def last_link() -> Any:
    """Return the last seal; where all have moved to files the last of those, before the first an empty link."""
    found = AuditSeal.objects.defer("prints").order_by("-pk").first()
    if found is not None:
        return found
    archive = AuditArchive.objects.order_by("-last_seal").first()
    if archive is None:
        return Link()
    return Link(
        archive.last_digest, archive.to_transaction, archive.after_event, archive.after_change,
        archive.last_event, archive.last_change,
    )  # fmt: skip


def stretches(seals: list[AuditSeal]) -> Iterator[Stretch]:
    """Yield what each seal covers; the keys of a numbering that has ended do not reach into the next one."""
    numberings = sorted({(seal.after_event, seal.after_change) for seal in seals})
    follows = dict(pairwise(numberings))
    for seal in seals:
        own, last = (seal.after_event, seal.after_change), seals[-1]
        above = {"event": own[0], "change": own[1]}
        if own in follows:
            up_to = {"event": follows[own][0], "change": follows[own][1]}
        else:  # one that was closed, and nothing has come after it
            closed = last.to_transaction == END
            up_to = {"event": last.last_event, "change": last.last_change} if closed else ALL
        yield Stretch(seal.from_transaction, seal.to_transaction, above, up_to)


def rows_of(stretch: Stretch) -> Iterator[Row]:
    """Yield the rows of a stretch in the order in which they are sealed: events, then changes, by transaction and key."""
    return chain.from_iterable(_read(stream, stretch) for stream in STREAMS)


def texts_of(stretch: Stretch) -> Iterator[str]:
    """Yield the same rows as the text that is sealed."""
    return chain.from_iterable(
        (text for (text,) in _selected(stream, stretch, f"({form})::text"))
        for stream, (_table, form) in STREAMS.items()
    )


def digest_of(previous: str, rows: Iterable[bytes]) -> str:
    """Return the digest of a seal over the digests of its rows."""
    total = hashlib.sha256(previous.encode())
    for digest in rows:
        total.update(digest)
    return total.hexdigest()


def signature_of(digest: str) -> str:
    """Return the signature of a seal; the key is not in the database."""
    return keyring.index_of(digest, _PURPOSE).hex()


def is_signed(digest: str, signature: str) -> bool:
    """Return whether one of our keys made the signature."""
    return any(hmac.compare_digest(each.hex(), signature) for each in keyring.indexes_of(digest, _PURPOSE))


def prints_of(kept: bytes) -> list[tuple[str, int, bytes]]:
    """Return stream, key and short digest of each row that a seal covers."""
    found = []
    for at in range(0, len(kept), _PRINT):
        key = int.from_bytes(kept[at : at + 8], "big", signed=True)
        found.append(("event" if key > 0 else "change", abs(key), kept[at + 8 : at + _PRINT]))
    return found


def _seal(last: Any, stretch: Stretch, *, closing: bool = False) -> AuditSeal | None:
    """Write the seal of a stretch; where it holds no row the last one stands, unless it closes or its key is gone."""
    total, prints = hashlib.sha256(last.digest.encode()), bytearray()
    counts, keys, last_at = dict.fromkeys(STREAMS, 0), {"event": last.last_event, "change": last.last_change}, None
    for row in rows_of(stretch):
        total.update(row.digest)
        prints += row.print
        counts[row.stream] += 1
        keys[row.stream] = max(keys[row.stream], row.key)
        last_at = row.at if last_at is None else max(last_at, row.at)
    stale = last.pk is not None and last.signature != signature_of(last.digest)
    if not (any(counts.values()) or closing or stale):
        return None
    digest = total.hexdigest()
    return AuditSeal.objects.create(
        at=timezone.now(), form=FORM, from_transaction=stretch.start, to_transaction=stretch.stop,
        after_event=stretch.above["event"], after_change=stretch.above["change"],
        last_event=keys["event"], last_change=keys["change"], events=counts["event"], changes=counts["change"],
        last_at=last_at or timezone.now(), prints=bytes(prints), digest=digest, previous=last.digest,
        signature=signature_of(digest),
    )  # fmt: skip


def _read(stream: str, stretch: Stretch) -> Iterator[Row]:
    _table, form = STREAMS[stream]
    for key, at, digest in _selected(stream, stretch, f"id, at, sha256(convert_to(({form})::text, 'UTF8'))"):
        yield Row(stream, key, at, bytes(digest))


def _selected(stream: str, stretch: Stretch, columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield columns of the rows of a stretch as they are read, inside a transaction; times are written in UTC."""
    query = (
        f"SELECT {columns} FROM {STREAMS[stream][0]}"  # noqa: S608
        " WHERE transaction >= %s AND transaction < %s AND id > %s AND id <= %s ORDER BY transaction, id"
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, [stretch.start, stretch.stop, stretch.above[stream], stretch.up_to[stream]])
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows


def _horizon(cursor: Any) -> int:
    """Return the oldest transaction that still runs, and may still write."""
    cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    return int(cursor.fetchone()[0])
