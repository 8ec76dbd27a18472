"""Division files as text: unpacked, decoded and within limits, or refused with a reason before anything is written."""

from __future__ import annotations

import csv
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from django.utils.translation import gettext as _

from governance.kit.errors import DomainError

UNREADABLE = "\ufffd"  # stands where a byte fits no character; the rules refuse it
LARGEST = 512 * 1024 * 1024  # bytes unpacked; the villages of the whole country take 38 MB
LONGEST_LINE = 100_000  # characters


class ImportRefused(DomainError):
    """The whole input cannot be read; nothing was written."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, code="unreadable_divisions")


def cells_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of each row of a CSV file that is not blank (.gz and .xz are unpacked)."""
    reader = csv.reader(_lines(decoded(path), path.name))
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        limit = csv.field_size_limit()
        reason = _("%(file)s 第 %(line)s 行读不下去：一格超过 %(limit)s 个字，或引号没有闭合。")
        raise ImportRefused(reason % {"file": path.name, "line": reader.line_num, "limit": limit}) from error


def decoded(path: Path) -> str:
    """Return the text of a file in UTF-8 (with or without a mark) or GB18030."""
    data = unpacked(path)
    if not data.strip():
        raise ImportRefused(_("%(file)s 是空文件。") % {"file": path.name})
    if data.startswith(b"PK\x03\x04"):
        raise ImportRefused(_("%(file)s 是 Excel 或压缩包，请先另存为 CSV（UTF-8）。") % {"file": path.name})
    if b"\x00" not in data:
        several = len(data) - len(data.translate(None, bytes(range(128, 256))))  # bytes beyond ASCII
        for encoding in ("utf-8-sig", "gb18030"):
            text = data.decode(encoding, "replace")
            if text.count(UNREADABLE) * 8 <= several:  # a few broken characters cost their own rows only
                return text
    raise ImportRefused(_("%(file)s 不是文本文件，或编码不是 UTF-8、GB18030。") % {"file": path.name})


def unpacked(path: Path) -> bytes:
    """Return the bytes of a file, unpacked when it is gzip or xz by its first bytes or by its name."""
    try:
        with path.open("rb") as file:
            start = file.read(6)
            file.seek(0)
            if start.startswith(b"\x1f\x8b") or path.suffix == ".gz":
                return _limited(cast(IO[bytes], gzip.GzipFile(fileobj=file)), path)
            if start == b"\xfd7zXZ\x00" or path.suffix == ".xz":
                return _limited(cast(IO[bytes], lzma.LZMAFile(file)), path)
            return _limited(file, path)
    except (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError) as error:
        raise ImportRefused(_("%(file)s 的压缩已损坏，请重新下载或压缩。") % {"file": path.name}) from error
    except OSError as error:
        raise ImportRefused(
            _("读不了 %(file)s：%(reason)s。") % {"file": path.name, "reason": error.strerror or error}
        ) from error


def _limited(file: IO[bytes], path: Path) -> bytes:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        limit = LARGEST // 1024 // 1024
        raise ImportRefused(_("%(file)s 展开后超过 %(limit)s MB。") % {"file": path.name, "limit": limit})
    return data


def _lines(text: str, name: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > LONGEST_LINE:
            values = {"file": name, "line": number, "length": len(line), "limit": LONGEST_LINE}
            raise ImportRefused(_("%(file)s 第 %(line)s 行有 %(length)s 个字，一行最多 %(limit)s 个字。") % values)
        yield line
