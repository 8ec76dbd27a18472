"""Social workers, community workers and their certificates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from governance.kit.bulkload import copy, take_keys
from governance.kit.drawing import END, Array, Curve, Draw, Spans, last_day, number_of, written
from governance.people.demo.persons import People, load_persons
from governance.regions.demo.places import Places
from organizations.models import CommunityWorkerPost, SocialWorkCertificate, SocialWorkPost

_LEVELS = [level.value for level in SocialWorkCertificate.Level]
_TITLES = ("一线社工", "项目社工", "社工站社工", "督导助理", "社区社工")
_POSITIONS = ("dedicated", "committee_member", "party_member")


@dataclass(frozen=True)
class Workers:
    """How many there are at the end of the curve; `certified` of them with a certificate by the end of `certifying`."""

    count: int
    certified: int
    curve: Curve
    certifying: Curve
    letters: str  # before the numbers of their certificates
    numbered: bool = False
    first: int = 0  # of their identity numbers


@dataclass(frozen=True)
class Posts:
    """Posts that were loaded: their keys and persons, where they are, and their first days."""

    keys: Array
    persons: Array
    homes: Array
    since: Array


def load_social_workers(places: Places, workers: Workers, at: Array, agencies: list[int]) -> Posts:
    """COPY social workers: `at` are positions of communities; some work for their township, some for an agency."""
    subject = f"social workers {places.root.code}"
    draw = Draw(subject)
    later, ended = workers.count // 50, workers.count // 25
    spans = draw.spans(workers.count, workers.curve, later=later, ended=ended)
    homes = _homes(draw, places, at, len(spans))
    kept = spans.kept()
    spans, homes, count = spans.at(kept), homes[kept], len(kept)
    persons = load_persons(People(subject, homes, workers.numbered, workers.first, (1966, 2002)))
    keys = take_keys(SocialWorkPost, count)
    employed = draw.random.integers(0, max(len(agencies), 1), count).tolist()
    by_agency = draw.flags(count, 0.3 if agencies else 0).tolist()
    titles, full = draw.words(count, _TITLES), draw.flags(count, 0.86).tolist()
    names = {place.pk: place.name for place in (*places.townships, *places.communities)}

    def rows() -> Iterator[tuple[Any, ...]]:
        since, until = written(spans.since), written(spans.until)
        for number, (key, person, home) in enumerate(zip(keys, persons.tolist(), homes.tolist(), strict=True)):
            agency = agencies[employed[number]] if by_agency[number] else None
            employer = "" if agency else names[home]
            yield (
                key,
                person,
                home,
                agency,
                employer,
                titles[number],
                True,
                full[number],
                True,
                since[number],
                until[number],
            )

    columns = (
        "id", "person_id", "region_id", "organization_id", "employer", "title", "professional", "full_time", "main", "since",
        "until",
    )  # fmt: skip
    copy(SocialWorkPost, columns, rows())
    load_certificates(subject, persons, spans, workers)
    return Posts(np.array(keys, dtype=np.int64), persons, homes, spans.since)


def load_community_workers(places: Places, workers: Workers) -> Array:
    """COPY community workers, towns having more of them, and return their persons."""
    subject = f"community workers {places.root.code}"
    draw = Draw(subject)
    later, ended = workers.count // 60, workers.count // 20
    spans = draw.spans(workers.count, workers.curve, later=later, ended=ended)
    at = draw.homes(places.size * (0.5 + places.care) * np.where(places.urban, 2.0, 0.8), len(spans))
    kept = spans.kept()
    spans, homes = spans.at(kept), places.ids[at[kept]]
    persons = load_persons(People(subject, homes, workers.numbered, workers.first, (1964, 2001)))
    positions = draw.words(len(kept), _POSITIONS, 0.55, 0.3, 0.15)
    rows = zip(persons.tolist(), homes.tolist(), positions, written(spans.since), written(spans.until), strict=True)
    copy(CommunityWorkerPost, ("person_id", "community_id", "position", "since", "until"), rows)
    load_certificates(subject, persons, spans, workers)
    return persons


def load_certificates(subject: str, persons: Array, spans: Spans, workers: Workers) -> int:
    """COPY certificates: exactly so many of those in post at the end of the curve have one by then, a few more later."""
    draw, end = Draw(f"certificates {subject}"), number_of(workers.curve[-1][0])
    there = np.flatnonzero((spans.since <= end) & (spans.until == 0))
    count = min(workers.certified, len(there))
    later = min(count // 30, len(there) - count)
    chosen = draw.random.permutation(there[draw.some(np.ones(len(there)), count + later)])
    obtained = np.concatenate(
        [draw.days(count, workers.certifying), draw.random.integers(end + 1, number_of(END), later)]
    )
    levels = draw.words(len(chosen), _LEVELS, 0.66, 0.31, 0.03)
    kept = np.flatnonzero(obtained <= last_day())
    told = zip(kept.tolist(), persons[chosen[kept]].tolist(), written(obtained[kept]), strict=True)
    rows = ((person, levels[number], f"演{workers.letters}{number:06}", day) for number, person, day in told)
    return copy(SocialWorkCertificate, ("person_id", "level", "number", "since"), rows)


def _homes(draw: Draw, places: Places, at: Array, count: int) -> Array:
    """Return where posts are: communities of `at`, and for a tenth the township above."""
    weights = places.size[at] * (0.25 + places.care[at])
    chosen = at[draw.homes(weights, count)]
    townships = np.array([place.pk for place in places.townships], dtype=np.int64)
    return np.where(draw.flags(count, 0.1), townships[places.township_of[chosen]], places.ids[chosen])
