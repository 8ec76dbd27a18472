"""Which records make up the number of an expression at a place in a month (docs/attainment.md, parts 3 and 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.attainment.models import ReportedFigure
from governance.attainment.periods import judged_at, last_day
from governance.attainment.rollup.keys import COMMUNITY, Key, UnitsPassing
from governance.attainment.sources.evidence.parts import ONE, SUM, VALUE, Evidence, EvidencePart
from governance.attainment.sources.evidence.rows import (
    alive,
    among,
    events_of,
    homed,
    in_window,
    intervals_of,
    latest_of_each,
    marked_since,
    one_of_each,
)
from governance.attainment.sources.evidence.scene import Here, Scene
from governance.attainment.sources.evidence.statements import behind_units, components
from governance.kit.measures import expressions as e
from governance.kit.measures.sources import (
    RESPONDENTS,
    Events,
    Intervals,
    Values,
    figure_names,
    reportable,
    stand_in_code,
)
from governance.regions.models import Region

Parts = list[EvidencePart]


def evidence(key: Key, scene: Scene) -> Evidence:
    """Return the records behind a number at the scene's place and month; none where the number is missing."""
    known = scene.known(key)
    if known.missing[scene.place, 0]:
        return Evidence(missing=True, why=known.why)
    return Evidence(tuple(gather(key, scene, scene.here)), tuple(_behind(key, scene)))


def gather(key: Key, scene: Scene, tops: Here) -> Parts:
    """Return the records that make up the numbers of `tops` together: places of which none lies below another."""
    if not tops.any():
        return []
    match key:
        case e.Stock(source, mark, weight):
            return _stock(scene, tops, intervals_of(source), mark, weight)
        case e.Flow(source, mark, window, weight):
            return [_flow(scene, tops, events_of(source), mark, window, weight)]
        case e.Distinct(source, mark, window):
            part = _flow(scene, tops, events_of(source), mark, window, None)
            return [replace(part, queryset=latest_of_each(events_of(source), part.queryset))]
        case e.Kinds(source, mark, window):
            declared = intervals_of(source) if window == e.NOW else events_of(source)
            return [_kinds(scene, tops, declared, declared.kinds[mark], window)]
        case e.Figure(name):
            return _reported(scene, tops, name)
        case e.Units(levels, kind):
            return [_places(scene, scene.below(tops) & scene.units(levels, kind), _("地区"))]
        case e.RegionsWith() | e.RegionsEligible() | e.AtLeast() | UnitsPassing():
            return [_places(scene, scene.below(tops) & _counted_units(key, scene), _("计入的地区"))]
        case e.Components(item):
            return components(scene, item)
        case e.Within(inner, kind):
            return gather(inner, scene, scene.below(tops) & known_units(inner, kind, scene))
        case e.AtBaseline(inner, on):
            return gather(inner, scene.at(judged_at(on)), tops)
        case _:
            return []


def known_units(inner: e.Expression, kind: str, scene: Scene) -> Here:
    """Return the communities of a kind that have a number of their own."""
    known: Here = scene.units(COMMUNITY, kind) & ~scene.known(inner).missing[:, 0]
    return known


def _counted_units(key: Key, scene: Scene) -> Here:
    """Return the units that count: those whose own number, at their level alone, is not 0."""
    found: Here = scene.below(scene.here) & False
    for units, own in _by_level(key):
        # statements are read in any case; what is held against a number needs all rows
        numbers = scene.bare if isinstance(own, e.RegionsWith | e.RegionsEligible) else scene.counting
        number = numbers.of(own)
        found |= scene.units(units.levels, units.kind) & ~number.missing[:, 0] & (number.amount[:, 0] > 0)
    return found


def _by_level(key: Key) -> list[tuple[e.Units, Key]]:
    """Return an expression that counts units as one for each level, for none of them lies below another."""
    match key:
        case e.RegionsWith(item, levels, kind):
            place = None if kind == e.ELIGIBLE else kind
            return [(e.Units((level,), place), e.RegionsWith(item, (level,), kind)) for level in levels]
        case e.RegionsEligible(item, levels):
            return [(e.Units((level,)), e.RegionsEligible(item, (level,))) for level in levels]
        case e.AtLeast(level=level):
            return [(e.Units((level,)), key)]
        case UnitsPassing(units=held):
            return [
                (e.Units((level,), held.kind), replace(key, units=replace(held, levels=(level,))))
                for level in held.levels
            ]
        case _:
            raise TypeError(f"{key} counts no units")


