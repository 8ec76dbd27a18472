"""Replacing the keys while the portal runs: everything sealed is sealed anew with the first key, and found by the first.

Nothing is noted in between: a row says itself under which key it stands, so a run that was killed is simply started
again. A row is taken only when nobody else holds it, and written only while it is held, so no change of anybody is lost
and nobody waits for longer than a batch takes. Every statement sees a row as it was or as it is, never half of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Protocol

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, Q, QuerySet

from governance.kit import keyring
from governance.kit.keyring import Unreadable
from governance.kit.sealed import BlindIndexField, Sealed, SealedField

BATCH = 1000
PASSES = 6
_PAUSE = 0.5  # seconds before rows that somebody held are tried again
Row = tuple[Any, ...]
Say = Callable[[str, int, int], None]  # which table, rows looked at, rows in it


class Store(Protocol):
    """Where sealed texts are kept."""

    @property
    def label(self) -> str:
        """What it is called."""

    def size(self) -> int:
        """Return about how many rows there are."""

    def turn(self, say: Callable[[int], None], *, write: bool) -> Turn:
        """Go through all rows once, telling now and then how many were looked at; seal anew what needs it."""


@dataclass(slots=True)
class Turn:
    """What one way through a table found. `older` are rows that stand under an older key at its end."""

    seen: int = 0
    renewed: int = 0
    older: int = 0
    unreadable: list[Any] = field(default_factory=list)
    clashing: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """The rows of a model that has sealed fields."""

    model: type[Model]

    @property
    def label(self) -> str:
        """The name of the model."""
        return self.model._meta.label_lower

    @cached_property
    def sealed(self) -> list[SealedField]:
        """The sealed fields."""
        return [each for each in self.model._meta.local_concrete_fields if isinstance(each, SealedField)]

    @cached_property
    def indexes(self) -> list[BlindIndexField]:
        """Their blind indexes."""
        return [each for each in self.model._meta.local_concrete_fields if isinstance(each, BlindIndexField)]

    @cached_property
    def _names(self) -> list[str]:
        return [each.attname for each in (*self.sealed, *self.indexes)]

    def _rows(self) -> QuerySet[Any]:
        filled = Q()
        for each in self.sealed:
            filled |= Q(**{f"{each.attname}__isnull": False})
        return self.model._base_manager.filter(filled).order_by("pk")

    def size(self) -> int:
        """Return how many rows hold something sealed."""
        return self._rows().count()

    def turn(self, say: Callable[[int], None], *, write: bool) -> Turn:
        """Go through the rows in batches by their keys; those that somebody holds are left for the next turn."""
        found, last = Turn(), None
        while rows := list(self._after(last).values_list("pk", *self._names)[:BATCH]):
            last = rows[-1][0]
            found.seen += len(rows)
            old = [row[0] for row in rows if self._is_old(row, found)]
            renewed = self._renew(old, found) if write and old else 0
            found.renewed += renewed
            found.older += len(old) - renewed
            say(found.seen)
        return found

    def _after(self, last: Any) -> QuerySet[Any]:
        return self._rows() if last is None else self._rows().filter(pk__gt=last)

    def _is_old(self, row: Row, found: Turn) -> bool:
        try:
            return self._anew(row) != self._stored(row)
        except Unreadable:
            found.unreadable.append(row[0])
            return False

    def _stored(self, row: Row) -> list[bytes | None]:
        return [
            value.token if isinstance(value, Sealed) else None if value is None else bytes(value) for value in row[1:]
        ]

    def _anew(self, row: Row) -> list[bytes | None]:
        """Return the columns as they should be; what stands under the current key stays as it is."""
        held: dict[str, Sealed | None] = dict(zip(self._names, row[1:], strict=True))
        wanted: list[bytes | None] = []
        for each in self.sealed:
            value = held[each.attname]
            current = value is None or keyring.is_current(value.token)
            wanted.append(None if value is None else value.token if current else keyring.seal(value.open(), each.label))
        for index in self.indexes:
            value = held[index.of]
            wanted.append(None if value is None else keyring.index_of(value.open(), index.purpose))
        return wanted

    def _renew(self, keys: Sequence[Any], found: Turn) -> int:
        """Write rows anew that nobody holds, and return how many; of two with one text the second is told and left."""
        with transaction.atomic():
            free = self.model._base_manager.filter(pk__in=keys).order_by("pk").select_for_update(skip_locked=True)
            rows = list(free.values_list("pk", *self._names))
            anew = [(row[0], *self._anew(row)) for row in rows]
            try:
                with transaction.atomic():
                    self._write(anew)
                    return len(anew)
            except IntegrityError:
                return sum(self._written_alone(row, found) for row in anew)

    def _written_alone(self, row: Row, found: Turn) -> bool:
        try:
            with transaction.atomic():
                self._write([row])
        except IntegrityError:
            found.clashing.append(row[0])
            return False
        return True

    def _write(self, rows: Sequence[Row]) -> None:
        meta, quote = self.model._meta, connection.ops.quote_name
        names = [quote(str(each.column)) for each in (*self.sealed, *self.indexes)]
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _name in ("pk", *names)]
        key, kind = quote(str(meta.pk.column)), meta.pk.rel_db_type(connection)
        sql = (
            f"UPDATE {quote(meta.db_table)} AS kept SET {', '.join(f'{name} = anew.{name}' for name in names)} "  # noqa: S608
            f"FROM unnest(%s::{kind}[]{', %s::bytea[]' * len(names)}) AS anew ({', '.join((key, *names))}) "
            f"WHERE kept.{key} = anew.{key}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, columns)


_elsewhere: list[Store] = []


def register(store: Store) -> None:
    """Add a place where sealed texts stand in no field of their own."""
    if store not in _elsewhere:
        _elsewhere.append(store)


def stores() -> list[Store]:
    """Return all tables with sealed fields, and what was registered beside them."""
    models = (model for model in apps.get_models() if model._meta.managed and not model._meta.proxy)
    tables: list[Store] = [table for table in map(Table, models) if table.sealed]
    return [*tables, *_elsewhere]


def rotate(say: Say, *, write: bool = True) -> Iterator[tuple[str, Turn]]:
    """Seal everything anew that stands under an older key; yield each table with what was done and what is left.

    Without `write` it only looks. A table is gone through until nothing older is found in it, or six times.
    """
    for store in stores():
        size, renewed, found = store.size(), 0, Turn()
        for _turn in range(PASSES if write else 1):
            time.sleep(_PAUSE if found.older else 0)
            found = store.turn(partial(_said, say, store.label, size), write=write)
            renewed += found.renewed
            if found.clashing or not (found.renewed or found.older):
                break
        found.renewed = renewed
        yield store.label, found


def _said(say: Say, label: str, size: int, seen: int) -> None:
    say(label, seen, size)
