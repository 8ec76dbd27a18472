"""Which places a complete source no longer lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from governance.regions.divisions import load
from governance.regions.divisions.fields import is_code
from governance.regions.divisions.gather import Gathered
from governance.regions.divisions.rows import Source
from governance.regions.divisions.tree import Tree


def listed_completely(source: Source, gathered: Gathered, tree: Tree) -> dict[str, set[str]]:
    """Return the places whose children the source lists completely, each with the levels of those children.

    A refused row whose code cannot be read may be any child of its parent, so that parent is left alone; where the
    parent cannot be read either, every place is.
    """
    unsure = set(source.partial) | tree.chain
    for refusal in tree.refused:
        if not is_code(refusal.row.code):
            parent = gathered.real(refusal.row.parent or "")
            if not is_code(parent):
                return {}
            unsure.add(parent)
    whole: dict[str, set[str]] = {}
    for code, row in tree.rows.items():
        parent = tree.parents[code]
        if parent in tree.rows and parent not in unsure:
            whole.setdefault(parent, set()).add(row.level)
    return whole


def absent(whole: Mapping[str, set[str]], gathered: Gathered, tree: Tree, day: date) -> list[str]:
    """Return the paths of the children that hold on `day` and that the source does not mention at all."""
    mentioned = gathered.rows.keys() | set(tree.parents.values()) - {""}
    mentioned |= {refusal.row.code for refusal in tree.refused if is_code(refusal.row.code)}
    mentioned |= {parent for refusal in tree.refused if is_code(parent := gathered.real(refusal.row.parent or ""))}
    missing = load.missing_children(whole.keys(), mentioned, day)
    return [path for parent, level, path in missing if level in whole[parent]]