def _stock(scene: Scene, tops: Here, declared: Intervals, mark: str, weight: str | None) -> Parts:
    chosen, kept = declared.marks[mark], scene.kept(declared.name)
    name = stand_in_code(declared.name, mark, weight)
    standing = scene.stand_ins(name, kept)
    since = chosen.since or declared.since
    rows = _Rows(scene, scene.below(tops, standing) & ~standing & kept, declared)
    condition = chosen.condition & alive(declared.since, declared.until, scene.month)
    part = rows.part(chosen.label, condition & marked_since(declared, since, scene.month), weight, chosen.unit)
    if weight is None:  # who has two rows at one place counts once
        part = replace(part, queryset=one_of_each(declared, part.queryset))
    return [
        replace(part, since=tuple(dict.fromkeys((since, declared.since)))),
        *_figures(scene, scene.below(tops, standing) & standing, name),
    ]


def _flow(scene: Scene, tops: Here, declared: Events, mark: str, window: str, weight: str | None) -> EvidencePart:
    chosen = declared.marks[mark]
    rows = _Rows(scene, scene.below(tops) & scene.kept(declared.name), declared)
    return rows.part(chosen.label, chosen.condition & in_window(declared.on, scene.month, window), weight, chosen.unit)


def _kinds(scene: Scene, tops: Here, declared: Intervals | Events, listed: Values, window: str) -> EvidencePart:
    condition = listed.condition & Q(**{f"{listed.lookup}__in": list(listed.values)})
    if isinstance(declared, Intervals):
        condition &= alive(declared.since, declared.until, scene.month)
    else:
        condition &= in_window(declared.on, scene.month, window)
    rows = _Rows(scene, scene.below(tops) & scene.kept(declared.name), declared)
    part = rows.part(declared.label, condition, None, _("种"))
    return replace(part, counted_as=VALUE, value=listed.lookup, names=listed.values)


class _Rows:
    """Rows of a declared source at the places where they count."""

    def __init__(self, scene: Scene, homes: Here, declared: Intervals | Events) -> None:
        self.declared, self.homes = declared, scene.keys(homes)

    def part(self, label: Any, condition: Q, weight: str | None, unit: Any) -> EvidencePart:
        """Return the rows with a condition, each counted as one or by its weight, which has a unit of its own."""
        declared = self.declared
        days: dict[str, Any] = (
            {"since": (declared.since,), "until": declared.until}
            if isinstance(declared, Intervals)
            else {"on": declared.on}
        )
        return EvidencePart(
            label,
            homed(declared, condition, self.homes),
            declared.home,
            declared.weights[weight].unit if weight else unit,
            SUM if weight else ONE,
            amount=declared.weights[weight].lookup if weight else "",
            **days,
        )


def _reported(scene: Scene, tops: Here, name: str) -> Parts:
    """Return the figures that make up a number: of each place its own, else those of its children."""
    standing = scene.reported(name)
    return _figures(scene, scene.below(tops, standing) & standing, name)


def _figures(scene: Scene, standing: Here, name: str) -> Parts:
    """Return the figures in force at places that have one: the latest approved of each."""
    if not standing.any():
        return []
    number, half = figure_names().get(name, (reportable().get(name), ""))
    told = ReportedFigure.objects.approved().filter(measure=number.code if number else name)
    told = told.filter(among("region__pk", scene.keys(standing)), on__lte=last_day(scene.month))
    latest = told.order_by("region_id", "-on").distinct("region_id").values("pk")
    return [
        EvidencePart(
            number.name if number else name,
            ReportedFigure.objects.filter(pk__in=latest).order_by("region_id", "pk"),
            "region",
            number.unit if number else "",
            SUM,
            amount="out_of" if half == RESPONDENTS else "value",
            on="on",
            until="until",
        )
    ]


def _places(scene: Scene, places: Here, label: Any) -> EvidencePart:
    rows = Region.objects.filter(among("pk", scene.keys(places))).order_by("path")
    return EvidencePart(label, rows, unit=_("个"), since=("since",), until="until")


def _behind(key: Key, scene: Scene) -> Parts:
    """Return the records on which it rests that a place, which is a unit itself, counts or does not."""
    match key:
        case e.RegionsWith() | e.RegionsEligible():
            return behind_units(key, scene)
        case e.AtLeast(inner, _least, level):
            here = scene.here & scene.units((level,)) & ~scene.known(inner).missing[:, 0]
            return gather(inner, scene, here)
        case e.Within(inner, kind):
            return _behind(inner, scene) if (scene.here & known_units(inner, kind, scene)).any() else []
        case e.AtBaseline(inner, on):
            return _behind(inner, scene.at(judged_at(on)))
        case _:
            return []
