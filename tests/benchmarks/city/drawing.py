"""A synthetic municipality: its places, and random columns of records; days are numbers from 1 January 1970 on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import Model
from django.utils import timezone

from governance.attainment.periods import last_day, month_of
from tests.benchmarks.city.places import Places, make_places
from tests.benchmarks.city.tables import Array, Columns, Tables

RESIDENTS = 32_000_000
YEARS = 11  # of records and of population
AT_TOWNSHIPS = 0.05  # share of workers, venues and undertakings that belong to a township itself
STILL = 0  # instead of a last day: the record has not ended
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class City:
    """The places, and what is needed to draw the records: `last` is the last day that has any."""

    places: Places
    scale: float
    seed: int
    last: date
    tables: Tables

    @property
    def first(self) -> date:
        """The first day with records."""
        return date(self.last.year - YEARS + 1, 1, 1)

    def records(self) -> Iterator[tuple[type[Model], Columns]]:
        """Yield each table with its columns; one at a time, for together they are large."""
        draw = Draw(self)
        for number, (model, make) in enumerate(self.tables.makers):
            draw.random = np.random.default_rng([self.seed, number])
            yield model, make(draw)

    def population(self) -> Iterator[tuple[date, Columns]]:
        """Yield the population of each community on the 1 November of each of the years, by the codes of the tables."""
        codes = self.tables.population
        share = Draw(self).share
        base = (share * RESIDENTS * self.scale).astype(np.int64) + 50
        for back in range(YEARS - 1, -1, -1):
            residents = base * (1000 - 4 * back) // 1000
            yield (
                date(self.last.year - back, 11, 1),
                {
                    "region": self.places.communities,
                    codes["all"]: residents,
                    codes["some"]: residents * 2 // 5,
                    codes["few"]: residents * (220 - 5 * back) // 1000,
                },
            )


def generate(scale: float, tables: Tables, seed: int = 20_261_122, today: date | None = None) -> City:
    """Draw a municipality whose records reach to the end of the running month."""
    random = np.random.default_rng([seed, 100])
    last = last_day(month_of(today or timezone.localdate()))
    return City(make_places(scale, random), scale, seed, last, tables)


class Draw:
    """Random columns of a city; `share` is how much of the whole each community has."""

    def __init__(self, city: City) -> None:
        self.scale = city.scale
        self.random = np.random.default_rng([city.seed, 101])
        self.communities = city.places.communities.astype(np.int32)
        self.townships = city.places.parent.astype(np.int32)
        weight = self.random.lognormal(0, 0.6, len(self.communities))
        self.share = weight / weight.sum()
        self.first, self.last = ((day - EPOCH).days for day in (city.first, city.last))
        self.made: dict[str, Array] = {}  # what later tables take from earlier ones

    def count(self, of_scale_1: int) -> int:
        return max(1, round(of_scale_1 * self.scale))

    def homes(self, count: int) -> Array:
        """Return communities, large ones more often."""
        found = np.searchsorted(np.cumsum(self.share), self.random.random(count))
        return self.communities[np.minimum(found, len(self.communities) - 1)]

    def homes_of_two_levels(self, count: int) -> Array:
        """Return the same, some of them the township above instead."""
        homes = self.homes(count)
        above = self.random.random(count) < AT_TOWNSHIPS
        return np.where(above, self.townships[homes - 1], homes)

    def days(self, count: int, power: float) -> Array:
        """Return days in order, the later the denser."""
        drawn = self.first + (self.last - self.first) * self.random.random(count) ** power
        return np.sort(drawn).astype(np.int32)

    def ends(self, starts: Array, ended: float, shortest: int = 5, longest: int = 1800) -> Array:
        """Return last days: this share of the records has ended, as far as its day is not still to come."""
        ends = starts + self.random.integers(shortest, longest, len(starts), dtype=np.int32)
        over = (self.random.random(len(starts)) < ended) & (ends <= self.last)
        return np.where(over, ends, np.int32(STILL))

    def among(self, count: int, *shares: float) -> Array:
        """Return numbers from 0 on, each with its share."""
        return np.searchsorted(np.cumsum(shares)[:-1], self.random.random(count), side="right").astype(np.int16)

    def flags(self, count: int, share: float) -> Array:
        return self.random.random(count) < share


def ids(count: int) -> Array:
    """Return the ids of so many rows."""
    return np.arange(1, count + 1, dtype=np.int32)
