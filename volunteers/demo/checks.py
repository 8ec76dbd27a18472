"""Spot checks of service records and certificates by the counties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from governance.kit.bulkload import copy
from governance.kit.demo import Progress
from governance.kit.drawing import NOTE, Draw, last_day, number_of, text_of
from governance.regions.demo.places import CHONGQING, Places, places_of
from volunteers.models import SpotCheck

_COLUMNS = (
    "region_id", "title", "kind", "period_from", "period_to", "seed", "population", "sample", "failed", "concluded_on", "published_on",
)  # fmt: skip
_YEARS = {2021: 0.8, 2022: 1.6, 2023: 2.2, 2024: 2.6, 2025: 2.95, 2026: 3.0}  # how many a county holds in the mean


def load_chongqing(progress: Progress) -> None:
    """Load spot checks of each year."""
    places = places_of(CHONGQING)
    progress("重庆市的志愿服务记录抽查", load_checks(places), 0)


def load_checks(places: Places) -> int:
    """COPY spot checks of the counties of a root, and return how many."""
    return copy(SpotCheck, _COLUMNS, _rows(places))


def _rows(places: Places) -> Iterator[tuple[Any, ...]]:
    draw, last = Draw(f"spot checks {places.root.code}"), last_day()
    for year, mean in _YEARS.items():
        for county, care in zip(places.counties, places.care_of_counties.tolist(), strict=True):
            for number in range(int(draw.random.poisson(mean * (0.4 + 0.85 * care)))):
                begun = number_of(f"{year}-01-01") + int(draw.random.integers(60, 300))
                sample = int(draw.random.integers(40, 200))
                failed = int(draw.random.binomial(sample, 0.03))
                concluded = begun + int(draw.random.integers(10, 45))
                over = concluded <= last
                if begun > last:
                    continue
                kind = "records" if number % 3 else "certificates"
                title = (
                    f"{county.name}{year}年第{number + 1}次{'服务记录' if kind == 'records' else '证明'}抽查（{NOTE}）"
                )
                yield (
                    county.pk, title, kind, text_of(begun - 90), text_of(begun), f"{year}{number}", sample * 40, sample,
                    failed if over else None, text_of(concluded) if over else None,
                    text_of(concluded + 10) if over and concluded + 10 <= last else None,
                )  # fmt: skip
