"""Which file holds the outlines of some places: counties of the municipalities and cities of the pilots."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.conf import settings

from governance.regions.models import Level, Region

FOLDER = "maps"
_COUNTY = 6  # digits of a county's code


def outline_of(places: Sequence[Region]) -> str | None:
    """Return the static file in which each of the counties has an outline; None where there is none for them all."""
    if len(places) < 2 or any(place.level != Level.COUNTY for place in places):
        return None
    codes = {place.code[:_COUNTY] for place in places}
    best = max(_outlines().items(), key=lambda each: len(codes & each[1]), default=("", frozenset()))
    # a place younger than the outlines is missing on the map, and stands in the table all the same
    return best[0] if len(codes & best[1]) * 10 >= len(codes) * 9 else None


@cache
def _outlines() -> dict[str, frozenset[str]]:
    found = {}
    for file in sorted((Path(settings.BASE_DIR) / "static" / FOLDER).glob("*.json")):
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        found[f"{FOLDER}/{file.name}"] = frozenset(feature["properties"]["adcode"] for feature in features)
    return found
