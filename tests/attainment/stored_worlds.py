"""A small world as rows of the trial tables, and its expressions in their words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from governance.attainment.models import ReportedFigure
from governance.kit.measures import expressions as e
from governance.kit.pinyin import initials
from governance.regions.models import (
    CapabilityComponent,
    CapabilityItem,
    Region,
    RegionCapability,
    RegionSet,
    RegisterCoverage,
)
from tests.attainment.worlds import World, random_world
from tests.trial.models import Award, Group, Post, Session

SOURCES = {
    "organizations": "trial_groups",
    "posts": "trial_posts",
    "sessions": "trial_sessions",
    "awards": "trial_awards",
}
FIGURES = {"resident_population": "trial_residents", "tally.prizes": "trial_elders"}
PERSONS = {"ann": 1, "bo": 2, "chen": 3, "dai": 4, None: None}


def storable(seed: int) -> World:
    """Return the world of a seed without the statements that the database refuses."""
    world = random_world(seed)
    level = {place.code: place.level for place in world.places}
    return replace(
        world,
        statements=tuple(
            row
            for row in world.statements
            if level[row.place] in world.items[row.item].levels
            and (row.component or row.kind == "subject_to" or world.items[row.item].rule != "count")
        ),
    )


def stored(world: World) -> dict[str, Region]:
    """Write a world into the tables; return its places by code."""
    places = _places(world)
    for order, (slug, item) in enumerate(world.items.items()):
        CapabilityItem.objects.create(
            slug=slug, name=slug, name_en=slug, levels=list(item.levels), rule=item.rule, eligible=item.eligible, order=order
        )  # fmt: skip
        CapabilityComponent.objects.bulk_create(
            CapabilityComponent(item_id=slug, slug=one, name=one, name_en=one, order=at)
            for at, one in enumerate(item.components)
        )
    for name, codes in world.sets.items():
        RegionSet.objects.create(slug=name, name=name, name_en=name, codes=list(codes))
    parts = {(part.item_id, part.slug): part for part in CapabilityComponent.objects.all()}
    RegionCapability.objects.bulk_create(
        RegionCapability(
            region=places[row.place], item_id=row.item, statement=row.kind, since=row.since, until=row.until,
            component=parts[row.item, row.component] if row.component else None,
        )
        for row in world.statements
    )  # fmt: skip
    RegisterCoverage.objects.bulk_create(
        RegisterCoverage(region=places[row.place], register=SOURCES.get(row.register, row.register), since=row.since)
        for row in world.coverage
    )
    _rows(world, places)
    ReportedFigure.objects.bulk_create(
        ReportedFigure(
            region=places[row.place], measure=_measure(row.measure), on=row.on, value=row.value, until=row.until,
            source="统计公报", state=ReportedFigure.State.APPROVED,
        )
        for row in world.figures
    )  # fmt: skip
    return places


def _places(world: World) -> dict[str, Region]:
    places: dict[str, Region] = {}
    for place in world.places:
        parent = places.get(place.parent or "")
        places[place.code] = Region.objects.create(
            code=place.code, name=place.code, level=place.level, parent=parent, since=place.since, until=place.until,
            path=f"{parent.path if parent else ''}{place.code}/", initials=initials(place.code),
        )  # fmt: skip
    return places


def _rows(world: World, places: dict[str, Region]) -> None:
    rows: dict[type[Any], list[Any]] = {Group: [], Post: [], Session: [], Award: []}
    for row in world.intervals:
        home = places[row.place]
        if row.source == "posts":
            rows[Post].append(Post(home=home, person=len(rows[Post]), since=row.since, until=row.until))
            continue
        rows[Group].append(
            Group(
                home=home, since=row.since, until=row.until, whole="all" in row.marks, party="party" in row.marks,
                area=row.weights["area"], category=row.kinds.get("category", ""),
            )
        )  # fmt: skip
    for event in world.events:
        home = places[event.place]
        if event.source == "awards":
            rows[Award].append(Award(home=home, on=event.on))
            continue
        rows[Session].append(
            Session(
                home=home, on=event.on, person=PERSONS[event.person], held="held" in event.marks,
                joint="joint" in event.marks, hours=event.weights["hours"], field=event.kinds.get("field", ""),
            )
        )  # fmt: skip
    for model, made in rows.items():
        model.objects.bulk_create(made)


def _measure(name: str) -> str:
    source, dot, rest = name.partition(".")
    return f"{SOURCES[source]}{dot}{rest}" if source in SOURCES else FIGURES[name]


def in_words_of_tables(expression: e.Expression) -> e.Expression:
    """Return an expression of a world with the names that its rows have in the tables."""
    match expression:
        case e.Stock() | e.Flow() | e.Distinct() | e.Kinds():
            return replace(expression, source=SOURCES[expression.source])
        case e.Figure(name):
            return e.Figure(FIGURES[name])
        case e.AtLeast() | e.Within() | e.AtBaseline():
            return replace(expression, expression=in_words_of_tables(expression.expression))
        case _:
            return expression
