"""A part of the tree that is computed at once: whole sub-trees, or some places with those above them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db import connection

from governance.attainment.periods import month_of
from governance.attainment.rollup.tree import Flags, Ints, Place, Tree
from governance.regions.models import RegionSet

_COLUMNS = "r.id, r.code, r.level, r.path, r.since, r.until, r.committee_type, r.parent_id"
#: no character of a path sorts behind a colon, so this is the end of a sub-tree
_BELOW = f"""
    SELECT DISTINCT {_COLUMNS}, true FROM regions_region r
    JOIN regions_region root ON r.path >= root.path AND r.path < root.path || ':' WHERE root.id = ANY(%s)
"""  # noqa: S608
_THESE = f"SELECT {_COLUMNS}, true FROM regions_region r WHERE r.id = ANY(%s)"  # noqa: S608
_ABOVE = f"""
    WITH chosen AS ({{chosen}}), codes AS (
        SELECT DISTINCT unnest(string_to_array(path, '/')) AS code FROM chosen
    )
    SELECT * FROM chosen
    UNION ALL
    SELECT {_COLUMNS}, false FROM regions_region r JOIN codes ON codes.code = r.code
    WHERE NOT EXISTS (SELECT 1 FROM chosen WHERE chosen.id = r.id)
    ORDER BY path
"""  # noqa: S608


@dataclass(frozen=True)
class Part:
    """The places of a part and all above them: only those `computed` are; the others say what holds from above.

    `ids` are the primary keys of the places, `parents` those of their parents (-1: none).
    """

    tree: Tree
    ids: Ints
    parents: Ints
    computed: Flags

    @cached_property
    def index(self) -> dict[int, int]:
        """Where each place stands in the tree, by its primary key."""
        return {int(key): at for at, key in enumerate(self.ids)}

    @cached_property
    def tops(self) -> Ints:
        """The computed places whose parent is not."""
        parent = self.tree.parent
        inside = (parent >= 0) & self.computed[parent]
        return np.flatnonzero(self.computed & ~inside)


def part_below(roots: Iterable[int]) -> Part:
    """Return the part of whole sub-trees."""
    return _part(_BELOW, roots)


def part_of(places: Iterable[int]) -> Part:
    """Return the part of just these places."""
    return _part(_THESE, places)


def _part(chosen: str, keys: Iterable[int]) -> Part:
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE.format(chosen=chosen), [list(keys)])
        rows = cursor.fetchall()
    code_of = {row[0]: row[1] for row in rows}
    places = (
        Place(
            code,
            level,
            code_of.get(parent),
            None if since is None else month_of(since),
            None if until is None else month_of(until),
            committee,
        )
        for _id, code, level, _path, since, until, committee, parent, _computed in rows
    )
    return Part(
        tree=Tree(places, dict(RegionSet.objects.values_list("slug", "codes"))),
        ids=np.array([row[0] for row in rows], dtype=np.int64),
        parents=np.array([-1 if row[7] is None else row[7] for row in rows], dtype=np.int64),
        computed=np.array([row[8] for row in rows], dtype=np.bool_),
    )
