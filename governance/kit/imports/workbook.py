"""What a workbook hides from its reader: how large it becomes, cells far outside, formulas that broke, sheets unseen.

The reader lays out all that lies between the cells of a sheet, and unpacks whatever a part holds, so a small file could
take all memory. What is looked into here is therefore what the reader gets, or the file is refused.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

_LARGE = 64 * 1024 * 1024  # bytes unpacked
LARGEST = 512 * 1024 * 1024  # bytes unpacked; 100,000 rows of 12 columns take 60 MB
# What stands for a cell that shows an error such as #N/A: the reader gives it as empty, and empty means "emptied".
BROKEN = "#!"

_TAG = rb"<(?:[^\s<>/:?!]+:)?"
# A cell whose place is not written as every spreadsheet program does: its place would not be looked at here.
_UNPLACED = re.compile(_TAG + rb'c(?=[\s/>])(?! r="[A-Z]{1,3}[0-9]{1,7}")')
# A cell beyond column BZ or row 199,999, unless it only has a style.
_FAR = re.compile(
    _TAG + rb'c r="(?:(?:[C-Z][A-Z]|[A-Z]{3})[0-9]+|[A-Z]+(?:[2-9][0-9]{5}|[0-9]{7}))"(?!(?: s="[0-9]+")?\s*/>)'
)
_ERROR = re.compile(_TAG + rb'c r="([A-Z]+)([0-9]+)"(?=[^>]*\bt=["\']e["\'])')
_ROW = re.compile(_TAG + rb"row[\s>]")
_SHEET = re.compile(_TAG + rb"sheet\s[^>]*>")
_LINK = re.compile(_TAG + rb"Relationship\s[^>]*>")
_ENCODING = re.compile(rb"""\A[^<]{0,9}<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']*)""")


class Broken(Exception):
    """The workbook is not to be read."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The sheet that a person sees first, the other ones that she sees, all by their place; and formulas that broke.

    Those of the first sheet, as columns (from 0) by row (from 1).
    """

    first: int
    others: tuple[int, ...]
    broken: Mapping[int, list[int]]


def row_marks(data: bytes) -> int:
    """Return how many rows the first sheet lays out; about, of a large file."""
    with ZipFile(io.BytesIO(data)) as parts:
        size = sum(part.file_size for part in parts.infolist())
        if size > _LARGE:
            return size // 1000
        content = _contents(data, parts)
    first, *_others = _seen(content)
    return len(_ROW.findall(content[first[1]]))


def look_into(data: bytes) -> Looks:
    """Return what is behind a workbook's first sheet; refuse what is too large or not written as programs do."""
    with ZipFile(io.BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST:
            raise Broken(_("文件展开后超过 %(limit)s MB。") % {"limit": LARGEST // 1024 // 1024})
        content = _contents(data, parts)
    for part in content.values():
        if b"sheetData" in part:  # all of them, whichever the reader takes for the first
            _require_placed(part)
    sheets = _seen(content)
    first, *others = sheets
    found: dict[int, list[int]] = {}
    for letters, row in _ERROR.findall(content[first[1]]):
        found.setdefault(int(row), []).append(_column(letters))
    return Looks(first[0], tuple(place for place, _name in others), found)


def _require_placed(sheet: bytes) -> None:
    """Refuse a sheet with cells far outside, or with cells that may be."""
    encoding = _ENCODING.match(sheet)
    if b"\x00" in sheet[:4] or (encoding and encoding[1].lower() != b"utf-8") or _UNPLACED.search(sheet):
        raise Broken(_("这个 Excel 文件的写法不常见：请用 Excel 或 WPS 打开，另存为 .xlsx 再传。"))
    if _FAR.search(sheet):
        raise Broken(_("表格太宽或太长：请删除数据区以外的内容，再传。"))


def _contents(data: bytes, parts: ZipFile) -> dict[str, bytes]:
    """Return all parts unpacked; one that becomes larger than it says is none."""
    found: dict[str, bytes] = {}
    for part in parts.infolist():
        if part.filename in found:
            raise BadZipFile(part.filename)
        found[part.filename] = _unpacked(data, part)
    return found


def _unpacked(data: bytes, part: ZipInfo) -> bytes:
    head = data[part.header_offset : part.header_offset + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise BadZipFile(part.filename)
    start = part.header_offset + 30 + sum(struct.unpack("<HH", head[26:30]))
    packed = data[start : start + part.compress_size]
    if part.compress_type == ZIP_STORED:
        unpacked, ended = packed, True
    elif part.compress_type == ZIP_DEFLATED:
        inflating = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            unpacked = inflating.decompress(packed, part.file_size + 1)
        except zlib.error as error:
            raise BadZipFile(part.filename) from error
        ended = inflating.eof
    else:
        raise BadZipFile(part.filename)
    if not ended or len(unpacked) != part.file_size:
        raise BadZipFile(part.filename)
    return unpacked


def _seen(content: Mapping[str, bytes]) -> list[tuple[int, str]]:
    """Return place and part of each sheet of cells that is not hidden, in the order of the tabs; at least one."""
    book, links = content.get("xl/workbook.xml", b""), content.get("xl/_rels/workbook.xml.rels", b"")
    targets = {_attribute(link, b"Id"): _attribute(link, b"Target") for link in _LINK.findall(links)}
    found = []
    for place, tag in enumerate(_SHEET.findall(book)):
        target = targets.get(_attribute(tag, rb"\w+:id"), "").removeprefix("/").removeprefix("./")
        name = target if target.startswith("xl/") else f"xl/{target}"
        # hidden ones are not looked at: nobody would know that they are read
        if name in content and "worksheets/" in name and _attribute(tag, b"state") in ("", "visible"):
            found.append((place, name))
    if not found:
        raise Broken(_("文件里没有看得见的工作表。"))
    return found


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"\s*=\s*([\"'])(.*?)\1", tag)
    return found[2].decode("utf-8", "replace") if found else ""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
