"""Records that a row names and an action would find or make, such as persons: found or made for many rows at once.

Whoever makes such actions registers beside them how (`NAMES`). Until the confirmation a record that is not there yet
has a key below zero, one for each record that will be made, so that the rules of the database can be asked of the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Model
from django.utils.translation import gettext as _

from governance.kit.errors import DomainError
from governance.kit.imports.parsing import KEPT
from governance.kit.references import Named, Refusal, Text, ToBeMade


@dataclass(frozen=True, slots=True)
class Made:
    """What became of staged entries: keys by row, those among them that are new, and reasons of refusals by row."""

    keys: Mapping[int, int]
    new: Collection[int]
    refused: Mapping[int, Text]


@dataclass(frozen=True, slots=True)
class Link:
    """A record that was named, and the record of a row that names it now, with the path of its home."""

    key: int
    record: int
    path: str


class Naming(Protocol):
    """How records of a kind are named by many rows."""

    def resolve(self, names: Collection[Named], by: Any) -> Mapping[Named, int | Refusal | ToBeMade]:
        """Return what is meant by each name, in a few queries."""

    def same(self, entry: Any) -> Hashable:
        """Return what is equal for entries of one record; None where nobody can tell."""

    def means(self, entry: Any, record: Any) -> bool:
        """Return whether an entry that was not found is the record all the same, told by less than identifies it."""

    def sealed(self, entry: Any) -> str:
        """Return the entry as it is staged."""

    def renewed(self, staged: str) -> str:
        """Return a staged entry sealed with the key that is used now; as it is where it is so already."""

    def make(self, staged: Mapping[int, tuple[str, int]], *, by: Any, batch: Any, role: str) -> Made:
        """Find or make what was staged by row, each with the key of its place, in a few statements."""

    def unseen(self, keys: Collection[int], *, by: Any) -> set[int]:
        """Return those that `by` does not see."""

    def link(self, links: Collection[Link], *, by: Any, batch: Any, role: str) -> None:
        """Keep on the trail that records were named by somebody who did not see them."""


@dataclass(frozen=True, slots=True)
class Names:
    """The field whose record an action finds or makes, and how a file does the same. Once stored, it stays."""

    field: str
    naming: Naming


# By the action that adds a record.
NAMES: dict[Callable[..., Any], Names] = {}


@dataclass(slots=True)
class Read:
    """What the cells of a field name: a record, nothing, or `KEPT` for each row; entries and reasons by row."""

    values: list[Any] = field(default_factory=list)
    made: dict[int, ToBeMade] = field(default_factory=dict)
    errors: dict[int, Refusal] = field(default_factory=dict)


def names_of(listing: Any) -> Names | None:
    """Return what the rows of a listing name in this way."""
    return NAMES.get(listing.add)


def read_named(model: type[Model], keys: list[Named | Refusal], names: Names, by: Any) -> Read:
    """Return what each row names; some cannot be read."""
    asked = {key for key in keys if not isinstance(key, Refusal) and any(key) and not _is_masked(key)}
    told = names.naming.resolve(asked, by) if asked else {}
    records = model._default_manager.in_bulk({answer for answer in told.values() if isinstance(answer, int)})
    read, coming = Read(), dict[Hashable, int]()
    for row, key in enumerate(keys):
        value: Any = None
        if isinstance(key, Refusal):
            read.errors[row] = key
        elif _is_masked(key):
            value = KEPT
        elif any(key):
            answer = told[key]
            if isinstance(answer, ToBeMade):
                same = names.naming.same(answer)
                value = model(pk=coming.setdefault(("row", row) if same is None else same, -1 - len(coming)))
                read.made[row] = answer
            elif isinstance(answer, int):
                value = records[answer]
            else:
                read.errors[row] = answer
        read.values.append(value)
    return read


def settled(names: Names, value: Any, entry: Any, stored: Any, model: type[Model]) -> dict[str, Any]:
    """Return what the row puts on its record: a stored one keeps whom it names, a new one names somebody."""
    name, own = names.field, model._meta.get_field(names.field)
    held = None if stored is None else getattr(stored, own.attname)  # type: ignore[union-attr]
    if held is None:
        if value is None and not own.blank:  # type: ignore[union-attr]
            raise DomainError(_("不能为空。"), field=name)
        return {name: value}
    same = value is None or value is KEPT or value.pk == held
    if not same and not (entry is not None and names.naming.means(entry, getattr(stored, name))):
        raise DomainError(_("登记后不能换人：请删除后重新登记。"), code="other_person", field=name)
    return {name: KEPT}


def _is_masked(key: Named) -> bool:
    return any("*" in part for part in key)
