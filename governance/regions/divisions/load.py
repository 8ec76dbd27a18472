"""The table of regions: its places, and what an import writes, new ones by COPY, the rest set by set."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from itertools import islice

from django.db import connection
from django.utils import timezone

from governance.kit.pinyin import initials
from governance.kit.telling import tell_before_copy
from governance.regions.divisions.compare import Difference, Written
from governance.regions.divisions.rows import Known
from governance.regions.models import Region

_LOCK = 0x7265_6769  # two imports take turns
_NULL = "\\N"
_MANY = 10_000  # rows after which the planner needs new statistics at once


def lock() -> None:
    """Let nobody else change the tree until the transaction ends; reading goes on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("LOCK TABLE regions_region IN SHARE ROW EXCLUSIVE MODE")


def is_empty() -> bool:
    """Return whether there is no place yet."""
    return not Region.objects.exists()


def known_places(codes: Collection[str]) -> dict[str, Known]:
    """Return the places with these codes, and all that is above them, by code."""
    known: dict[str, Known] = {}
    wanted = set(codes)
    while wanted:
        found = {place.code: place for place in _places(wanted)}
        known |= found
        ends = {place.path[:-13] for place in found.values()}
        wanted = {code for path in ends for code in path.split("/")[:-1]} - known.keys()
    return known


def _places(codes: Collection[str]) -> Iterator[Known]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, code, name, level, path, since, until, partial, urban_rural_code"
            " FROM regions_region WHERE code = ANY(%s::text[])",
            [array(codes)],
        )
        yield from map(Known._make, cursor.fetchall())


def array(codes: Iterable[str]) -> str:
    """Return codes as the text of a PostgreSQL array: one constant, where a list would be parsed item by item."""
    return "{" + ",".join(codes) + "}"


def new_ids(number: int) -> range:
    """Return primary keys for new places, taken out of the sequence at once: the lock keeps others from it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT first, setval(sequence, first + %s) FROM (SELECT sequence, nextval(sequence) AS first"
            " FROM (SELECT pg_get_serial_sequence('regions_region', 'id')::regclass AS sequence)) AS taken",
            [number],
        )
        first = int(cursor.fetchone()[0])
    return range(first, first + number)


def insert(added: Iterator[Written], number: int, step: Callable[[int, int], None]) -> None:
    """COPY `number` new places into the table, parents before children."""
    if not number:
        return
    lines = Lines(_lines(added), lambda sent: step(sent, number))
    tell_before_copy()
    with connection.cursor() as cursor:
        cursor.copy_expert(_COPY, lines)
    _analyse(number)


class Lines:
    """Lines that COPY reads as a file: the next ones are made while the database writes those before."""

    def __init__(self, lines: Iterator[str], tick: Callable[[int], None]) -> None:
        self.lines, self.tick, self.sent = lines, tick, 0

    def read(self, size: int = 0, at_once: int = 2000) -> bytes:
        """Return some whole lines, nothing at the end; the driver takes pieces of any length."""
        batch = list(islice(self.lines, at_once))
        self.sent += len(batch)
        self.tick(self.sent)
        return "".join(batch).encode()


_COPY = """
COPY regions_region
    (id, parent_id, code, name, level, path, since, until, partial, urban_rural_code, initials, changed_at)
FROM STDIN
"""
_CHANGES = """
CREATE TEMP TABLE division_changes ON COMMIT DROP AS
SELECT id, parent_id, code, name, level, path, since, until, partial, urban_rural_code, initials, changed_at,
    path AS old_path
FROM regions_region WITH NO DATA
"""


def _lines(places: Iterable[Written]) -> Iterator[str]:
    """Yield places as lines of COPY's text format, with initials and the time of the change."""
    now = timezone.now().isoformat()
    for number, parent, code, name, level, path, since, until, partial, klass in places:
        shown = name.replace("\\", "\\\\") if "\\" in name else name
        yield (
            f"{number}\t{parent or _NULL}\t{code}\t{shown}\t{level}\t{path}\t{since or _NULL}\t{until or _NULL}"
            f"\t{partial}\t{klass}\t{initials(name)}\t{now}\n"
        )


def update(difference: Difference) -> None:
    """Write changes in one statement, with the new paths of everything below a place that moved."""
    rows = difference.changed + difference.moved
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.division_changes")
        cursor.execute(_CHANGES)
        lines = (
            line[:-1] + f"\t{old}\n" for (old, _row), line in zip(rows, _lines(row for _old, row in rows), strict=True)
        )
        cursor.copy_expert("COPY division_changes FROM STDIN", Lines(lines, lambda sent: None))
        cursor.execute("ANALYZE division_changes")
        cursor.execute(_DESCENDANTS)
        cursor.execute(_UPDATE)
        cursor.execute("DROP TABLE pg_temp.division_changes")
    _analyse(len(rows))


# Places below a moved one that have no row of their own take the new path of the nearest one above that moved.
# Paths sort bytewise and "0" follows "/", so the range holds exactly what lies below.
_DESCENDANTS = """
INSERT INTO division_changes
SELECT DISTINCT ON (r.id)
    r.id, r.parent_id, r.code, r.name, r.level, m.path || substr(r.path, length(m.old_path) + 1), r.since, r.until,
    r.partial, r.urban_rural_code, r.initials, m.changed_at, r.path
FROM division_changes m
JOIN regions_region r ON r.path > m.old_path AND r.path < left(m.old_path, -1) || '0'
WHERE m.path <> m.old_path AND NOT EXISTS (SELECT FROM division_changes own WHERE own.id = r.id)
ORDER BY r.id, length(m.old_path) DESC
"""
_UPDATE = """
UPDATE regions_region r SET parent_id = c.parent_id, name = c.name, path = c.path, since = c.since, until = c.until,
    partial = c.partial, urban_rural_code = c.urban_rural_code, initials = c.initials, changed_at = c.changed_at
FROM division_changes c WHERE c.id = r.id
"""


def missing_children(parents: Collection[str], listed: Collection[str], day: date) -> list[tuple[str, str, str]]:
    """Return (parent's code, level, path) of the children of `parents` that hold on `day` and are not `listed`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.code, r.level, r.path FROM regions_region r JOIN regions_region p ON p.id = r.parent_id"
            " WHERE p.code = ANY(%s::text[]) AND r.code <> ALL(%s::text[])"
            " AND (r.since IS NULL OR r.since < %s) AND (r.until IS NULL OR r.until > %s)",
            [array(parents), array(listed), day, day],
        )
        return [(str(code), str(level), str(path)) for code, level, path in cursor.fetchall()]


def retire(paths: list[str], day: date) -> int:
    """End the places at `paths`, and everything below them, on `day`; return how many that were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE regions_region r SET until = %s, changed_at = %s FROM unnest(%s::text[]) AS gone (path)"
            ' WHERE r.path >= gone.path COLLATE "C" AND r.path < (left(gone.path, -1) || \'0\') COLLATE "C"'
            " AND (r.since IS NULL OR r.since < %s) AND (r.until IS NULL OR r.until > %s)",
            [day, timezone.now(), array(paths), day, day],
        )
        return int(cursor.rowcount)


def mismatches(codes: Collection[str]) -> int:
    """Return how many of these communities have a name that speaks of another committee than the code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM regions_region WHERE level = 'community' AND committee_type_by_name <> ''"
            " AND committee_type_by_name <> committee_type AND (%s OR code = ANY(%s::text[]))",
            [many := len(codes) >= _MANY, "{}" if many else array(codes)],
        )
        return sum(code in codes for (code,) in cursor.fetchall())


def _analyse(rows: int) -> None:
    if rows >= _MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE regions_region")
