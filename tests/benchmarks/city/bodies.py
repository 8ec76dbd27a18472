"""Organisations, social workers, facilities, projects and funds, drawn as the portal's own tables hold them."""

from __future__ import annotations

import numpy as np

from tests.benchmarks.city.drawing import STILL, YEARS, Draw, ids
from tests.benchmarks.city.tables import Array, Columns
from tests.benchmarks.city.volunteering import WORKERS

ORGANIZATIONS, FACILITIES, PROJECTS, SESSIONS = 100_000, 12_000, 60_000, 300_000
FUNDS, CONSULTATIONS = 3_000, 200_000
GUIDED, FILED, REGISTERED = range(3)
_A_YEAR = 365


def organizations(draw: Draw) -> Columns:
    """Return organisations; how they stand with the authorities is drawn with them."""
    count = draw.count(ORGANIZATIONS)
    since = draw.days(count, 0.8)
    until = draw.ends(since, 0.12)
    status = draw.among(count, 0.05, 0.6, 0.35)
    climbs = (status == FILED) & (until == STILL) & draw.flags(count, 0.1) & (since + _A_YEAR <= draw.last)
    homes = draw.homes_of_two_levels(count)
    draw.made |= {"body": homes, "body since": since, "body until": until, "status": status, "climbs": climbs}
    return {
        "id": ids(count),
        "region_id": homes,
        "nature": draw.among(count, 0.09, 0.12, 0.01, 0.06, 0.04, 0.68),
        "community_based": draw.flags(count, 0.78),
        "category": draw.among(count, 0.2, 0.15, 0.15, 0.3, 0.1, 0.1),
        "coded": (status == REGISTERED) | climbs,
    }


def statuses(draw: Draw) -> Columns:
    """Return the status of each organisation, and a second one of those that have climbed."""
    climbed = np.flatnonzero(draw.made["climbs"]).astype(np.int32)
    since, until = draw.made["body since"], draw.made["body until"]
    risen = since[climbed] + np.int32(_A_YEAR)
    first_until = until.copy()
    first_until[climbed] = risen
    of = np.concatenate([np.arange(len(since), dtype=np.int32), climbed])
    return {
        "id": ids(len(of)),
        "organization_id": of + 1,
        "region_id": draw.made["body"][of],
        "status": np.concatenate([draw.made["status"], np.full(len(climbed), REGISTERED, dtype=np.int16)]),
        "since": np.concatenate([since, risen]),
        "until": np.concatenate([first_until, np.full(len(climbed), STILL, dtype=np.int32)]),
    }


def charities(draw: Draw) -> Columns:
    """Return the recognition of some organisations as charities."""
    return _of_some(draw, 0.08)


def parties(draw: Draw) -> Columns:
    """Return which organisations should have a party organisation, and since when they have one."""
    rows = _of_some(draw, 0.25)
    count, since, until = len(rows["id"]), rows["since"], rows["until"]
    established = since + draw.random.integers(10, 900, count, dtype=np.int32)
    there = draw.flags(count, 0.6) & (established <= draw.last) & ((until == STILL) | (established < until))
    return rows | {"established_on": np.where(there, established, np.int32(STILL))}


def posts(draw: Draw) -> Columns:
    """Return the post of each social worker."""
    count = draw.count(WORKERS)
    since = draw.days(count, 0.7)
    draw.made["post since"] = since
    return {
        "id": ids(count),
        "person_id": draw.made["workers"],
        "region_id": draw.homes_of_two_levels(count),
        "professional": draw.flags(count, 0.9),
        "full_time": draw.flags(count, 0.8),
        "main": draw.flags(count, 0.97),
        "since": since,
        "until": draw.ends(since, 0.15),
    }


def certificates(draw: Draw) -> Columns:
    """Return certificates of most social workers, obtained before or after they began."""
    held = np.flatnonzero(draw.flags(draw.count(WORKERS), 0.6))
    count = len(held)
    since = draw.made["post since"][held] + draw.random.integers(-600, 900, count, dtype=np.int32)
    return {
        "id": ids(count),
        "person_id": draw.made["workers"][held],
        "level": draw.among(count, 0.6, 0.36, 0.04),
        "since": np.minimum(since, np.int32(draw.last)),
    }


