"""The reasons for refused rows, in words: what will not do and what is allowed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.regions.divisions.rows import Refusal, Why

_WORDS = {
    Why.CELLS: _("这一行的格子比表头多，表头有 %(other)s 格。"),
    Why.CODE: _("区划代码应是 12 位数字，如 500103001000；在 Excel 里请把这一列设为文本。"),
    Why.NAME: _("名称应有 1 到 %(other)s 个字。"),
    Why.NAME_CHARACTERS: _("名称里有换行、控制字符或读不出的字，请重新填写；也请检查引号是否闭合。"),
    Why.LEVEL: _("级别只能是：%(other)s。"),
    Why.LEVEL_OTHER: _("库里这个代码的级别是 %(other)s，级别不能改。"),
    Why.PARENT_CODE: _("上级代码应是 12 位数字；只有省级留空。"),
    Why.PARENT_MISSING: _("没有填上级；只有省级（province）可以留空。"),
    Why.PARENT_UNKNOWN: _("文件和库里都没有这个上级。%(other)s"),
    Why.PARENT_REFUSED: _("上级被拒绝，请先改好上级那一行。"),
    Why.PARENT_RETIRED: _("上级已于 %(other)s 停用，请改填现在的上级。"),
    Why.PARENT_LEVEL: _("上级的级别是 %(other)s，应高于本行的级别。"),
    Why.CIRCLE: _("上下级绕成了圈，请改填真正的上级。"),
    Why.TWICE: _("同一代码在第 %(other)s 行另有说法，只能留一行。"),
    Why.DAY: _("日期应写成 2025-12-31 的样子。"),
    Why.SPAN: _("停用日期必须晚于设立日期；另一个日期是 %(other)s。"),
    Why.CLASS: _("城乡分类代码应是三位数字，以 1 或 2 开头，如 111、220。"),
    Why.RETIRED: _("这个地区已于 %(other)s 停用；要恢复或改日期，请填 until 列。"),
    Why.OUTSIDE: _("不在您的地区内。"),
    Why.NEW_ROOT: _("不在您的地区内：新的省级只能由系统管理员导入。"),
}


def reason(refusal: Refusal) -> str:
    """Return the reason in words."""
    return str(_WORDS[refusal.why]) % {"other": refusal.other}
