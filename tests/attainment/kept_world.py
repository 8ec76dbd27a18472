"""A small world in the tables of the database: places, records of the trial app, statements, figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from unittest.mock import patch

from governance.attainment.compute.questions import Question
from governance.attainment.engine import rebuild
from governance.attainment.engine.areas import Area, first_month
from governance.attainment.engine.layout import layout_of
from governance.attainment.models import AttainmentRun, ReportedFigure
from governance.kit.measures.sources import SOURCES, Source
from governance.regions.models import (
    CapabilityComponent,
    CapabilityItem,
    Region,
    RegionCapability,
    RegionSet,
    RegisterCoverage,
)
from tests.attainment.product import asked
from tests.attainment.worlds import Indicator, Statement, World
from tests.trial.models import Award, Group, Post, Session

_NAMES = {
    "organizations": "trial_groups",
    "posts": "trial_posts",
    "sessions": "trial_sessions",
    "awards": "trial_awards",
}
PERSONS = {"ann": 1, "bo": 2, "chen": 3, "dai": 4}


@contextmanager
def the_sources_of_worlds() -> Iterator[None]:
    """Let the trial sources have the names that worlds give them, without what they imply."""

    def named(name: str, own: str) -> Source:
        found = SOURCES[own]
        sides = (
            None if one is None else replace(one, name=name, implies=()) for one in (found.intervals, found.events)
        )
        return Source(name, found.label, *sides)  # type: ignore[arg-type]

    with patch.dict(SOURCES, {name: named(name, own) for name, own in _NAMES.items()}):
        yield


def lawful(world: World) -> World:
    """Return the world without the statements that the database refuses."""
    level = {place.code: place.level for place in world.places}

    def taken(row: Statement) -> bool:
        item = world.items[row.item]
        stated_whole = row.kind == "has" and row.component is None and bool(item.components)
        return level[row.place] in item.levels and not stated_whole

    return replace(world, statements=tuple(row for row in world.statements if taken(row)))


def store(world: World) -> dict[str, Region]:
    """Write a world; return its places by code."""
    places: dict[str, Region] = {}
    for place in world.places:
        parent = places.get(place.parent or "")
        places[place.code] = Region.objects.create(
            code=place.code, name=place.code, level=place.level, parent=parent, since=place.since, until=place.until,
            path=f"{parent.path if parent else ''}{place.code}/",
        )  # fmt: skip
    RegionSet.objects.bulk_create(
        [RegionSet(slug=slug, codes=list(codes), name=slug, name_en=slug) for slug, codes in world.sets.items()],
        update_conflicts=True, unique_fields=["slug"], update_fields=["codes"],
    )  # fmt: skip
    _items(world, places)
    RegisterCoverage.objects.bulk_create(
        RegisterCoverage(region=places[row.place], register=row.register, since=row.since) for row in world.coverage
    )
    for row in world.intervals:
        home = places[row.place]
        if row.source == "posts":
            Post.objects.create(home=home, person=0, since=row.since, until=row.until)
        else:
            Group.objects.create(
                home=home, since=row.since, until=row.until, whole="all" in row.marks, party="party" in row.marks,
                area=row.weights["area"], category=row.kinds.get("category", ""),
            )  # fmt: skip
    for event in world.events:
        home = places[event.place]
        if event.source == "awards":
            Award.objects.create(home=home, on=event.on)
        else:
            Session.objects.create(
                home=home, on=event.on, held="held" in event.marks, joint="joint" in event.marks,
                hours=event.weights["hours"], person=PERSONS.get(event.person or ""), field=event.kinds.get("field", ""),
            )  # fmt: skip
    ReportedFigure.objects.bulk_create(
        ReportedFigure(
            region=places[row.place], measure=row.measure, on=row.on, value=row.value, until=row.until, source="-",
            state=ReportedFigure.State.APPROVED,
        )
        for row in world.figures
    )  # fmt: skip
    return places


def _items(world: World, places: dict[str, Region]) -> None:
    components: dict[tuple[str, str], CapabilityComponent] = {}
    for slug, item in world.items.items():
        stored = CapabilityItem.objects.create(
            slug=slug, name=slug, name_en=slug, levels=list(item.levels), rule=item.rule, eligible=item.eligible
        )
        for order, part in enumerate(item.components):
            components[slug, part] = CapabilityComponent.objects.create(
                item=stored, slug=part, name=part, name_en=part, order=order
            )
    RegionCapability.objects.bulk_create(
        RegionCapability(
            region=places[row.place], item_id=row.item, statement=row.kind, since=row.since, until=row.until,
            component=components[row.item, row.component] if row.component else None,
        )
        for row in world.statements
    )  # fmt: skip


def area_of(world: World, indicators: list[Indicator], places: dict[str, Region], *, first: int, last: int) -> Area:
    """Return the area of the whole world for some indicators."""
    questions = tuple(
        Question(SimpleNamespace(pk=number), asked(indicator))  # type: ignore[arg-type]
        for number, indicator in enumerate(indicators, 1)
    )
    first = min([first, *(first_month(question.asked) for question in questions)])
    return Area(
        places[world.places[0].code], questions, layout_of(question.asked for question in questions), first, last
    )


def rebuilt(area: Area, *, largest: int) -> AttainmentRun:
    """Rebuild an area in chunks and make it current."""
    with patch.object(rebuild, "areas", lambda: [area]):
        run = AttainmentRun.objects.create(cause="person", status="running")
        for chunk in rebuild.prepare(run, largest=largest):
            rebuild.compute_chunk(run, chunk)
            chunk.save()
        rebuild.compute_tops(run)
        rebuild.publish(run)
    run.status, run.finished_at = "done", run.created_at
    run.save()
    return run


@contextmanager
def as_of_today(today: date) -> Iterator[None]:
    with patch("django.utils.timezone.localdate", lambda *_: today):
        yield
