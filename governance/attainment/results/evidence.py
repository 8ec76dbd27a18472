"""The records behind a side of an indicator at a place, as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from governance.attainment.compute.indicator import Asked
from governance.attainment.compute.questions import Question
from governance.attainment.compute.readings import Readings
from governance.attainment.engine.parts import Part, part_below
from governance.attainment.evaluator.milestones import asked as asked_at
from governance.attainment.evaluator.readings import ABOVE
from governance.attainment.evaluator.rule import Milestone
from governance.attainment.evaluator.status import to_date
from governance.attainment.periods import as_of, reached
from governance.attainment.results.numbers import sides
from governance.attainment.rounding import shown
from governance.attainment.sources.evidence import Evidence, Scene, evidence
from governance.attainment.sources.facts import PackedFacts
from governance.kit.measures import expressions as e
from governance.kit.measures.wording import KIND_NAMES, LEVEL_NAMES, in_words
from governance.kit.wording import inside, listed
from governance.policies.vocabulary import vocabulary
from governance.regions.models import Region

NUMERATOR, DENOMINATOR = "numerator", "denominator"
SIDES = (NUMERATOR, DENOMINATOR)


@dataclass(frozen=True)
class SideEvidence:
    """The evidence, the day that it speaks of (`to_date`: the month is still running), and what is counted, in words.

    `units`: the place lies above the units of the text, so its numerator counts those that pass. `whole`: nothing is divided
    by, so that the denominator is 1 and the number is the numerator.
    """

    evidence: Evidence
    side: str
    as_of: date
    to_date: bool
    words: str
    units: bool
    whole: bool


def evidence_of(question: Question, region: Region, day: date, side: str, today: date) -> SideEvidence:
    """Return the records behind the numerator or the denominator of an indicator at a place."""
    asked, part = question.asked, part_below([region.pk])
    month, _running = as_of(day, today)
    scene = _scene(asked, part, region, month)
    stance = Readings(scene.bare, asked).stance(scene.place)
    aim = asked_at(asked.rule(region.code, region.level, stance), month, today)
    if aim.month != month:  # yearly targets have ended: the last December answers
        scene = _scene(asked, part, region, aim.month)
    held = aim.held if stance == ABOVE else None
    return SideEvidence(
        _found(asked, scene, side, held),
        side,
        as_of=reached(aim.month, today),
        to_date=to_date(aim.month, today),
        words=_words(question, side, held),
        units=held is not None,
        whole=held is None and isinstance(asked.denominator, e.One),
    )


def _scene(asked: Asked, part: Part, region: Region, month: int) -> Scene:
    facts = PackedFacts(part.tree, part.ids, sides([asked]), month, month, counted=part.computed)
    return Scene(part.tree, part.ids, facts, part.index[region.pk], month)


def _found(asked: Asked, scene: Scene, side: str, held: Milestone | None) -> Evidence:
    cell = scene.place, 0
    readings = Readings(scene.bare, asked)
    if not readings.applicable[cell]:
        return Evidence(missing=True, why=readings.history(cell[0]).at(scene.month, held).missing)
    if held is not None:
        if side == DENOMINATOR:
            return evidence(e.Units(asked.unit_levels, asked.unit_kind), scene)
        if not scene.counting.of(asked.units_with_value).amount[cell]:
            return Evidence(missing=True, why=readings.why_no_unit(cell))
        return evidence(asked.units_passing(held), scene)
    if side == DENOMINATOR and isinstance(asked.denominator, e.One):
        return Evidence(stated=Fraction(1))
    found = evidence(asked.numerator if side == NUMERATOR else asked.denominator, scene)
    entered = asked.baseline_value if side == DENOMINATOR and asked.multiple and cell[0] == readings.root else None
    if found.missing and entered is not None:
        return Evidence(stated=entered)
    return found


def _words(question: Question, side: str, held: Milestone | None) -> str:
    asked, words = question.asked, vocabulary()
    if held is None and side == DENOMINATOR and isinstance(asked.denominator, e.One):
        return _("没有分母，数值就是分子")
    if held is None:
        return in_words(asked.numerator if side == NUMERATOR else asked.denominator, words)
    if side == DENOMINATOR:
        return in_words(e.Units(asked.unit_levels, asked.unit_kind), words)
    kind = asked.unit_kind or ""
    names = {**words.sets, **KIND_NAMES}
    places = names.get(kind.removeprefix(e.NAMED)) or listed(inside(LEVEL_NAMES[level]) for level in asked.unit_levels)
    values = {"number": f"{shown(held.target)} {question.indicator.unit}", "places": inside(places)}
    if asked.direction == "at_most":
        return _("自身不高于 %(number)s 的%(places)s数") % values
    return _("自身达到 %(number)s 的%(places)s数") % values
