"""What an indicator must fulfil before it is stored from a form, each refusal at its field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from governance.kit.measures import expressions as e
from governance.kit.measures.parser import parse
from governance.kit.measures.vocabulary import ExpressionError, Vocabulary
from governance.kit.wording import listed
from governance.policies import agreement, fitting
from governance.policies.vocabulary import vocabulary
from governance.regions.models import Level

LISTS = ("unit_levels", "verdict_levels", "show_levels", "checklist", "checklist_en")


def refusals(indicator: Any) -> dict[str, list[str]]:
    """Return the reasons by field; empty when all is well."""
    found: dict[str, list[str]] = {}
    for field, reason in _all(indicator):
        if reason:
            found.setdefault(field, []).append(reason)
    return found


def _all(indicator: Any) -> Iterator[tuple[str, str]]:
    words = vocabulary()
    yield from fitting.early_days(indicator).items()
    yield "position", fitting.position_reason(indicator.position)
    for name in LISTS:
        yield name, fitting.twice_reason(getattr(indicator, name))
    yield "numerator", expression_reason(indicator.numerator, words, bare=False)
    yield "denominator", expression_reason(indicator.denominator, words, bare=True)
    if indicator.factor is not None:
        yield "factor", fitting.factor_reason(indicator.kind, indicator.factor)
        yield "unit", fitting.unit_reason(indicator.kind, indicator.factor, indicator.unit)
    yield "direction", fitting.direction_reason(indicator.role, indicator.direction)
    yield "unit_levels", fitting.unit_levels_reason(indicator.test, indicator.unit_levels)
    if indicator.baseline_value is not None:
        yield "baseline_value", fitting.baseline_reason(indicator.unit, indicator.baseline_value)
    if indicator.policy_id is not None:
        yield from _inside_policy(indicator)


def _inside_policy(indicator: Any) -> Iterator[tuple[str, str]]:
    policy = indicator.policy
    if indicator.clause_id is not None and indicator.clause.policy_id != policy.pk:
        yield "clause", _("条款要是同一份政策的。")
    above = fitting.levels_above(indicator.verdict_levels, policy.region.level)
    if above:
        names = listed(Level(level).label for level in above)
        yield "verdict_levels", _("判断级别不能高于政策的适用地区：%(levels)s。") % {"levels": names}
    if indicator.region is not None and not indicator.region.path.startswith(policy.region.path):
        yield "region", _("专指地区要在政策的适用地区之内。")
    whole = indicator.subset_of
    if whole is not None and whole.policy_id != policy.pk:
        yield "subset_of", _("所属的指标要是同一份政策的。")
    elif whole is not None and whole.pk == indicator.pk:
        yield "subset_of", _("指标不能属于它自己。")
    elif agreement.in_circle(indicator):
        yield "subset_of", _("所属关系绕成了圈。")
    if indicator.pk is not None:
        yield from _with_targets(indicator)


def _with_targets(indicator: Any) -> Iterator[tuple[str, str]]:
    """Yield what no longer goes with the targets and stated facts that there are."""
    homes = {indicator.policy.region_id, indicator.region_id}
    targets = list(indicator.targets.all())
    of_text = [target for target in targets if target.origin == "text"]
    if indicator.role == "reference" and targets:
        yield "role", _("参考事实没有目标，请先删除目标。")
    if indicator.role == "shown" and of_text:
        yield "role", _("只作展示的指标没有文件规定的目标，请先删除目标。")
    if indicator.role != "reference" and indicator.references.exists():
        yield "role", _("已登记文件所述的事实，只能是参考事实；要改性质，请先删除这些事实。")
    for target in targets:
        reason = fitting.high_reason(indicator.direction, target.value, target.high)
        if reason:
            yield "direction", _("已有的目标不合：%(reason)s") % {"reason": reason}
            return
    if any(target.region_id not in homes for target in of_text):
        yield "region", _("已有目标在原来的专指地区，请先删除那些目标。")
    if any(target.origin == "allocated" and target.region_id == indicator.region_id for target in targets):
        yield "region", _("这个地区已有分解下达的目标，不能作专指地区。")
    for _target, reason in agreement.conflicts(indicator, of_text):
        yield "__all__", _("已有的目标不合：%(reason)s") % {"reason": reason}


def expression_reason(text: str, words: Vocabulary, *, bare: bool) -> str:
    """Return why an expression cannot be read, with its place in words; `bare`: `1` may stand for none."""
    try:
        parsed = parse(text, words)
    except ExpressionError as error:
        return _("第 %(position)s 个字符：%(reason)s") % {"position": error.position + 1, "reason": error.reason}
    if not bare and isinstance(parsed.expression, e.One):
        return _("分子要数些什么，不能只写 1。")
    return ""
