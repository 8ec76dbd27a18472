"""What a text may consist of."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import CharField, Model, TextField
from django.utils.translation import gettext as _

# Control and format characters (the latter turn the direction of the line or are not seen at all), separators of
# lines and paragraphs, halves of surrogate pairs.
_REFUSED = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
_LINES = frozenset("\n\r\t")


_ASIDE = str.maketrans({"(": "（", ")": "）", ";": "；"})
_BETWEEN = re.compile(r"(?<![0-9])[,:]|[,:](?![0-9])")  # not inside a number or a time
_WIDE = {",": "，", ":": "："}
# What a spreadsheet program takes for the beginning of a formula; under a Chinese system the wide signs as well.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_cell(text: str) -> str:
    """Return a text for a cell of a spreadsheet: one that begins like a formula would be run as one."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def from_cell(text: str) -> str:
    """Return the text of a cell that `as_cell` has written."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def full_width(text: str) -> str:
    """Return a Chinese text with the full-width punctuation that belongs into it; others stay as they are."""
    if not any("\u4e00" <= character <= "\u9fff" for character in text):
        return text
    return _BETWEEN.sub(lambda sign: _WIDE[sign[0]], text.translate(_ASIDE))


def refused_character(text: str, *, lines: bool = False) -> str | None:
    """Return the first character that a text may not hold as `U+202E`; `lines` allows breaks and tabs."""
    if text.isascii() and text.isprintable():
        return None
    for character in text:
        if unicodedata.category(character) in _REFUSED and not (lines and character in _LINES):
            return f"U+{ord(character):04X}"
    return None


def refuse_control_characters(record: Model) -> None:
    """Refuse, at its field, a text with characters that nobody sees or that turn the line around."""
    refused = {}
    for field in record._meta.concrete_fields:
        value = getattr(record, field.attname) if isinstance(field, CharField | TextField) else None
        found = refused_character(value, lines=isinstance(field, TextField)) if isinstance(value, str) else None
        if found:
            refused[field.name] = _("含有看不见的控制字符（%(character)s），请删除后再填。") % {"character": found}
    if refused:
        raise ValidationError(refused)


def echoed(value: object) -> str:
    """Return what somebody sent as a refusal may repeat it: short, and without what no answer can be written in."""
    return str(value)[:80].encode("utf-8", "replace").decode()
