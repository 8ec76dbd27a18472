"""Reading the bodies of API requests; apart from `api` because the framework's settings import this first."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError

DEEPEST = 10  # levels of lists and objects; a record is flat


class JSONParser(parsers.JSONParser):
    """JSON that is nested no deeper than a record could be: what is deeper breaks every reader after this one."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Return the body, or refuse it."""
        try:
            body = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_too_deep()) from error
        if _deeper_than(body, DEEPEST):
            raise ParseError(_too_deep())
        return body


def _too_deep() -> str:
    return _("请求的 JSON 嵌套过深，最多 %(levels)s 层。") % {"levels": DEEPEST}


def _deeper_than(body: Any, levels: int) -> bool:
    """Return whether lists and objects lie in each other more than `levels` deep; goes level by level, not down."""
    layer = [body]
    for _level in range(levels + 1):
        layer = [part for part in layer if isinstance(part, dict | list)]
        if not layer:
            return False
        layer = [inner for part in layer for inner in (part.values() if isinstance(part, dict) else part)]
    return True
