"""Prints values as YAML that a person likes to read, the same bytes for the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

# What may stand without quotes: it begins with a letter, a Chinese character or an opening Chinese quotation mark,
# and holds nothing that YAML reads as the end of a value.
_PLAIN = re.compile(r"(?:[^\W\d_]|[“《（【])(?:(?!: | #)[^\n\r\t])*(?<![\s:])\Z")
_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def text(value: str, *, quoted: bool = False) -> str:
    """Return a text as one line, in quotes where it needs them or where that is wished."""
    if "\n" in value or "\r" in value or "\t" in value or _UNSEEN.search(value):
        escaped = json.dumps(value, ensure_ascii=False)
        return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped)
    if not quoted and _PLAIN.match(value) and value.lower() not in _WORDS:
        return value
    return "'" + value.replace("'", "''") + "'"


def scalar(value: Any, *, quoted: bool = False) -> str:
    """Return one value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else text(str(value), quoted=quoted)


def flow(value: Any) -> str:
    """Return a value as it stands within brackets; identifiers need no quotes there."""
    if isinstance(value, str):
        bare = re.fullmatch(r"[a-z][a-z_]*", value) and value not in _WORDS
        return value if bare else text(value, quoted=True)
    return scalar(value)


def one_line(values: Mapping[str, Any]) -> str:
    """Return a short mapping in braces."""
    return "{" + ", ".join(f"{name}: {flow(value)}" for name, value in values.items()) + "}"


def line(name: str, value: Any, indent: str, *, quoted: bool = False) -> str:
    """Return a key with its value: a list or a mapping in brackets."""
    if isinstance(value, Mapping):
        return f"{indent}{name}: {one_line(value)}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"{indent}{name}: [{', '.join(flow(each) for each in value)}]"
    return f"{indent}{name}: {scalar(value, quoted=quoted)}"
