"""The text of a cell as a value of its field, or the reason why it is none; nothing here asks the database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from governance.kit.imports.workbook import BROKEN
from governance.kit.texts import from_cell, refused_character
from governance.kit.wording import listed

Parser = Callable[[str], Any]

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]0{1,2}:00(?::00)?)?")
_LOST_DIGITS = re.compile(r"-?\d(?:\.\d+)?[eE]\+?\d+")
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_YES = frozenset({"是", "有", "true", "yes", "y", "1", "√", "✓"})
_NO = frozenset({"否", "无", "false", "no", "n", "0", "×", "✗"})
WORDS_TOLD = 12
KEPT = object()  # stands for a masked text that came back: what is stored stays


def parser_of(field: models.Field[Any, Any], words: Mapping[str, Any] | None = None) -> Parser:
    """Return what reads the cells of a field; `words` are the values that may be chosen, by what they are called."""
    read = _reader_of(field, words)

    def parse(text: str) -> Any:
        text = plain_text(text)
        if not text:
            return empty_of(field)
        value = read(text)
        return field.clean(value, None)  # no field asks which record it is for

    return parse


def plain_text(text: str) -> str:
    """Return a cell's text without the sign that kept it from being a formula; a formula that broke is refused."""
    if text == BROKEN:
        raise ValidationError(_("这一格的公式出错，请改成数值。"))
    return from_cell(text).strip()


def empty_of(field: models.Field[Any, Any]) -> Any:
    """Return what an empty cell means, or refuse it."""
    if not field.blank:
        raise ValidationError(_("不能为空。"))
    return None if field.null else field.get_default() if not field.empty_strings_allowed else ""


def normal(text: str) -> str:
    """Return a text as it is compared: half-width, without blanks and without the stars of what is required."""
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("*").casefold()


def _reader_of(field: models.Field[Any, Any], words: Mapping[str, Any] | None) -> Parser:
    base = getattr(field, "base_field", None)
    if base is not None:
        return lambda text: [_reader_of(base, words)(part) for part in re.split(r"[、,，;；\n]+", text) if part.strip()]
    if words is not None:
        return _chooser(words)
    readers: tuple[tuple[type[models.Field[Any, Any]], Parser], ...] = (
        (models.BooleanField, _yes_or_no),
        (models.DateTimeField, _moment),
        (models.DateField, _day),
        (models.IntegerField, _whole),
        (models.DecimalField, _number),
    )
    for kind, read in readers:
        if isinstance(field, kind):
            return read
    return _texts(lines=isinstance(field, models.TextField))


def _chooser(words: Mapping[str, Any]) -> Parser:
    known = {normal(str(value)): value for value in words.values()} | {normal(word): words[word] for word in words}

    def choose(text: str) -> Any:
        found = known.get(normal(text), known)
        if found is known:
            told = listed(list(words)[:WORDS_TOLD]) + (_("等") if len(words) > WORDS_TOLD else "")
            raise ValidationError(_("没有“%(given)s”，可以填：%(words)s。") % {"given": text[:30], "words": told})
        return found

    return choose


def _texts(*, lines: bool) -> Parser:
    def read(text: str) -> str:
        found = refused_character(text, lines=lines)
        if found or "\ufffd" in text:
            sign = found or "U+FFFD"
            raise ValidationError(_("含有看不见的控制字符（%(character)s），请删除后再填。") % {"character": sign})
        if _LOST_DIGITS.fullmatch(text):
            raise ValidationError(_("Excel 把这个号码当成了数字，后几位已丢失。请把这一列设为文本，重新填写。"))
        return text

    return read


one_line: Parser = _texts(lines=False)


def _yes_or_no(text: str) -> bool:
    word = normal(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise ValidationError(_("请填“是”或“否”。"))


def _day(text: str) -> date:
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise ValidationError(_("没有“%(given)s”这一天。") % {"given": text[:30]}) from error
    raise ValidationError(_("“%(given)s”不是日期，请填 2025-12-31 这样的日期。") % {"given": text[:30]})


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(unicodedata.normalize("NFKC", text).replace("/", "-"))
    except ValueError:  # the form of a time, but none of the calendar
        found = None
    if found is None:
        raise ValidationError(_("“%(given)s”不是时间，请填 2025-12-31 08:30 这样的时间。") % {"given": text[:30]})
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _number(text: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    plain = plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite():
        raise ValidationError(_("“%(given)s”不是数字。") % {"given": text[:30]})
    return value


def _whole(text: str) -> int:
    value = _number(text)
    if abs(value) >= 10**19 or value != value.to_integral_value():
        raise ValidationError(_("“%(given)s”不是整数。") % {"given": text[:30]})
    return int(value)
