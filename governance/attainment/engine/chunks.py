"""How an area is cut: neighbouring sub-trees together, so many that a worker has enough to do and little to remember."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from governance.regions.models import Region

LARGEST = 400  # communities of a chunk: beyond it a worker's memory grows and its speed does not
LEAST = 4  # chunks of an area that is large enough to be shared
SMALL = 100  # an area with fewer communities is one chunk
GRAIN = 4  # a chunk is filled with pieces of at most this part of it


@dataclass
class Cut:
    """A chunk to be: the roots of its sub-trees, and how many communities they have."""

    roots: list[int] = field(default_factory=list)
    communities: int = 0


def cut(root: Region, largest: int = LARGEST) -> list[Cut]:
    """Return the chunks of an area in the order of its places; what lies above them all is computed after them."""
    rows = list(Region.objects.under(root).order_by("path").values_list("pk", "parent_id", "level"))
    children: dict[int, list[int]] = defaultdict(list)
    count: dict[int, int] = {}
    for pk, parent, level in rows:
        children[parent].append(pk)
        count[pk] = int(level == "community")
    for pk, parent, _level in reversed(rows):
        if pk != root.pk:
            count[parent] += count[pk]
    total = count[root.pk]
    if total < min(SMALL, largest):
        return [Cut([root.pk], total)]
    size = -(-total // max(-(-total // largest), LEAST))
    cuts: list[Cut] = []
    for piece in _pieces(root.pk, children, count, max(1, size // GRAIN)):
        if not cuts or cuts[-1].communities + count[piece] > size:
            cuts.append(Cut())
        cuts[-1].roots.append(piece)
        cuts[-1].communities += count[piece]
    return cuts


def above_all(root: Region, paths: Iterable[str]) -> list[int]:
    """Return the places of an area that lie above these paths: above the roots of all chunks they are in none."""
    codes = {code for path in paths for code in path.split("/")[:-2]}
    return list(Region.objects.under(root).filter(code__in=codes).values_list("pk", flat=True))


def _pieces(root: int, children: dict[int, list[int]], count: dict[int, int], largest: int) -> Iterator[int]:
    """Yield the highest places with few enough communities; a community is never cut."""
    if count[root] <= largest or not children[root]:
        yield root
        return
    for child in children[root]:
        yield from _pieces(child, children, count, largest)
