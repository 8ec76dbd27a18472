"""What a workbook hides from its reader: how large it becomes, cells far outside, and formulas that broke."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

from django.utils.translation import gettext as _

LARGEST = 512 * 1024 * 1024  # bytes unpacked; 100,000 rows of 12 columns take 60 MB
# What stands for a cell that shows an error such as #N/A: the reader gives it as empty, and empty means "emptied".
BROKEN = "#!"

# A cell beyond column BZ or row 199,999 that holds something: the reader would lay out all that lies between.
_FAR = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="(?:(?:[C-Z][A-Z]|[A-Z]{3})[0-9]+|[A-Z]+(?:[2-9][0-9]{5}|[0-9]{7}))"[^>]*[^/]>'
)
_ERROR = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)([0-9]+)"')
_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?\b\w+:id="([^"]+)"')


class Broken(Exception):
    """The workbook is not to be read."""


def row_marks(data: bytes) -> int:
    """Return how many rows the first sheet lays out."""
    with ZipFile(io.BytesIO(data)) as parts:
        name = _first_sheet(parts)
        if name is None or parts.getinfo(name).file_size > LARGEST:
            return 0
        return len(_ROW.findall(parts.read(name)))


def look_into(data: bytes) -> dict[int, list[int]]:
    """Return where the first sheet's formulas broke, as columns (from 0) by row (from 1); refuse what is too large."""
    with ZipFile(io.BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST:
            raise Broken(_("文件展开后超过 %(limit)s MB。") % {"limit": LARGEST // 1024 // 1024})
        name = _first_sheet(parts)
        sheet = parts.read(name) if name else b""
    if _FAR.search(sheet):
        raise Broken(_("表格太宽或太长：请删除数据区以外的内容，再传。"))
    found: dict[int, list[int]] = {}
    if b't="e"' in sheet:
        for letters, row in _ERROR.findall(sheet):
            found.setdefault(int(row), []).append(_column(letters))
    return found


def _first_sheet(parts: ZipFile) -> str | None:
    """Return the name of the part that holds the first sheet."""
    names = set(parts.namelist())
    if {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        first = _SHEET.search(parts.read("xl/workbook.xml"))
        links = parts.read("xl/_rels/workbook.xml.rels")
        if first:
            for link in re.findall(rb"<(?:\w+:)?Relationship\s[^>]*>", links):
                if b'Id="' + first[1] + b'"' in link:
                    target = re.search(rb'Target="([^"]+)"', link)
                    name = target[1].decode().removeprefix("/") if target else ""
                    name = name if name.startswith("xl/") else f"xl/{name}"
                    return name if name in names else None
    return None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
