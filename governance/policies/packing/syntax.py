"""Reads a text as YAML, and says what is wrong with it in the words of those who write packs, not of a parser."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

# How the parser's sentence begins, and what that means to a writer; its own sentence stands where none is listed.
_SAID = (
    ("found character '\\t'", gettext_lazy("不能用制表符（Tab）缩进，请改用空格")),
    ("found character", gettext_lazy("文字以这个符号开头时要加引号")),
    ("could not find expected ':'", gettext_lazy("这一行缺少冒号和空格")),
    ("mapping values are not allowed", gettext_lazy("这里不该有冒号：文字里有冒号加空格时要加引号，键要和上面对齐")),
    ("sequence entries are not allowed", gettext_lazy("列表要另起一行")),
    ("but found another document", gettext_lazy("一个文件只能写一份政策")),
    ("special characters are not allowed", gettext_lazy("含有看不见的控制字符")),
    ("found unexpected end of stream", gettext_lazy("从这里起引号没有成对")),
    ("expected <block end>", gettext_lazy("和上面对不齐，或者引号后面还有文字")),
    ("expected ',' or '}'", gettext_lazy("花括号里缺少逗号或右括号")),
    ("expected ',' or ']'", gettext_lazy("方括号里缺少逗号或右括号")),
    ("found unknown escape character", gettext_lazy("双引号里的反斜杠要写两个")),
    ("expected escape sequence", gettext_lazy("双引号里的反斜杠要写两个")),
    ("expected the node content", gettext_lazy("这里缺少内容")),
)
# Found out too late, at the end of the file or on the next line: what is wrong stands where it began.
_BEGUN = ("while scanning a simple key", "while scanning a quoted scalar")


class SyntaxFault(Exception):
    """What is wrong, and where: line and column from 0, or the index of a character where the parser knows no line."""

    def __init__(self, problem: str, mark: Any = None, index: int = 0) -> None:
        super().__init__(problem)
        self.problem, self.mark, self.index = problem, mark, index


class _Plain(Composer):
    """Refuses anchors and aliases: a few lines of them stand for more than any memory holds."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.parser.peek_event()
        if getattr(event, "anchor", None) is not None:
            raise ComposerError(None, None, _("政策包不用“&”和“*”，请把内容照样写出来"), event.start_mark)
        return super().compose_node(parent, index)


def compose(text: str) -> Any:
    """Return the outermost node, None for an empty text; raises `SyntaxFault`."""
    reader = YAML(typ="safe", pure=True)
    reader.Composer = _Plain
    try:
        return reader.compose(text)
    except MarkedYAMLError as error:
        begun = error.context_mark if error.context in _BEGUN else None
        raise SyntaxFault(_said(error.problem), begun or error.problem_mark or error.context_mark) from error
    except YAMLError as error:
        raise SyntaxFault(_said(getattr(error, "reason", "")), index=getattr(error, "position", 0)) from error
    except RecursionError as error:
        raise SyntaxFault(_("嵌套太深")) from error


def _said(problem: str | None) -> str:
    text = problem or ""
    return next((str(meaning) for beginning, meaning in _SAID if text.startswith(beginning)), text)
