"""Reading the bodies of API requests; apart from `api` because the framework's settings import this first."""

from __future__ import annotations

from math import isfinite
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError

DEEPEST = 10  # levels of lists and objects; a record is flat


class JSONParser(parsers.JSONParser):
    """JSON that is nested no deeper than a record could be, with numbers that are some.

    What is deeper breaks every reader after this one; `1e400` would be read as infinite, which JSON does not know.
    """

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Return the body, or refuse it."""
        try:
            body = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_too_deep()) from error
        _refuse(body)
        return body


def _too_deep() -> str:
    return _("请求的 JSON 嵌套过深，最多 %(levels)s 层。") % {"levels": DEEPEST}


def _refuse(body: Any) -> None:
    """Refuse what no record could hold; goes level by level, not down."""
    layer = [body]
    for _level in range(DEEPEST + 1):
        if any(isinstance(part, float) and not isfinite(part) for part in layer):
            raise ParseError(_("请求的 JSON 里有大到无法表示的数。"))
        layer = [part for part in layer if isinstance(part, dict | list)]
        if not layer:
            return
        layer = [inner for part in layer for inner in (part.values() if isinstance(part, dict) else part)]
    raise ParseError(_too_deep())
