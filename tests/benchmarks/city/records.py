"""The records of a synthetic municipality, table by table as arrays; days are numbers from 1 January 1970 on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Model
from django.utils import timezone
from numpy.typing import NDArray

from governance.attainment.periods import last_day, month_of
from tests.benchmarks.city.places import Places, make_places
from tests.trial import models

Array = NDArray[Any]
Columns = dict[str, Array]

VOLUNTEERS, SERVICES, SOCIETIES, WORKERS = 7_000_000, 5_000_000, 100_000, 80_000
VENUES, UNDERTAKINGS, RESIDENTS = 12_000, 60_000, 32_000_000
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

    @property
    def first(self) -> date:
        """The first day with records."""
        return date(self.last.year - YEARS + 1, 1, 1)

    def tables(self) -> Iterator[tuple[type[Model], Columns]]:
        """Yield each trial table with its columns; one at a time, for together they are large."""
        draw = _Draw(self)
        makers: tuple[tuple[type[Model], Callable[[_Draw], Columns]], ...] = (
            (models.Volunteer, _volunteers),
            (models.Service, _services),
            (models.Society, _societies),
            (models.Worker, _workers),
            (models.Venue, _venues),
            (models.Undertaking, _undertakings),
        )
        for number, (model, make) in enumerate(makers):
            draw.random = np.random.default_rng([self.seed, number])
            yield model, make(draw)

    def population(self) -> Iterator[tuple[date, Columns]]:
        """Yield the population of each community on the 1 November of each of the years."""
        share = _Draw(self).share
        base = (share * RESIDENTS * self.scale).astype(np.int64) + 50
        for back in range(YEARS - 1, -1, -1):
            residents = base * (1000 - 4 * back) // 1000
            yield (
                date(self.last.year - back, 11, 1),
                {
                    "region": self.places.communities,
                    "trial_residents": residents,
                    "trial_households": residents * 2 // 5,
                    "trial_elders": residents * (220 - 5 * back) // 1000,
                },
            )


def generate(scale: float, seed: int = 20_261_122, today: date | None = None) -> City:
    """Draw a municipality whose records reach to the end of the running month."""
    random = np.random.default_rng([seed, 100])
    last = last_day(month_of(today or timezone.localdate()))
    return City(make_places(scale, random), scale, seed, last)


class _Draw:
    """Random columns of a city; `share` is how much of the whole each community has."""

    def __init__(self, city: City) -> None:
        self.scale = city.scale
        self.random = np.random.default_rng([city.seed, 101])
        self.communities = city.places.communities.astype(np.int32)
        self.townships = city.places.parent.astype(np.int32)
        weight = self.random.lognormal(0, 0.6, len(self.communities))
        self.share = weight / weight.sum()
        self.first, self.last = ((day - EPOCH).days for day in (city.first, city.last))
        self.homes_of_volunteers = np.zeros(0, dtype=np.int32)

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


def _ids(count: int) -> Array:
    return np.arange(1, count + 1, dtype=np.int32)


def _volunteers(draw: _Draw) -> Columns:
    count = draw.count(VOLUNTEERS)
    verified = draw.days(count, 0.6)
    draw.homes_of_volunteers = draw.homes(count)
    return {
        "id": _ids(count),
        "home_id": draw.homes_of_volunteers,
        "gender": draw.among(count, 0.5, 0.5),
        "kind": draw.among(count, 0.6, 0.2, 0.12, 0.08),
        "party": draw.flags(count, 0.15),
        "star": draw.among(count, 0.6, 0.2, 0.1, 0.05, 0.03, 0.02),
        "verified_on": verified,
        "left_on": draw.ends(verified, 0.16),
        "number": draw.random.integers(0, 2**62, count),
    }


def _services(draw: _Draw) -> Columns:
    """Return services of a fifth of the volunteers, the earlier ones more often, at their homes."""
    count, volunteers = draw.count(SERVICES), len(draw.homes_of_volunteers)
    active = (draw.random.random(count) ** 2 * volunteers).astype(np.int32) // 5 * 5
    return {
        "id": _ids(count),
        "home_id": draw.homes_of_volunteers[active],
        "volunteer_id": active + 1,
        "undertaking": draw.random.integers(1, draw.count(UNDERTAKINGS) + 1, count, dtype=np.int32),
        "served_on": draw.days(count, 0.5),
        "minutes": draw.random.integers(1, 17, count, dtype=np.int32) * 30,
        "beneficiaries": draw.random.integers(0, 60, count, dtype=np.int16),
    }


def _societies(draw: _Draw) -> Columns:
    count = draw.count(SOCIETIES)
    established = draw.days(count, 0.8)
    return {
        "id": _ids(count),
        "home_id": draw.homes(count),
        "kind": draw.among(count, 0.78, 0.09, 0.12, 0.01),
        "charity": draw.flags(count, 0.05),
        "rating": draw.among(count, 0.8, 0.05, 0.05, 0.06, 0.02, 0.02),
        "established_on": established,
        "dissolved_on": draw.ends(established, 0.12),
    }


def _workers(draw: _Draw) -> Columns:
    count = draw.count(WORKERS)
    certified = draw.days(count, 0.7)
    return {
        "id": _ids(count),
        "home_id": draw.homes_of_two_levels(count),
        "certificate": draw.among(count, 0.4, 0.35, 0.22, 0.03),
        "certified_on": certified,
        "left_on": draw.ends(certified, 0.15),
    }


def _venues(draw: _Draw) -> Columns:
    count = draw.count(VENUES)
    opened = draw.days(count, 0.8)
    return {
        "id": _ids(count),
        "home_id": draw.homes_of_two_levels(count),
        "kind": draw.among(count, 0.6, 0.3, 0.1),
        "opened_on": opened,
        "closed_on": draw.ends(opened, 0.05),
    }


def _undertakings(draw: _Draw) -> Columns:
    count = draw.count(UNDERTAKINGS)
    started = draw.days(count, 0.7)
    return {
        "id": _ids(count),
        "home_id": draw.homes_of_two_levels(count),
        "amount": draw.random.integers(1_000, 500_000, count, dtype=np.int32),
        "started_on": started,
        "ended_on": draw.ends(started, 0.8, 30, 700),
    }
