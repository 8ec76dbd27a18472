"""A file as a heading and rows of text, whatever program wrote it: `.xlsx`, or `.csv` in UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from governance.kit.errors import DomainError
from governance.kit.imports.decoding import text_in
from governance.kit.imports.workbook import BROKEN, Broken, look_into, row_marks

_LOOKED_AT = 20  # rows of each further sheet
LONGEST_CELL = 32_767  # characters; Excel holds no more in a cell


class Unreadable(DomainError):
    """The file as a whole cannot be read; nothing was written."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, code="unreadable")


@dataclass(slots=True)
class Sheet:
    """The table of a file: headings, the rows that are not blank, and the number of each row in the file."""

    headings: list[str]
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


def rows_about(data: bytes) -> int:
    """Return about how many rows a file has, without reading it."""
    try:
        return row_marks(data) if data.startswith(b"PK\x03\x04") else data.count(b"\n")
    except (Broken, BadZipFile, OSError):
        return 0


def read(data: bytes, name: str, at_most: int) -> Sheet:
    """Return the table of a file called `name`, or raise `Unreadable`; more than `at_most` rows are refused."""
    if not data.strip():
        raise Unreadable(_("文件是空的。"))
    lines = _workbook_lines(data) if data.startswith(b"PK\x03\x04") else _text_lines(data, name)
    sheet: Sheet | None = None
    for number, cells in lines:
        if not any(cells):
            continue
        if sheet is None:
            sheet = Sheet(_headings(cells))
            continue
        if len(sheet.rows) == at_most:
            raise Unreadable(_("文件超过 %(limit)s 行，请分成几个文件导入。") % {"limit": at_most})
        width = len(sheet.headings)
        if len(cells) != width:
            if any(cells[width:]):
                if sum(map(bool, sheet.headings)) == 1 and not sheet.rows:
                    raise Unreadable(
                        _("“%(title)s”是标题，不是表头：请删除上面的标题行，让表头成为第一行。")
                        % {"title": sheet.headings[0][:30]}
                    )
                raise Unreadable(_("第 %(row)s 行的内容比表头多，请检查是否错列。") % {"row": number})
            cells = cells[:width] + [""] * (width - len(cells))
        sheet.rows.append(cells)
        sheet.numbers.append(number)
    if sheet is None:
        raise Unreadable(_("文件里没有表头。"))
    for place, heading in enumerate(sheet.headings):
        if not heading and any(cells[place] for cells in sheet.rows):
            raise Unreadable(_("第 %(column)s 列有内容但没有表头：请补上表头，或删除这一列。") % {"column": place + 1})
    if not sheet.rows:
        raise Unreadable(_("文件里只有表头，没有数据。"))
    return sheet


def _headings(cells: list[str]) -> list[str]:
    """Return the headings without the empty columns behind them."""
    names = [" ".join(cell.split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    twice = next((name for place, name in enumerate(names) if name and name in names[:place]), None)
    if twice:
        raise Unreadable(_("表头“%(name)s”有两列，请删除或改名一列。") % {"name": twice})
    return names


def _workbook_lines(data: bytes) -> Any:
    """Yield number and texts of each row of the first sheet that a person sees."""
    try:
        looks = look_into(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(looks.first)
        rows = sheet.to_python(skip_empty_area=False)
        first = next((number for number, cells in enumerate(rows, start=1) if any(map(_text_of, cells))), 0)
        if first:
            _refuse_merged(sheet, first)
            _refuse_more_of_the_same(book, looks.others, _told(rows[first - 1]))
    except Broken as refusal:
        raise Unreadable(str(refusal)) from refusal
    except (CalamineError, BadZipFile, OSError, IndexError, ValueError) as error:
        raise Unreadable(_("打不开这个 Excel 文件，可能已损坏或有密码。请另存为 .xlsx 再传。")) from error
    for number, cells in enumerate(rows, start=1):
        texts = [cell.strip() if type(cell) is str else _text_of(cell) for cell in cells]
        for column in looks.broken.get(number, ()):
            texts += [""] * (column + 1 - len(texts))
            texts[column] = BROKEN
        yield number, texts


def _told(cells: list[Any]) -> list[str]:
    """Return what is written in a row."""
    return [text for text in map(_text_of, cells) if text]


def _refuse_merged(sheet: Any, heading: int) -> None:
    """Refuse merged cells below the heading: only one of them has what they all show."""
    rows = [last + 1 for (_row, _column), (last, _right) in sheet.merged_cell_ranges or () if last + 1 > heading]
    if rows:
        raise Broken(_("第 %(row)s 行有合并的单元格：请取消合并，每一格都填上内容，再传。") % {"row": min(rows)})


def _refuse_more_of_the_same(book: Any, others: tuple[int, ...], headings: list[str]) -> None:
    """Refuse a second sheet with the same heading and rows below: they would be passed over unseen."""
    for place in others:
        sheet = book.get_sheet_by_index(place)
        filled = [told for told in map(_told, sheet.to_python(nrows=_LOOKED_AT)) if told]
        if len(filled) > 1 and filled[0] == headings:
            raise Broken(
                _("工作表“%(name)s”也有数据，一次只读第一个工作表：请合并成一个表，或分成几个文件导入。")
                % {"name": sheet.name}
            )


def _text_of(value: Any) -> str:
    """Return what a cell that is no text says, as a person would type it."""
    if isinstance(value, bool):
        return str(_("是")) if value else str(_("否"))
    if isinstance(value, float):
        # Excel counts and shows 15 digits: 0.1 + 0.2 is 0.3 there. Of longer whole numbers it has lost the end, which
        # the exponent tells to the parser.
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value).strip()


def _text_lines(data: bytes, name: str) -> Any:
    """Yield number and texts of each row of a text file."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(_("这是旧版 .xls 文件，请在 Excel 里另存为 .xlsx 再传。"))
    text = text_in(data)
    if text is None:
        raise Unreadable(_("%(file)s 不是表格，或编码不是 UTF-8、GB18030。") % {"file": name})
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    sign = max(",\t;，", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        for number, cells in enumerate(reader, start=1):  # as a spreadsheet program counts them
            yield number, [cell.strip().replace("\x00", "\ufffd") for cell in cells]
    except csv.Error as error:
        raise Unreadable(
            _("第 %(line)s 行读不下去：一格超过 %(limit)s 个字，或引号没有闭合。")
            % {"line": reader.line_num, "limit": csv.field_size_limit()}
        ) from error
