"""Facts of organisations: charities recognised, party organisations that are due."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from governance.kit.bulkload import copy
from governance.kit.drawing import NOTE, Curve, Draw, last_day, text_of
from governance.regions.demo.places import Places
from organizations.demo.bodies import Body, Loaded, share_out, spans_in
from organizations.models import CharityRecognition, Nature, OrganizationParty

_SPAN = ("organization_id", "region_id", "since", "until")


def charity_bodies(places: Places, count: int, curve: Curve) -> Iterator[Body]:
    """Yield charities registered with the counties."""
    draw = Draw(f"county charities {places.root.code}")
    counts = share_out(draw, count, 0.4 + places.care_of_counties)
    spans = spans_in(draw.spans(count, curve))
    words = (
        "慈善会",
        "爱心基金会",
        "扶贫济困协会",
        "助学基金会",
        "敬老助残协会",
        "公益基金会",
        "大爱救助协会",
        "志愿者基金会",
    )
    for at, number in enumerate(counts.tolist()):
        home = places.counties[at]
        for turn in range(number):
            since, _until = next(spans)
            word = words[turn % len(words)]
            nature = Nature.FOUNDATION if word.endswith("基金会") else Nature.ASSOCIATION
            name = f"{home.name}{'' if turn < len(words) else '同心'}{word}"
            yield Body(home.pk, home.code, name, nature.value, False, "", "", True, since)


def load_recognitions(loaded: Loaded) -> int:
    """Recognise all of these organisations as charities from their first day on."""
    rows = (
        (key, body.home, text_of(body.since), None, "registered_as", NOTE)
        for key, body in zip(loaded.keys, loaded.bodies, strict=True)
    )
    return copy(CharityRecognition, (*_SPAN, "way", "document_no"), rows)


def load_parties(root: str, loaded: Loaded, eligible: int, established: int) -> int:
    """Say of registered organisations that a party organisation is due, and of most of them that they have one."""
    draw, last = Draw(f"parties {root}"), last_day()
    able = [
        at for at, body in enumerate(loaded.bodies) if body.registered and not body.until and body.since + 120 <= last
    ]
    if not able:
        return 0
    eligible = min(eligible, len(able))
    chosen = draw.some(np.ones(len(able)), eligible).tolist()
    without = set(draw.some(np.ones(eligible), eligible - min(established, eligible)).tolist())
    members = draw.random.integers(3, 12, eligible).tolist()
    waits = draw.random.integers(30, 500, eligible).tolist()

    def rows() -> Iterator[tuple[object, ...]]:
        for number, position in enumerate(chosen):
            body = loaded.bodies[able[position]]
            since = body.since + 60
            founded = since + waits[number]
            has = number not in without and founded <= last
            form = ("independent" if members[number] > 4 else "joint") if has else ""
            yield (
                loaded.keys[able[position]], body.home, text_of(since), None, members[number],
                text_of(founded) if has else None, form,
            )  # fmt: skip

    return copy(OrganizationParty, (*_SPAN, "full_members", "established_on", "form"), rows())
