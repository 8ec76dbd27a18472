"""What the text's targets of a policy must not say against each other; the loader of packs asks the same of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from governance.kit.measures import expressions as e
from governance.kit.measures.parser import parse
from governance.kit.measures.vocabulary import ExpressionError, Vocabulary
from governance.policies.vocabulary import vocabulary

# The models ask this module, so it knows them by their attributes only.
Indicator: TypeAlias = Any
Target: TypeAlias = Any


def conflicts(indicator: Indicator, targets: Sequence[Target]) -> Iterator[tuple[Target, str]]:
    """Yield each of the text's targets of an indicator that does not go with those of others, and why.

    Indicator and targets are as they would become; what they are held against is read from the tables.
    """
    yield from _parts(indicator, targets)
    yield from _equals(indicator, targets)


def in_circle(indicator: Indicator) -> bool:
    """Return whether an indicator would belong to a part of itself."""
    seen: set[int | None] = set()
    at = indicator.subset_of
    while at is not None and at.pk not in seen:
        if at.pk == indicator.pk:
            return True
        seen.add(at.pk)
        at = at.subset_of
    return False


def _parts(indicator: Indicator, targets: Sequence[Target]) -> Iterator[tuple[Target, str]]:
    """A part does not ask for more than its whole, from whichever side it is changed."""
    whole = indicator.subset_of
    if whole is not None and whole.unit == indicator.unit:
        rows = _of_text(whole)
        for target in targets:
            above = _in_force(rows, target.due)
            if above is not None and target.value > above.value:
                values = {"whole": whole.slug, "value": f"{above.value.normalize():f}"}
                yield target, _("目标比它所属的 %(whole)s（%(value)s）还高。") % values
    for part in indicator.subsets.filter(unit=indicator.unit):
        for below in _of_text(part):
            held = _in_force(targets, below.due)
            if held is not None and below.value > held.value:
                values = {"part": part.slug, "value": f"{below.value.normalize():f}"}
                yield held, _("它的一部分 %(part)s（%(value)s）要求得更高。") % values


def _in_force(targets: Sequence[Target], due: date | None) -> Target | None:
    """Return the target that holds on a day: the first due then or later, else the last."""
    dated = sorted((row for row in targets if row.due), key=lambda row: row.due or date.max)
    undated = [row for row in targets if not row.due]
    if due is None or not dated:
        return next(iter(undated or dated[-1:]), None)
    return next((row for row in dated if row.due and row.due >= due), dated[-1])


def _equals(indicator: Indicator, targets: Sequence[Target]) -> Iterator[tuple[Target, str]]:
    """Two indicators that compute the same, for the same levels and the same day, do not ask for different numbers."""
    alike = indicator.policy.indicators.filter(
        factor=indicator.factor,
        test=indicator.test,
        unit_levels=indicator.unit_levels,
        direction=indicator.direction,
        verdict_levels__overlap=indicator.verdict_levels,
    ).exclude(pk=indicator.pk)
    words: Vocabulary | None = None
    for other in alike.prefetch_related("targets"):
        asked = {(row.region_id, row.due): (row.value, row.high) for row in other.targets.all() if row.origin == "text"}
        for target in targets:
            number = asked.get((target.region_id, target.due))
            if number is None or number == (target.value, target.high):
                continue
            words = words or vocabulary()
            sides = _sides(indicator, words)
            if sides is not None and sides == _sides(other, words):
                yield target, _("和指标 %(other)s 算的是同一个数、同一期限，目标却不同。") % {"other": other.slug}


def _sides(indicator: Indicator, words: Vocabulary) -> tuple[e.Expression, e.Expression] | None:
    try:
        return parse(indicator.numerator, words).expression, parse(indicator.denominator, words).expression
    except ExpressionError:
        return None


def _of_text(indicator: Indicator) -> list[Target]:
    return list(indicator.targets.filter(origin="text"))
