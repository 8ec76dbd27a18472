"""The places of a root as arrays, with what is drawn once of them: how large they are and how well they do."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from governance.kit.drawing import Array, Draw
from governance.regions.models import Level, Region

CHONGQING, TIANYUAN = "500000000000", "430211000000"
XIAMEN, KUNMING, ANHUI = "350200000000", "530100000000", "340000000000"
_COMMUNITIES = {CHONGQING: 11_270, TIANYUAN: 100, XIAMEN: 555, KUNMING: 1_738, ANHUI: 18_334}
# How well counties do, from 0 to 1; those that are not named do as `_ORDINARY`.
_ORDINARY = (0.55, 0.8)
_WEAK = {"500242": 0.05, "500243": 0.14, "500238": 0.16, "500229": 0.2, "500236": 0.22, "500240": 0.26, "500237": 0.3}
_STRONG = {"500103": 1.0, "500105": 0.95, "500108": 0.95, "500106": 0.92, "500113": 0.92, "500107": 0.9, "500112": 0.9}
_ENDINGS = (
    "社区居民委员会", "村村民委员会", "居民委员会", "村民委员会", "管理处社区", "社区居委会", "村委会", "居委会", "社区", "村",
)  # fmt: skip


@dataclass(frozen=True)
class Places:
    """The valid places of a root in the order of the tree; communities are told by arrays of one length."""

    root: Region
    counties: list[Region]
    townships: list[Region]
    communities: list[Region]

    @cached_property
    def ids(self) -> Array:
        """The keys of the communities."""
        return np.array([place.pk for place in self.communities], dtype=np.int64)

    @cached_property
    def share(self) -> float:
        """How much of the root is there: a smaller tree gets as much less of everything."""
        return len(self.communities) / _COMMUNITIES.get(self.root.code, max(1, len(self.communities)))

    def part(self, count: int) -> int:
        """Return how many of so many of the whole root belong to what is there of it."""
        return max(1, round(count * self.share))

    @cached_property
    def urban(self) -> Array:
        """Which communities have a residents' committee."""
        return np.array([place.committee_type == "residents" for place in self.communities])

    @cached_property
    def rural(self) -> Array:
        """Which communities have a villagers' committee."""
        return np.array([place.committee_type == "villagers" for place in self.communities])

    @cached_property
    def names(self) -> list[str]:
        """How organisations of a community are called: 铁西居委会 → 铁西社区, 高寨村委会 → 高寨村."""
        return [
            short(place.name) + ("村" if place.committee_type == "villagers" else "社区") for place in self.communities
        ]

    @cached_property
    def township_of(self) -> Array:
        """The position of each community's township in the list of townships."""
        at = {place.pk: position for position, place in enumerate(self.townships)}
        return np.array([at[place.parent_id or 0] for place in self.communities], dtype=np.int64)

    @cached_property
    def county_of(self) -> Array:
        """The position of each community's county; a root that is one itself is the only one."""
        return np.array([self._county(place) for place in self.communities], dtype=np.int64)

    @cached_property
    def county_of_township(self) -> Array:
        """The same of each township."""
        return np.array([self._county(place) for place in self.townships], dtype=np.int64)

    @cached_property
    def care_of_counties(self) -> Array:
        """How well each county does."""
        return np.array([_care(place.code) for place in self.counties])

    @cached_property
    def care(self) -> Array:
        """How well each community does: as its county, and a little better or worse."""
        own = Draw(f"care {self.root.code}").random.normal(0, 0.12, len(self.communities))
        return (self.care_of_counties[self.county_of] + own).clip(0.02, 1.0)

    @cached_property
    def size(self) -> Array:
        """How large each community is, towns larger than villages; the mean is 1."""
        drawn = Draw(f"size {self.root.code}").random.lognormal(0, 0.35, len(self.communities))
        drawn *= np.where(self.urban, 1.8, 0.8)
        return np.asarray(drawn / drawn.mean())

    @cached_property
    def _at(self) -> dict[str, int]:
        return {place.code: position for position, place in enumerate(self.counties)}

    def _county(self, place: Region) -> int:
        return next(self._at[code] for code in reversed(place.path.split("/")) if code in self._at)

    def lacking(self, subject: str, count: int, among: Array | None = None) -> Array:
        """Return positions of `count` communities that lack something, those of weak counties far more often."""
        chances = (1.02 - self.care) ** 3
        if among is not None:
            chances = np.where(among, chances, 0.0)
        return Draw(f"lack {subject} {self.root.code}").some(chances, min(count, len(chances)))


def places_of(code: str) -> Places:
    """Read the places of a root."""
    root = Region.objects.get(code=code)
    rows = list(
        Region.objects.under(root)
        .filter(until__isnull=True)
        .only("pk", "code", "name", "level", "parent_id", "path", "committee_type", "township_kind", "development_zone")
        .order_by("path")
    )
    levels = {level: [row for row in rows if row.level == level] for level in Level}
    return Places(root, levels[Level.COUNTY], levels[Level.TOWNSHIP], levels[Level.COMMUNITY])


def short(name: str) -> str:
    """Return a place without what kind of place it is."""
    for ending in _ENDINGS:
        if len(name) > len(ending) + 1 and name.endswith(ending):
            return name.removesuffix(ending)
    return name


def _care(code: str) -> float:
    named = _STRONG.get(code[:6], _WEAK.get(code[:6]))
    low, high = _ORDINARY
    return named if named is not None else low + (high - low) * (zlib.crc32(code.encode()) % 1000) / 1000
