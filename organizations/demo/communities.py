"""Organisations of communities: a charity in most of them, and as many others as the figures say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from governance.kit.drawing import Array, Curve, Draw
from governance.regions.demo.places import Places
from organizations.demo.bodies import AGENCY, TEAM, Body, in_turn, share_out, spans_in
from organizations.demo.naming import CHARITIES, TEAMS, VILLAGE_TEAMS

_REGISTERED, _CLIMBING = 0.09, 0.02  # shares
_A_YEAR = 365


@dataclass(frozen=True)
class Wanted:
    """How many there are at the end of the curve: charities (one a community), and all in towns and villages."""

    charities: int
    urban: int
    rural: int
    curve: Curve
    registered: float = _REGISTERED


def community_bodies(places: Places, wanted: Wanted) -> Iterator[Body]:
    """Yield the organisations of communities."""
    total = len(places.communities)
    lacking = places.lacking("charity", total - wanted.charities)
    having = np.setdiff1d(np.arange(total), lacking)
    yield from _charities(places, wanted, having, lacking)
    yield from _teams(places, wanted, places.urban, wanted.urban - int(places.urban[having].sum()), TEAMS)
    yield from _teams(places, wanted, places.rural, wanted.rural - int(places.rural[having].sum()), VILLAGE_TEAMS)


def _charities(places: Places, wanted: Wanted, having: Array, lacking: Array) -> Iterator[Body]:
    draw = Draw(f"charities of communities {places.root.code}")
    late = lacking[: len(lacking) // 4]
    spans = draw.spans(len(having), wanted.curve)
    rank = np.argsort(-(places.care[having] + draw.random.normal(0, 0.25, len(having))))
    since = np.empty(len(having), dtype=np.int64)
    since[rank] = np.sort(spans.since)
    since = np.concatenate([since, draw.spans(0, wanted.curve, later=len(late)).since])
    names = draw.random.integers(0, len(CHARITIES), len(since)).tolist()
    registered = draw.flags(len(since), wanted.registered / 2).tolist()
    for number, (at, day) in enumerate(zip(np.concatenate([having, late]).tolist(), since.tolist(), strict=True)):
        name, category, service = CHARITIES[names[number]]
        home = places.communities[at]
        yield Body(home.pk, home.code, places.names[at] + name, TEAM, True, category, service, registered[number], day)


def _teams(
    places: Places, wanted: Wanted, of_kind: Array, count: int, names: tuple[tuple[str, str, str], ...]
) -> Iterator[Body]:
    draw = Draw(f"teams {places.root.code} {names[0][0]}")
    at = np.flatnonzero(of_kind)
    count = max(count, 0) if len(at) else 0
    ended, later = count // 40, count // 25
    counts = share_out(draw, count + ended + later, (0.35 + places.care[at]) * np.sqrt(places.size[at]))
    spans = draw.spans(count, wanted.curve, later=later, ended=ended)
    registered = draw.flags(len(spans), wanted.registered).tolist()
    climbing = draw.flags(len(spans), _CLIMBING).tolist()
    for number, ((position, told), (since, until)) in enumerate(
        zip(in_turn(draw, counts, names), spans_in(spans), strict=True)
    ):
        home, place = places.communities[at[position]], places.names[at[position]]
        climbed = since + _A_YEAR if climbing[number] and not until and not registered[number] else 0
        yield Body(
            home.pk, home.code, place + told[0], TEAM, True, told[1], told[2], registered[number], since, until, climbed
        )


def agencies(places: Places, count: int, curve: Curve) -> Iterator[Body]:
    """Yield agencies of social work, registered with the counties."""
    draw = Draw(f"agencies {places.root.code}")
    counts = share_out(draw, count, 0.3 + places.care_of_counties)
    words = (
        "仁爱",
        "启明",
        "同心",
        "阳光",
        "和众",
        "春晖",
        "益家",
        "众行",
        "暖阳",
        "知行",
        "汇爱",
        "晨曦",
        "博爱",
        "安和",
    )
    spans = spans_in(draw.spans(count, curve))
    for at, number in enumerate(counts.tolist()):
        home = places.counties[at]
        for turn in range(number):
            since, until = next(spans)
            name = f"{home.name}{words[turn % len(words)]}社会工作服务中心{'' if turn < len(words) else turn // len(words) + 1}"
            yield Body(home.pk, home.code, name, AGENCY, False, "", "", True, since, until)
