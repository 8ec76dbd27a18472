"""What the computed numbers read of each table, as look-ups: from the declared sources, and from the engine's own tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from governance.kit.measures.sources import SOURCES, Events, Intervals

INSERT, UPDATE, DELETE = "insert", "update", "delete"
EVENTS = (INSERT, UPDATE, DELETE)


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows of `model` (as `app.Model`) matter to the place `home`, from their day `first` on.

    All names are look-ups from the model. Without `home` they matter everywhere, without `first` in every month; where
    `first` is empty in a row, that row matters in every month, or if `dated` in none. `until`: the day on which it
    ends. `reads`: what else of a row is read; `depends`: the same, where a relation stands for all of its table.
    `only`: other rows do not matter. `below`: they matter to all places below too. `events`: which changes are told.
    """

    model: str
    home: str = ""
    first: str = ""
    until: str = ""
    reads: tuple[str | Q, ...] = ()
    depends: tuple[str, ...] = ()
    only: Q = field(default_factory=Q)
    dated: bool = False
    below: bool = False
    events: tuple[str, ...] = EVENTS


OWN = (
    # statements say more than the declared source counts: which item, which part of it, and what of it
    Reading("regions.RegionCapability", "region", "since", "until", ("item", "component", "statement")),
    # the nearest statement decides for every month: one that begins later than another above it ends what this one says
    Reading("regions.RegisterCoverage", "region", reads=("register", "since"), below=True),
    Reading(
        "attainment.ReportedFigure",
        "region",
        "on",
        "until",
        ("measure", "value", "out_of", "state"),
        only=Q(state="approved"),
    ),
    # places: the tree itself
    Reading("regions.Region", "pk", events=(INSERT,)),
    Reading(
        "regions.Region",
        "pk",
        reads=(
            *("code", "level", "parent", "path", "since", "until", "urban_rural_code"),
            *("committee_type", "township_kind", "development_zone"),
        ),
        below=True,
        events=(UPDATE,),
    ),
    Reading("regions.Region", "parent", reads=("code", "level", "path", "since", "until"), events=(UPDATE, DELETE)),
    # what all places are computed and judged by
    Reading("regions.RegionSet", reads=("slug", "codes")),
    Reading("regions.CapabilityItem", reads=("slug", "levels", "rule", "eligible")),
    Reading("regions.CapabilityComponent", reads=("item", "slug")),
    Reading("policies.Policy", reads=("region", "valid_from", "valid_to")),
    Reading(
        "policies.Indicator",
        reads=(
            *("policy", "region", "role", "kind", "numerator", "denominator", "factor", "test", "direction"),
            *("unit_levels", "verdict_levels", "baseline_on", "baseline_value"),
        ),
    ),
    Reading("policies.Target", reads=("indicator", "region", "due", "value", "high", "origin", "yearly")),
)


def readings() -> Iterator[Reading]:
    """Return what every declared source and the engine itself read."""
    for source in SOURCES.values():
        for declared in (source.intervals, source.events):
            if declared is not None:
                yield _declared(declared)
    yield from OWN


def _declared(source: Intervals | Events) -> Reading:
    reads: list[str | Q] = [source.person] if source.person else []
    for mark in source.marks.values():
        reads += [mark.condition, *([mark.since] if mark.since else [])]
    for listed in source.kinds.values():
        reads += [listed.condition, listed.lookup]
    reads += [weight.lookup for weight in source.weights.values()]
    reads += [implied.condition for implied in source.implies]
    said = tuple(reads)
    if isinstance(source, Events):
        return Reading(source.model, source.home, source.on, "", said, source.depends, dated=True)
    return Reading(source.model, source.home, source.since, source.until, said, source.depends)
