"""Statuses and their reasons in words."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.attainment.evaluator.reasons import Reason

STATUSES: dict[str, Promise | str] = {
    "met": gettext_lazy("已达标"),
    "on_track": gettext_lazy("进度正常"),
    "behind": gettext_lazy("落后"),
    "overdue": gettext_lazy("逾期"),
    "pending": gettext_lazy("进行中"),
    "no_data": gettext_lazy("无数据"),
    "no_denominator": gettext_lazy("缺基数"),
    "no_target": gettext_lazy("无目标值"),
    "not_applicable": gettext_lazy("不适用"),
}

OUTCOMES: dict[str, Promise | str] = {
    "met": gettext_lazy("按期达到"),
    "missed": gettext_lazy("未达到"),
    "no_data": gettext_lazy("无数据"),
    "no_denominator": gettext_lazy("缺基数"),
}

LINES: dict[str, Promise | str] = {
    "reached": gettext_lazy("达到全域目标（参考）"),
    "below": gettext_lazy("低于全域目标（参考）"),
}

_REASONS: dict[str, Promise | str] = {
    Reason.NOT_APPLICABLE: gettext_lazy("这项指标不涉及本地区"),
    Reason.OUTSIDE_ROOT: gettext_lazy("不在文件所说的地区内"),
    Reason.NOT_VALID: gettext_lazy("当月没有这个地区"),
    Reason.BELOW_UNIT: gettext_lazy("低于文件所说的级别"),
    Reason.NO_UNIT: gettext_lazy("没有文件所说的这类地区"),
    Reason.NO_SOURCE: gettext_lazy("尚无数据来源"),
    Reason.REGISTER_NOT_KEPT: gettext_lazy("台账未启用"),
    Reason.NO_FIGURE: gettext_lazy("没有已核准的填报数"),
    Reason.NUMERATOR_MISSING: gettext_lazy("分子没有数据"),
    Reason.NO_UNIT_HAS_VALUE: gettext_lazy("没有一个单位有数据"),
    Reason.DENOMINATOR_MISSING: gettext_lazy("分母没有数据"),
    Reason.DENOMINATOR_ZERO: gettext_lazy("分母为 0"),
    Reason.BASELINE_MISSING: gettext_lazy("没有基期数，请先填报"),
    Reason.BASELINE_ZERO: gettext_lazy("基期数为 0，算不出倍数"),
    Reason.NO_NUMBER_IN_TEXT: gettext_lazy("文件没有写目标数"),
    Reason.LEVEL_NOT_JUDGED: gettext_lazy("文件没有给这一级定目标，也没有分解下达"),
    Reason.BEFORE_FIRST_YEAR: gettext_lazy("还没到第一个目标年份"),
    Reason.YEAR_WITHOUT_TARGET: gettext_lazy("文件没有列出这一年"),
    Reason.MET: gettext_lazy("达到目标"),
    Reason.UNDATED: gettext_lazy("还没达到，文件没有写期限"),
    Reason.PAST_DUE: gettext_lazy("期限已过，还没达到"),
    Reason.NO_PATH: gettext_lazy("还没达到，缺少起点，算不出应有进度"),
    Reason.ON_PATH: gettext_lazy("还没到期，达到应有进度"),
    Reason.BELOW_PATH: gettext_lazy("还没到期，低于应有进度"),
    Reason.REFERENCE_FACT: gettext_lazy("文件陈述的事实，不作判断"),
}


def reason_in_words(reason: str, due: date | None = None) -> str:
    """Return why a status is what it is; a date past is named."""
    if reason == Reason.PAST_DUE and due is not None:
        return _("期限 %(due)s 已过，还没达到") % {"due": due.isoformat()}
    return str(_REASONS.get(reason, reason))
