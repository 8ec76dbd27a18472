"""Hangs the rows of a source under each other and under the places already known; no framework, no database.

A parent is always of a higher level, so going down the levels settles every parent before its children, and every
circle shows at its highest member: there the parent's level is not higher.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from governance.regions.divisions.fields import day_of
from governance.regions.divisions.gather import Gathered
from governance.regions.divisions.rows import RANK, Known, Refusal, Row, Why, above


@dataclass(frozen=True, slots=True)
class Limits:
    """What of a source is wanted: `roots`, the paths inside which a person may import; `under`, a place's code."""

    day: date
    roots: tuple[str, ...] | None = None
    under: str | None = None


@dataclass(slots=True)
class Tree:
    """The accepted rows by code, in the order of the levels, with the parent's code (empty for a root) and the path.

    `chain`: the places above `under`, taken along because the place cannot hang in the air. `left_out`: rows elsewhere.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    chain: set[str] = field(default_factory=set)
    refused: list[Refusal] = field(default_factory=list)
    merged: int = 0
    left_out: int = 0


def settle(gathered: Gathered, known: Mapping[str, Known], limits: Limits) -> Tree:
    """Return the tree of a source. `known` has the places of its codes and parents, and all that is above those."""
    return _Settling(gathered, known, limits).run()


class _Settling:
    """The state of one settling."""

    def __init__(self, gathered: Gathered, known: Mapping[str, Known], limits: Limits) -> None:
        self.gathered, self.known, self.limits = gathered, known, limits
        self.tree = Tree(refused=list(gathered.refused))
        self.refused = {refusal.row.code for refusal in gathered.refused}
        self.circular: set[str] = set()
        self.stayed: dict[str, str] = {}  # paths of known places that no accepted row moves
        self.parents: dict[str, str] = {}

    def run(self) -> Tree:
        rows, tree = self.gathered.rows, self.tree
        plain = not self.known and self.limits.roots is None  # then a parent in the file is all that a row needs
        levels: list[list[Row]] = [[] for _level in RANK]
        for code, row in rows.items():
            levels[RANK[row.level]].append(row)
            self.parents[code] = self._parent_of(row)
        for rank, level in enumerate(levels):
            fresh = {}
            for row in level:
                over = tree.paths.get(self.parents[row.code]) if plain else None
                path = self._path_of(row, rank) if over is None else f"{over}{row.code}/"
                if path is not None:
                    fresh[row.code] = path
            tree.paths.update(fresh)
        self._own_parents()
        if self.limits.under:
            self._leave_out(self.limits.under)
        tree.rows = {code: rows[code] for code in tree.paths}
        tree.parents = {code: self.parents[code] for code in tree.paths}
        return tree

    def _parent_of(self, row: Row) -> str:
        """Return the parent's code: as named, or the nearest one above by the code alone that exists."""
        if row.parent is not None:
            return self.gathered.real(row.parent) if self.gathered.skipped else row.parent
        candidates = [self.gathered.real(code) for code in above(row.code)]
        there = (code for code in candidates if code in self.gathered.rows or code in self.known)
        return next(there, candidates[0] if candidates else "")

    def _path_of(self, row: Row, rank: int) -> str | None:
        """Return the path that the row's place will have, or note why not."""
        place, parent = self.known.get(row.code), self.parents[row.code]
        over: str | Refusal | None = self.tree.paths.get(parent) if parent else ""
        if over is None:
            over = self._stays(parent, rank, row)
        elif not parent and rank:
            over = Refusal(row, "parent_code", "", Why.PARENT_MISSING)
        refusal = over if isinstance(over, Refusal) else None
        if refusal is None and place is not None:
            refusal = self._against(row, place)
        path = f"{over}{row.code}/"
        if refusal is None and self.limits.roots is not None:
            refusal = self._outside(row, place, path)
        if refusal is None:
            return path
        self.refused.add(row.code)
        self.tree.refused.append(refusal)
        return None

    def _stays(self, parent: str, rank: int, row: Row) -> str | Refusal:
        """Return the path of a parent that no accepted row of a higher level has: it stays where it is known."""

        def refusal(why: Why, other: str = "") -> Refusal:
            return Refusal(row, "parent_code", row.parent or parent, why, other)

        given = self.gathered.rows.get(parent)
        if row.code in self.circular or (parent not in self.refused and self._closes_circle(row.code)):
            return refusal(Why.CIRCLE)
        if given is not None and RANK[given.level] >= rank:
            return refusal(Why.PARENT_LEVEL, given.level)
        place = self.known.get(parent)
        if place is None:
            return refusal(Why.PARENT_REFUSED if parent in self.refused else Why.PARENT_UNKNOWN)
        if RANK[place.level] >= rank:
            return refusal(Why.PARENT_LEVEL, place.level)
        if place.until is not None and place.until <= self.limits.day and not row.until:
            return refusal(Why.PARENT_RETIRED, place.until.isoformat())
        return self._stayed_path(parent)

    def _stayed_path(self, code: str) -> str:
        """Return the path that a known place will have when those above it may have moved."""
        if code in self.tree.paths:
            return self.tree.paths[code]
        if code not in self.stayed:
            over = self.known[code].parent
            self.stayed[code] = (self._stayed_path(over) if over else "") + code + "/"
        return self.stayed[code]

    def _upwards(self, code: str) -> list[str]:
        """Return the codes from `code` up to a root, or to the first one met twice, which then stands last again."""
        found: list[str] = []
        seen: set[str] = set()
        while code and code not in seen:
            seen.add(code)
            found.append(code)
            place = self.known.get(code)
            code = self.parents.get(code, place.parent if place else "")
        return [*found, code] if code else found

    def _closes_circle(self, code: str) -> bool:
        """Return whether going up from `code` comes back to it, and note all on the way round."""
        way = self._upwards(code)
        closed = len(way) > 1 and way[-1] == code
        if closed:
            self.circular.update(way)
        return closed

    def _against(self, row: Row, place: Known) -> Refusal | None:
        """Return what in the row contradicts the place as it is known."""
        if row.level != place.level:
            return Refusal(row, "level", row.level, Why.LEVEL_OTHER, place.level)
        if place.until is not None and place.until <= self.limits.day and not row.until:
            return Refusal(row, "code", row.code, Why.RETIRED, place.until.isoformat())
        if row.since or row.until:
            since, until = day_of(row.since) or place.since, day_of(row.until) or place.until
            if since and until and until <= since:
                column = "until" if row.until else "since"
                return Refusal(row, column, getattr(row, column), Why.SPAN, (since if row.until else until).isoformat())
        return None

    def _outside(self, row: Row, place: Known | None, path: str) -> Refusal | None:
        """Return why a person may not import this row: the place, or the parent it is to have, is not hers."""
        roots = self.limits.roots or ()
        if place is None and not self.parents[row.code]:
            return Refusal(row, "code", row.code, Why.NEW_ROOT)
        if place is not None and not place.path.startswith(roots):
            return Refusal(row, "code", row.code, Why.OUTSIDE)
        moved = place is None or place.parent != self.parents[row.code]
        if moved and not path[: -len(row.code) - 1].startswith(roots):
            return Refusal(row, "parent_code", self.parents[row.code], Why.OUTSIDE)
        return None

    def _leave_out(self, under: str) -> None:
        """Keep only the place, what lies below it and the chain of places above it."""
        tree, stem = self.tree, under.rstrip("0")
        tree.chain = set(self._upwards(under)) - {under}
        wanted = {code: path for code, path in tree.paths.items() if f"{under}/" in path or code in tree.chain}
        tree.left_out, tree.paths = len(tree.paths) - len(wanted), wanted
        tree.refused = [refusal for refusal in tree.refused if refusal.row.code.startswith(stem)]

    def _own_parents(self) -> None:
        """Count the rows that are their own parent; one without that parent goes round in the smallest circle."""
        for row in self.gathered.own:
            if row.code in self.gathered.rows or row.code in self.known or row.code in self.gathered.skipped:
                self.tree.merged += 1
            else:
                why = Why.PARENT_REFUSED if row.code in self.refused else Why.CIRCLE
                self.tree.refused.append(Refusal(row, "parent_code", row.code, why))
