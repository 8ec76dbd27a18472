"""Organisations with their statuses, as rows to be loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from governance.kit.bulkload import copy, take_keys
from governance.kit.drawing import NOTE, Array, Draw, Spans, last_day, text_of
from governance.kit.pinyin import initials
from governance.people.models import Person
from organizations.demo.naming import credit_code
from organizations.models import Nature, Organization, OrganizationStatus

_COLUMNS = (
    "id", "name", "pinyin", "region_id", "uscc", "uscc_proof", "filing_no", "nature", "community_based", "category",
    "service_category", "contact_id", "address",
)  # fmt: skip
_STATUS_COLUMNS = ("organization_id", "region_id", "status", "document_no", "since", "until")
_FILED, _REGISTERED = OrganizationStatus.Status.FILED, OrganizationStatus.Status.REGISTERED


class Body(NamedTuple):
    """An organisation: filed or registered from `since` on, or filed first and registered from `climbed` on."""

    home: int
    division: str
    name: str
    nature: str
    community: bool
    category: str
    service: str
    registered: bool
    since: int
    until: int = 0
    climbed: int = 0


@dataclass(frozen=True)
class Loaded:
    """What was loaded, for the facts of organisations that follow: keys and bodies in one order."""

    keys: list[int]
    bodies: list[Body]


def load_bodies(bodies: Iterable[Body], first: int) -> Loaded:
    """COPY organisations that have begun, and their statuses; `first` is where the numbers of their codes begin."""
    last = last_day()
    chosen = [body for body in bodies if body.since <= last]
    keys = take_keys(Organization, len(chosen))
    copy(Organization, _COLUMNS, _organizations(keys, chosen, first, last))
    copy(OrganizationStatus, _STATUS_COLUMNS, _statuses(keys, chosen, last))
    return Loaded(keys, chosen)


def in_turn(
    draw: Draw, counts: Array, names: Sequence[tuple[str, str, str]]
) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Yield a position for each organisation of it, with a name that no other one there has; a list has no multiple of 7 names."""
    starts = draw.random.integers(0, len(names), len(counts)).tolist()
    for at, (count, start) in enumerate(zip(counts.tolist(), starts, strict=True)):
        for turn in range(count):
            name, category, service = names[(start + turn * 7) % len(names)]
            round_ = turn // len(names)
            yield at, (name if not round_ else f"{name}{'二三四五六'[round_ - 1]}队", category, service)


def share_out(draw: Draw, total: int, weights: Array) -> Array:
    """Return how many of `total` each position has."""
    return (
        draw.random.multinomial(max(total, 0), weights / weights.sum()) if len(weights) else np.zeros(0, dtype=np.int64)
    )


def spans_in(spans: Spans) -> Iterator[tuple[int, int]]:
    """Yield first and last day of each."""
    return zip(spans.since.tolist(), spans.until.tolist(), strict=True)


def _organizations(keys: list[int], bodies: list[Body], first: int, last: int) -> Iterator[tuple[Any, ...]]:
    for number, (key, body) in enumerate(zip(keys, bodies, strict=True)):
        coded = body.registered or 0 < body.climbed <= last
        code = credit_code(body.nature, body.division, first + number) if coded else None
        filed = f"备{body.division[:6]}-{text_of(body.since)[:4]}-{first + number:06}" if not body.registered else ""  # type: ignore[index]
        yield (
            key, body.name, initials(body.name)[:60], body.home, code, "", filed, body.nature, body.community, body.category,
            body.service, None, "",
        )  # fmt: skip


def _statuses(keys: list[int], bodies: list[Body], last: int) -> Iterator[tuple[Any, ...]]:
    for key, body in zip(keys, bodies, strict=True):
        until = text_of(body.until) if body.until <= last else None
        if body.climbed and not body.registered and body.climbed <= last:
            yield key, body.home, _FILED.value, NOTE, text_of(body.since), text_of(body.climbed)
            yield key, body.home, _REGISTERED.value, NOTE, text_of(body.climbed), until
        else:
            yield key, body.home, (_REGISTERED if body.registered else _FILED).value, NOTE, text_of(body.since), until


FILLS = (Organization, OrganizationStatus, Person)
AGENCY, TEAM, FEDERATION = Nature.SOCIAL_WORK_AGENCY.value, Nature.TEAM.value, Nature.FEDERATION.value
