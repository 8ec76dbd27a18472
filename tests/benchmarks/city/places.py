"""The places of a synthetic municipality as arrays: numbers for ids, codes by the rules that real codes follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.kit.measures.expressions import LEVELS

Ints = NDArray[np.int64]

PROVINCE = 50 * 10**10
COMMUNITIES, TOWNSHIPS, COUNTIES, PREFECTURES = 11_200, 1_030, 38, 2
URBAN = 0.28  # share of communities with a residents' committee
_VILLAGERS = 200  # the first number of a villagers' committee within its township
_PREFECTURE, _COUNTY, _TOWNSHIP = 10**8, 10**6, 10**3  # one more of each in a code of twelve digits
_LAST_TOWNSHIP, _LAST_COUNTY, _LAST_COMMITTEE = 399, 89, 199
_ZONES = 70  # the number of a county from here to 79 would make its fifth digit that of development zones


@dataclass(frozen=True, slots=True)
class Places:
    """In the order of the tree; the id of a place is its position from 1 on, `parent` an id or 0."""

    code: Ints
    level: Ints  # position in LEVELS
    parent: Ints

    def __len__(self) -> int:
        return len(self.code)

    @property
    def communities(self) -> Ints:
        """The ids of the communities."""
        return np.flatnonzero(self.level == LEVELS.index("community")) + 1

    def columns(self) -> dict[str, list[Any]]:
        """Return what the table of regions holds of them, with names that say what they are."""
        codes = [f"{code:012}" for code in self.code.tolist()]
        paths: list[str] = []
        for code, parent in zip(codes, self.parent.tolist(), strict=True):
            paths.append(f"{paths[parent - 1] if parent else ''}{code}/")
        levels = [LEVELS[level] for level in self.level.tolist()]
        names = [_name(code, level) for code, level in zip(codes, levels, strict=True)]
        return {"code": codes, "path": paths, "level": levels, "name": names}


def make_places(scale: float, random: np.random.Generator) -> Places:
    """Return a tree with five levels; how many places lie below each one is uneven, as it is in life."""
    communities, townships = round(COMMUNITIES * scale), max(10, round(TOWNSHIPS * scale))
    counties, prefectures = max(3, round(COUNTIES * scale)), max(1, round(PREFECTURES * scale))
    prefecture_of = _split(counties, prefectures, random)
    county_of = _split(townships, counties, random)
    township_of = _split(communities, townships, random)

    prefecture = PROVINCE + (np.arange(prefectures) + 1) * _PREFECTURE
    number = _numbers(prefecture_of) + 1
    number += (number >= _ZONES) * 10
    county = prefecture[prefecture_of] + number * _COUNTY
    size = np.bincount(county_of)[county_of]
    spread = 1 + _numbers(county_of) * (_LAST_TOWNSHIP - 1) // np.maximum(size - 1, 1)
    township = county[county_of] + spread * _TOWNSHIP
    urban = random.random(communities) < URBAN
    committee = np.empty(communities, dtype=np.int64)
    committee[urban] = 1 + _numbers(township_of[urban])
    committee[~urban] = _VILLAGERS + _numbers(township_of[~urban])
    community = township[township_of] + committee
    if number.max() > _LAST_COUNTY or size.max() > _LAST_TOWNSHIP or (committee % _VILLAGERS).max() > _LAST_COMMITTEE:
        raise ValueError("more places below one than its codes have room for: take another seed or a smaller scale")

    code = np.concatenate([[PROVINCE], prefecture, county, township, community])
    above = np.concatenate(
        [[0], np.full(prefectures, PROVINCE), prefecture[prefecture_of], county[county_of], township[township_of]]
    )
    level = np.repeat(np.arange(5), [1, prefectures, counties, townships, communities])
    order = np.argsort(code)  # a code ended by zeros comes before all codes below it: the order of the tree
    code, above, level = code[order], above[order], level[order]
    parent = np.where(above == 0, 0, np.searchsorted(code, above) + 1)
    return Places(code, level, parent)


def _split(children: int, parents: int, random: np.random.Generator) -> Ints:
    """Return for each child its parent: consecutive, each parent with at least one."""
    cuts = np.sort(random.choice(np.arange(1, children), parents - 1, replace=False))
    return np.searchsorted(cuts, np.arange(children), side="right")


def _numbers(parent: Ints) -> Ints:
    """Return the position of each child among those of its parent; those of one parent follow each other."""
    return np.arange(len(parent)) - np.searchsorted(parent, parent)


def _name(code: str, level: str) -> str:
    if level == "community":
        kind = "居委会" if int(code[9:]) <= _LAST_COMMITTEE else "村委会"
        return f"合成{code[6:]}号{kind}"
    digits, ending = {"province": (2, "市"), "prefecture": (4, "片区"), "county": (6, "区"), "township": (9, "街镇")}[
        level
    ]
    return f"合成{code[:digits]}号{ending}"
