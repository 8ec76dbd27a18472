"""Drawing synthetic records: the same seed gives the same rows on every machine and on every day.

Days are numbers from 1 January 1970 on, and 0 says that there is none. Everything is drawn to `END`; what lies behind the
last full month before the load is left out afterwards (`Spans.kept`), so that the clock decides nothing that is drawn.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

Array = NDArray[Any]
Curve = Sequence[tuple[str, float]]  # on which day which share has begun

SEED = 20_261_122
EPOCH = date(1970, 1, 1)
END = date(2026, 12, 31)
NOTE = "演示数据"


def number_of(day: date | str) -> int:
    """Return the number of a day, which may be written as 2025-12-31."""
    return ((date.fromisoformat(day) if isinstance(day, str) else day) - EPOCH).days


def last_day() -> int:
    """Return the last day of the last full month before today, and never a day behind the last one drawn."""
    return min(number_of(timezone.localdate().replace(day=1) - timedelta(days=1)), number_of(END))


def written(days: Array) -> list[str | None]:
    """Return days as they are written, None for 0."""
    texts = np.datetime_as_string(days.astype("datetime64[D]")).tolist()
    return [text if day else None for text, day in zip(texts, (days != 0).tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class Spans:
    """First and last days of records."""

    since: Array
    until: Array

    def __len__(self) -> int:
        return len(self.since)

    def kept(self, last: int | None = None) -> Array:
        """Return the places in the list of what had begun by the last day."""
        return np.flatnonzero(self.since <= (last_day() if last is None else last))

    def at(self, chosen: Array, last: int | None = None) -> Spans:
        """Return some of them; what ends behind the last day has not ended."""
        until = self.until[chosen]
        return Spans(self.since[chosen], np.where(until <= (last_day() if last is None else last), until, 0))


class Draw:
    """Random columns; each subject has numbers of its own, so that one more of one does not change another."""

    def __init__(self, subject: str) -> None:
        self.random = np.random.default_rng([SEED, zlib.crc32(subject.encode())])

    def days(self, count: int, curve: Curve) -> Array:
        """Return days in order, spread as a curve says from its first day to its last."""
        days, shares = [number_of(day) for day, _share in curve], [share for _day, share in curve]
        even = (np.arange(count) + self.random.random(count)) / max(count, 1)
        return np.interp(even, shares, days).astype(np.int64)

    def spans(self, alive: int, curve: Curve, later: int = 0, ended: int = 0) -> Spans:
        """Return spans, `alive` of them open at the end of the curve; `later` ones begin after it, `ended` ones were before.

        They come in no order, so that a place that is drawn for each has early and late ones.
        """
        end = number_of(curve[-1][0])
        since = np.concatenate(
            [
                self.days(alive, curve),
                self.random.integers(end + 1, number_of(END) + 1, later),
                self.days(ended, curve),
            ]
        )
        gone = np.minimum(since[alive + later :], end - 1)
        since[alive + later :] = gone
        until = np.zeros(len(since), dtype=np.int64)
        until[alive + later :] = gone + 1 + ((end - 1 - gone) * self.random.random(ended)).astype(np.int64)
        order = self.random.permutation(len(since))
        return Spans(since[order], until[order])

    def moments(self, count: int, first: str, last: str = END.isoformat()) -> Array:
        """Return days between two, evenly spread and in no order."""
        return self.random.integers(number_of(first), number_of(last) + 1, count)

    def after(self, days: Array, shortest: int, longest: int) -> Array:
        """Return a day behind each of these days."""
        return np.asarray(days + self.random.integers(shortest, longest + 1, len(days)))

    def among(self, count: int, *shares: float) -> Array:
        """Return numbers from 0 on, each with its share."""
        bounds = np.cumsum(shares)[:-1] / sum(shares)
        return np.searchsorted(bounds, self.random.random(count), side="right")

    def some(self, chances: Array, count: int) -> Array:
        """Return `count` different positions in the list, the more likely ones more often, in ascending order."""
        with np.errstate(divide="ignore"):
            keys = np.log(self.random.random(len(chances))) / np.maximum(chances, 1e-12)
        return np.sort(np.argpartition(-keys, min(count, len(keys)) - 1)[:count]) if count else np.arange(0)

    def homes(self, chances: Array, count: int) -> Array:
        """Return `count` positions, the more likely ones more often and more than once."""
        bounds = np.cumsum(chances)
        found = np.searchsorted(bounds, self.random.random(count) * bounds[-1])
        return np.asarray(np.minimum(found, len(chances) - 1))

    def flags(self, count: int, share: float) -> Array:
        """Return which of so many are, a share of them."""
        return np.asarray(self.random.random(count) < share)

    def words(self, count: int, words: Sequence[str], *shares: float) -> list[str]:
        """Return words, each with its share or evenly."""
        drawn = self.among(count, *shares) if shares else self.random.integers(0, len(words), count)
        return [words[number] for number in drawn.tolist()]


@cache
def text_of(day: int) -> str | None:
    """Return one day as it is written, None for 0."""
    return (EPOCH + timedelta(days=day)).isoformat() if day else None
