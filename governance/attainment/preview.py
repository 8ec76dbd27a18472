"""What a change of a target or an indicator would do to the answer, told before it is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.attainment.compute.indicator import Asked
from governance.attainment.compute.questions import asked_of
from governance.attainment.compute.rows import judgements
from governance.attainment.evaluator.rule import Judgement
from governance.attainment.rounding import shown
from governance.attainment.wording import STATUSES, reason_in_words
from governance.kit.measures.vocabulary import ExpressionError
from governance.policies.models import Indicator, Target
from governance.policies.vocabulary import vocabulary
from governance.regions.models import Region


def of_target(stored: Target, wanted: Target, _by: Any) -> Iterator[str]:
    """Yield the answer at the target's place before and after."""
    others = [target for target in stored.indicator.targets.select_related("region") if target.pk != stored.pk]
    words = vocabulary()
    before = asked_of(stored.indicator, [*others, stored], words)
    yield from _compared(wanted.region, before, asked_of(wanted.indicator, [*others, wanted], words), wanted.indicator)


def of_indicator(stored: Indicator, wanted: Indicator, _by: Any) -> Iterator[str]:
    """Yield the answer at the indicator's own place before and after."""
    targets, words = list(stored.targets.select_related("region")), vocabulary()
    try:
        before = asked_of(stored, targets, words)
    except ExpressionError:  # what is stored was right once: a source has gone since
        return
    yield from _compared(wanted.region or wanted.policy.region, before, asked_of(wanted, targets, words), wanted)


def _compared(region: Region, before: Asked, after: Asked, indicator: Indicator) -> Iterator[str]:
    today = timezone.localdate()
    (_old_rule, old), (_new_rule, new) = judgements([before, after], region, today, today)
    was, becomes = _in_words(old, indicator), _in_words(new, indicator)
    values = {"region": region, "day": today.isoformat(), "was": was, "becomes": becomes}
    if was == becomes:
        yield _("按 %(day)s 的数据，%(region)s的结果不变：%(was)s。") % values
    else:
        yield _("按 %(day)s 的数据，%(region)s的结果从“%(was)s”变为“%(becomes)s”。") % values


def _in_words(judged: Judgement, indicator: Indicator) -> str:
    due = judged.milestone.due if judged.milestone else None
    parts = [str(STATUSES[judged.status]) if judged.status else _("不作判断")]
    if judged.value is not None:
        target = judged.milestone.target if judged.milestone else None
        parts.append(_("现值 %(value)s %(unit)s") % {"value": shown(judged.value, target), "unit": indicator.unit})
    if judged.gap:
        parts.append(_("差 %(gap)s") % {"gap": f"{judged.gap:,}"})
    if judged.status != "met":
        parts.append(reason_in_words(judged.reason, due))
    return _("，").join(parts)
