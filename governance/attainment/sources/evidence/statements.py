"""What places were said to have: statements about an item, and rows of sources that imply it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.attainment.sources.evidence.parts import ONE, VALUE, EvidencePart
from governance.attainment.sources.evidence.rows import alive, among, homed, implying
from governance.attainment.sources.evidence.scene import Here, Scene
from governance.kit.measures import expressions as e
from governance.kit.measures.sources import SOURCES, Intervals
from governance.regions.models import RegionCapability


def components(scene: Scene, item: str) -> list[EvidencePart]:
    """Return what gives the place components of an item; each component counts once."""
    stated = Q(statement=RegionCapability.Statement.HAS, component__isnull=False)
    return [
        _stated(scene, scene.here, item, stated, counted_as=VALUE),
        *_implied(scene, scene.here, item, parts=True, counted_as=VALUE),
    ]


def behind_units(key: e.RegionsWith | e.RegionsEligible, scene: Scene) -> list[EvidencePart]:
    """Return what was stated of the place, where it is a unit: that it has the item, or lies in its scope."""
    kind = key.kind if isinstance(key, e.RegionsWith) and key.kind != e.ELIGIBLE else None
    here = scene.here & scene.units(key.levels, kind)
    if not here.any():
        return []
    subject = Q(statement=RegionCapability.Statement.SUBJECT_TO)
    if isinstance(key, e.RegionsEligible):
        return [_stated(scene, here, key.item, subject)]
    parts = scene.facts.item(key.item).rule == "all"
    found = Q(statement=RegionCapability.Statement.HAS, component__isnull=not parts)
    if key.kind == e.ELIGIBLE:
        found |= subject
    return [_stated(scene, here, key.item, found), *_implied(scene, here, key.item, parts=parts)]


def _stated(scene: Scene, places: Here, item: str, said: Q, *, counted_as: str = ONE) -> EvidencePart:
    holds = said & alive("since", "until", scene.month)
    rows = RegionCapability.objects.filter(holds, among("region__pk", scene.keys(places)), item=item)
    return EvidencePart(
        _("能力记录"),
        rows.order_by("region_id", "pk"),
        "region",
        _("项"),
        counted_as,
        value="component__slug" if counted_as == VALUE else "",
        since=("since",),
        until="until",
    )


def _implied(scene: Scene, places: Here, item: str, *, parts: bool, counted_as: str = ONE) -> Iterator[EvidencePart]:
    """Yield rows of sources that make an item, or components of it, present."""
    homes = scene.keys(places)
    for source in SOURCES.values():
        for declared in (source.intervals, source.events):
            for implied in declared.implies if declared else ():
                if declared is None or implied.item != item or bool(implied.component) != parts:
                    continue
                spans = isinstance(declared, Intervals)
                yield EvidencePart(
                    declared.label,
                    homed(declared, implying(declared, implied, scene.month), homes),
                    declared.home,
                    _("项"),
                    counted_as,
                    given=implied.component,
                    since=(declared.since,) if isinstance(declared, Intervals) else (),
                    until=declared.until if isinstance(declared, Intervals) else "",
                    on="" if spans else declared.on,  # type: ignore[union-attr]
                )
