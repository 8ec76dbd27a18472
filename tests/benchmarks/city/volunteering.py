"""Persons, volunteers and what they do, drawn as the portal's own tables hold them."""

from __future__ import annotations

import numpy as np

from tests.benchmarks.city.drawing import STILL, Draw, ids
from tests.benchmarks.city.tables import Array, Columns

VOLUNTEERS, SERVICES, WORKERS = 7_000_000, 5_000_000, 80_000
ACTIVITIES, REPORTS = 60_000, 100_000


def persons(draw: Draw) -> Columns:
    """Return the persons of volunteers, and behind them those of social workers."""
    volunteers, workers = draw.count(VOLUNTEERS), draw.count(WORKERS)
    draw.made["homes"] = draw.homes(volunteers)
    draw.made["workers"] = np.arange(volunteers + 1, volunteers + workers + 1, dtype=np.int32)
    count = volunteers + workers
    return {
        "id": ids(count),
        "region_id": np.concatenate([draw.made["homes"], draw.homes(workers)]),
        "gender": draw.among(count, 0.5, 0.5),
        "birth_year": 1940 + draw.random.integers(0, 65, count, dtype=np.int16),
    }


def volunteers(draw: Draw) -> Columns:
    """Return a registration of each; most are verified some days later."""
    count = draw.count(VOLUNTEERS)
    since = draw.days(count, 0.6)
    until = draw.ends(since, 0.16)
    verified = since + draw.random.integers(0, 200, count, dtype=np.int32)
    kept = draw.flags(count, 0.85) & (verified <= draw.last) & ((until == STILL) | (verified < until))
    return {
        "id": ids(count),
        "person_id": ids(count),
        "community_id": draw.made["homes"],
        "since": since,
        "until": until,
        "verified_on": np.where(kept, verified, np.int32(STILL)),
    }


def services(draw: Draw) -> Columns:
    """Return services of a fifth of the volunteers, the earlier ones more often, at their homes; most are confirmed."""
    count, chosen = draw.count(SERVICES), _some_volunteers(draw, SERVICES)
    served = draw.days(count, 0.5)
    confirmed = np.minimum(served + draw.random.integers(0, 20, count, dtype=np.int32), np.int32(draw.last))
    return {
        "id": ids(count),
        "volunteer_id": chosen + 1,
        "community_id": draw.made["homes"][chosen],
        "service_date": served,
        "minutes": draw.random.integers(1, 17, count, dtype=np.int32) * 30,
        "confirmed_on": np.where(draw.flags(count, 0.95), confirmed, np.int32(STILL)),
        "voided": draw.flags(count, 0.02),
    }


def activities(draw: Draw) -> Columns:
    """Return activities, a few of them called off."""
    count = draw.count(ACTIVITIES)
    published = draw.days(count, 0.6)
    return {
        "id": ids(count),
        "community_id": draw.homes(count),
        "starts_on": published,
        "published_on": published,
        "cancelled_on": np.where(draw.flags(count, 0.05), published, np.int32(STILL)),
    }


def reports(draw: Draw) -> Columns:
    """Return reports of party members, each of another volunteer."""
    count, homes = draw.count(REPORTS), draw.made["homes"]
    chosen = np.arange(count, dtype=np.int32) * (len(homes) // count)
    since = draw.days(count, 0.9)
    return {
        "id": ids(count),
        "person_id": chosen + 1,
        "community_id": homes[chosen],
        "since": since,
        "until": draw.ends(since, 0.1),
    }


def cases(draw: Draw) -> Columns:
    """Return cases of social workers: their clients are some of the persons there are."""
    of_scale_1 = 200_000
    count, chosen = draw.count(of_scale_1), _some_volunteers(draw, of_scale_1)
    return {
        "id": ids(count),
        "client_id": chosen + 1,
        "community_id": draw.made["homes"][chosen],
        "field": draw.among(count, 0.2, 0.3, 0.3, 0.1, 0.1),
        "opened_on": draw.days(count, 0.6),
    }


def _some_volunteers(draw: Draw, of_scale_1: int) -> Array:
    """Return places in the list of volunteers, those of a fifth of them."""
    return (draw.random.random(draw.count(of_scale_1)) ** 2 * len(draw.made["homes"])).astype(np.int32) // 5 * 5