def facilities(draw: Draw) -> Columns:
    """Return facilities of all kinds."""
    count = draw.count(FACILITIES)
    since = draw.days(count, 0.8)
    return {
        "id": ids(count),
        "region_id": draw.homes_of_two_levels(count),
        "kind": draw.among(count, 0.02, 0.1, 0.2, 0.33, 0.09, 0.06, 0.05, 0.08, 0.05, 0.02),
        "capacity": draw.random.integers(10, 300, count, dtype=np.int32),
        "since": since,
        "until": draw.ends(since, 0.05),
    }


def projects(draw: Draw) -> Columns:
    """Return projects: planned, done, evaluated by a third party, a few struck off later."""
    count = draw.count(PROJECTS)
    started = draw.days(count, 0.7)
    completed = started + draw.random.integers(30, 700, count, dtype=np.int32)
    completed = np.where(draw.flags(count, 0.85) & (completed <= draw.last), completed, np.int32(STILL))
    evaluated = completed + draw.random.integers(0, 200, count, dtype=np.int32)
    judged = draw.flags(count, 0.6) & (completed != STILL) & (evaluated <= draw.last)
    struck_off = completed + np.int32(2 * _A_YEAR)
    gone = draw.flags(count, 0.03) & (completed != STILL) & (struck_off <= draw.last)
    draw.made["evaluated"] = np.where(judged, evaluated, np.int32(STILL))
    return {
        "id": ids(count),
        "region_id": draw.homes_of_two_levels(count),
        "field": draw.among(count, 0.2, 0.3, 0.2, 0.2, 0.1),
        "planned_start": started,
        "planned_end": started + np.int32(_A_YEAR),
        "started_on": started,
        "completed_on": completed,
        "evaluated_on": draw.made["evaluated"],
        "struck_off_on": np.where(gone, struck_off, np.int32(STILL)),
    }


def evaluations(draw: Draw) -> Columns:
    """Return the evaluations that projects tell of."""
    judged = np.flatnonzero(draw.made["evaluated"] != STILL).astype(np.int32)
    return {"id": ids(len(judged)), "project_id": judged + 1, "evaluated_on": draw.made["evaluated"][judged]}


def sessions(draw: Draw) -> Columns:
    """Return sessions, all of some project."""
    count = draw.count(SESSIONS)
    return {
        "id": ids(count),
        "project_id": draw.random.integers(1, draw.count(PROJECTS) + 1, count, dtype=np.int32),
        "community_id": draw.homes(count),
        "held_on": draw.days(count, 0.6),
        "field": draw.among(count, 0.2, 0.3, 0.2, 0.2, 0.1),
        "person_times": draw.random.integers(1, 120, count, dtype=np.int32),
    }


def funds(draw: Draw) -> Columns:
    """Return funds of the four kinds; those of communities are managed by an organisation."""
    count = draw.count(FUNDS)
    kind = draw.among(count, 0.4, 0.2, 0.1, 0.3)
    manager = draw.random.integers(1, draw.count(ORGANIZATIONS) + 1, count, dtype=np.int32)
    since = draw.days(count, 1.0)
    return {
        "id": ids(count),
        "region_id": draw.homes_of_two_levels(count),
        "kind": kind,
        "organization_id": np.where(kind == 0, manager, np.int32(0)),
        "since": since,
        "until": draw.ends(since, 0.05),
    }


def budgets(draw: Draw) -> Columns:
    """Return a budget of each township for each year."""
    townships = np.unique(draw.townships[draw.communities - 1])
    count = len(townships) * YEARS
    last = 1970 + draw.last // 365.2425
    return {
        "id": ids(count),
        "region_id": np.repeat(townships, YEARS),
        "year": np.tile(np.arange(int(last) - YEARS + 1, int(last) + 1, dtype=np.int16), len(townships)),
        "amount": draw.random.integers(1_000, 50_000, count, dtype=np.int32),
    }


def consultations(draw: Draw) -> Columns:
    """Return consultations that were held."""
    count = draw.count(CONSULTATIONS)
    return {"id": ids(count), "community_id": draw.homes(count), "held_on": draw.days(count, 0.6)}


def _of_some(draw: Draw, share: float) -> Columns:
    """Return a fact of a share of the organisations, as long as they are there."""
    chosen: Array = np.flatnonzero(draw.flags(len(draw.made["body"]), share)).astype(np.int32)
    return {
        "id": ids(len(chosen)),
        "organization_id": chosen + 1,
        "region_id": draw.made["body"][chosen],
        "since": draw.made["body since"][chosen],
        "until": draw.made["body until"][chosen],
    }
