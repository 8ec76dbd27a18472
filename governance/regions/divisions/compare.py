"""What an import has to write: the settled tree against the places as they are; no database."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from governance.regions.divisions.fields import day_of
from governance.regions.divisions.rows import Known, Row, Source
from governance.regions.divisions.tree import Tree


class Written(NamedTuple):
    """A place as it is to be written."""

    id: int
    parent_id: int | None
    code: str
    name: str
    level: str
    path: str
    since: date | None
    until: date | None
    partial: bool
    urban_rural_code: str


@dataclass(slots=True)
class Difference:
    """What an import has to write: codes of new places, parents before children; old path and new values of changed
    ones; `moved` are changes of the path alone, because a place above moved."""

    added: list[str] = field(default_factory=list)
    changed: list[tuple[str, Written]] = field(default_factory=list)
    moved: list[tuple[str, Written]] = field(default_factory=list)
    unchanged: int = 0


def compare(tree: Tree, known: Mapping[str, Known], whole: Container[str], ids: Mapping[str, int]) -> Difference:
    """Return what has to be written. `whole` are places whose children the source lists completely."""
    found = Difference()
    if not known:
        found.added = list(tree.rows)
        return found
    for code, row in tree.rows.items():
        place = known.get(code)
        if place is None:
            found.added.append(code)
            continue
        path, parent = tree.paths[code], tree.parents[code]
        if (
            row.name == place.name
            and path == place.path
            and not (row.since or row.until or row.urban_rural_code or place.partial)
        ):
            found.unchanged += 1
            continue
        after = _after(row, place, ids.get(parent), path, code in whole)
        if place.parent != parent or _differ(place, after):
            found.changed.append((place.path, after))
            continue
        found.unchanged += 1
        if path != place.path:
            found.moved.append((place.path, after))
    return found


def new_places(
    added: Iterable[str],
    tree: Tree,
    known: Mapping[str, Known],
    source: Source,
    on: date | None,
    ids: Mapping[str, int],
) -> Iterator[Written]:
    """Yield new places as they join the tree as it stands; the moves that follow take them along."""
    fresh: dict[str, str] = {}
    settled = tree.paths if not known else None  # an empty tree has nothing that moves
    for code in added:
        row, parent = tree.rows[code], tree.parents[code]
        if settled is not None:
            path = settled[code]
        else:
            over = fresh.get(parent) or known[parent].path if parent else ""
            path = fresh[code] = f"{over}{code}/"
        since, until, klass = _span(row, on)
        partial = code in source.partial or code in tree.chain
        yield Written(ids[code], ids.get(parent), code, row.name, row.level, path, since, until, partial, klass)


def _differ(place: Known, after: Written) -> bool:
    """Return whether anything that a source states is different; the path follows from the parent."""
    return (
        place.name != after.name
        or place.partial != after.partial
        or place.since != after.since
        or place.until != after.until
        or place.urban_rural_code != after.urban_rural_code
    )


def _span(row: Row, on: date | None) -> tuple[date | None, date | None, str]:
    """Return the span of a new place: as stated, else from the day of the change on."""
    if not (row.since or row.until or row.urban_rural_code):
        return on, None, ""
    since, until = day_of(row.since), day_of(row.until)
    if since is None and on is not None and (until is None or until > on):
        since = on
    return since, until, row.urban_rural_code


def _after(row: Row, place: Known, parent_id: int | None, path: str, whole: bool) -> Written:
    """Return a known place as the row leaves it; empty optional cells leave what was there."""
    since, until, klass = place.since, place.until, place.urban_rural_code
    if row.since or row.until or row.urban_rural_code:
        since, until, klass = day_of(row.since) or since, day_of(row.until) or until, row.urban_rural_code or klass
    partial = place.partial and not whole
    return Written(place.id, parent_id, row.code, row.name, row.level, path, since, until, partial, klass)
