"""Many persons at once: their rows by COPY, sealed beforehand, and the entries of a file found or recorded together.

Nothing here asks who may, nor keeps an event for each: that is for the import or the loader that calls it.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from governance.kit import identity, keyring
from governance.kit.pinyin import initials
from governance.people import numbers
from governance.people.entry import Entry, known
from governance.people.models import Person

COLUMNS = (
    "name", "pinyin", "gender", "birth_year", "identity_number", "identity_index", "phone", "phone_index", "region_id",
    "changed_at",
)  # fmt: skip
_ROWS = 20_000  # rows that are sealed before they are sent
_NUMBER, _PHONE = "people.person.identity_number", "people.person.phone"
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of entries: the person of each by her key, and those whose number belongs to another name."""

    persons: Mapping[Entry, int]
    refused: Collection[Entry]
    added: int


def row_of(entry: Entry, region: int, now: str) -> str:
    """Return the row of a person as COPY reads it: what `Person.save` would write, without the record."""
    said = identity.read(entry.identity_number) if entry.identity_number else None
    cells = (
        entry.name.translate(_ESCAPED),
        initials(entry.name)[:60],
        said.gender if said else "",
        str(said.born.year) if said else r"\N",
        _sealed(entry.identity_number, _NUMBER),
        _index(entry.identity_number, "identity"),
        _sealed(entry.phone, _PHONE),
        _index(entry.phone, "phone"),
        str(region),
        now,
    )
    return "\t".join(cells) + "\n"


def copy(
    entries: Iterable[tuple[Entry, int]], *, into: str = Person._meta.db_table, now: datetime | None = None
) -> int:
    """COPY persons with the key of the place at which they are recorded; return how many.

    A number that is there already, or twice, refuses the whole: `record` finds those first.
    """
    moment, count = (now or timezone.now()).isoformat(), 0
    with connection.cursor() as cursor:
        for rows in _parts(entries):
            text = "".join(row_of(entry, region, moment) for entry, region in rows)
            with connection.wrap_database_errors:
                cursor.copy_expert(f"COPY {into} ({', '.join(COLUMNS)}) FROM STDIN", io.StringIO(text))
            count += len(rows)
    return count


def record(entries: Mapping[Entry, int]) -> Recorded:
    """Find or record each entry at the place whose key it is given with; in one transaction, in a few statements.

    Entries with one number are one person, who is called as the first says. Somebody else may record the same number
    at the same moment: the database keeps one, and both find her.
    """
    numbered = {entry: region for entry, region in entries.items() if entry.identity_number}
    first: dict[str, Entry] = {}
    for entry in numbered:
        first.setdefault(entry.identity_number, entry)
    with transaction.atomic(), connection.cursor() as cursor:
        numbers.hold_all()
        there = {entry.identity_number for entry in known(list(first.values()))}
        new = [(entry, numbered[entry]) for number, entry in first.items() if number not in there]
        cursor.execute("CREATE TEMPORARY TABLE people_coming (LIKE people_person INCLUDING DEFAULTS) ON COMMIT DROP")
        cursor.execute("ALTER TABLE people_coming ALTER id DROP NOT NULL")
        copy(new, into="people_coming")
        columns = ", ".join(COLUMNS)
        cursor.execute(
            f"INSERT INTO people_person ({columns}) SELECT {columns} FROM people_coming ORDER BY identity_index"  # noqa: S608
            " ON CONFLICT (identity_index) DO NOTHING"
        )
        added = cursor.rowcount
        cursor.execute("DROP TABLE people_coming")
        persons: dict[Entry, int] = {}
        refused: list[Entry] = []
        by_number = {entry.identity_number: person for entry, person in known(list(first.values())).items()}
        for entry in numbered:
            person = by_number[entry.identity_number]
            if entry.is_called(person.name):
                persons[entry] = person.pk
            else:
                refused.append(entry)
        bare = [(entry, region) for entry, region in entries.items() if entry not in numbered]
        made = Person.objects.bulk_create(
            [Person(name=entry.name, phone=entry.phone or None, region_id=region) for entry, region in bare]
        )
        persons |= {entry: person.pk for (entry, _region), person in zip(bare, made, strict=True)}
    return Recorded(persons, refused, added + len(made))


def _parts(entries: Iterable[tuple[Entry, int]]) -> Iterator[list[tuple[Entry, int]]]:
    source = iter(entries)
    while part := list(islice(source, _ROWS)):
        yield part


def _sealed(text: str, label: str) -> str:
    return rf"\\x{keyring.seal(text, label).hex()}" if text else r"\N"


def _index(text: str, purpose: str) -> Any:
    return rf"\\x{keyring.index_of(text, purpose).hex()}" if text else r"\N"
