"""What a change of a target or an indicator would do to the answer, told before it is made."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.attainment.compute.indicator import Asked
from governance.attainment.compute.questions import asked_of
from governance.attainment.evaluator.rule import Judgement, Rule
from governance.attainment.results.rows import judgements
from governance.attainment.rounding import shown
from governance.attainment.wording import STATUSES, reason_in_words
from governance.kit.measures.vocabulary import ExpressionError
from governance.policies.models import Indicator, Target
from governance.policies.vocabulary import vocabulary
from governance.regions.models import Region

_ALL = Fraction(100)


def of_target(stored: Target, wanted: Target, _by: Any) -> Iterator[str]:
    """Yield the answer at the target's place before and after, of the indicator that it is to belong to."""
    indicator, words = wanted.indicator, vocabulary()
    beside = [target for target in indicator.targets.select_related("region") if target.pk != stored.pk]
    own = [stored] if stored.indicator_id == indicator.pk else []
    try:
        before, after = asked_of(indicator, [*beside, *own], words), asked_of(indicator, [*beside, wanted], words)
    except ExpressionError:  # what is stored was right once: a source has gone since
        return
    yield from _compared(wanted.region, (before, indicator), (after, indicator))


def of_indicator(stored: Indicator, wanted: Indicator, _by: Any) -> Iterator[str]:
    """Yield the answer at the indicator's own place before and after."""
    targets, words = list(stored.targets.select_related("region")), vocabulary()
    try:
        before = asked_of(stored, targets, words)
    except ExpressionError:  # as above; what is wanted has just been read
        return
    yield from _compared(
        wanted.region or wanted.policy.region, (before, stored), (asked_of(wanted, targets, words), wanted)
    )


def _compared(region: Region, before: tuple[Asked, Indicator], after: tuple[Asked, Indicator]) -> Iterator[str]:
    today = timezone.localdate()
    judged = judgements([before[0], after[0]], region, today, today)
    was, becomes = (
        _in_words(rule, answer, indicator)
        for (rule, answer), (_asked, indicator) in zip(judged, (before, after), strict=True)
    )
    values = {"region": region, "day": today.isoformat(), "was": was, "becomes": becomes}
    if was == becomes:
        yield _("按 %(day)s 的数据，%(region)s的结果不变：%(was)s。") % values
    else:
        yield _("按 %(day)s 的数据，%(region)s的结果从“%(was)s”变为“%(becomes)s”。") % values


def _in_words(rule: Rule, judged: Judgement, indicator: Indicator) -> str:
    due = judged.milestone.due if judged.milestone else None
    above = rule.stance == "above"  # the value is the share of its units that pass, held against all of them
    parts = [str(STATUSES[judged.status]) if judged.status else _("不作判断")]
    if judged.value is not None:
        target = (_ALL if above else judged.milestone.target) if judged.milestone else None
        values = {"value": shown(judged.value, target), "unit": "%" if above else indicator.unit}
        parts.append(_("现值 %(value)s %(unit)s") % values)
    if judged.gap:
        parts.append(_("差 %(gap)s") % {"gap": f"{judged.gap:,}"})
    if judged.status != "met":
        parts.append(reason_in_words(judged.reason, due))
    return _("，").join(parts)
