"""A list as a CSV or Excel file: the columns of the table, the rows of the page's filters, one event on the trail."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, Any, Protocol

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from governance.kit.tables import plain
from governance.kit.texts import as_cell


class Rows(Protocol):
    """What can be written as a file."""

    def export_rows(self) -> Iterator[list[Any]]:
        """Yield the headings, then the values of each row."""


def _safe(value: Any) -> Any:
    value = plain(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return as_cell(value) if isinstance(value, str) else value


def csv_response(table: Rows, name: str) -> HttpResponseBase:
    """Return the rows as UTF-8 CSV with a byte-order mark, which Excel needs to read Chinese."""

    language = get_language()  # of the request, which is over when the lines are written
    rows = table.export_rows()

    def next_line() -> str | None:
        with translation.override(language):  # line by line: in between the thread is not ours
            cells = next(rows, None)
            line = io.StringIO()
            if cells is not None:
                csv.writer(line).writerow([_safe(cell) for cell in cells])
            return line.getvalue() or None

    def lines() -> Iterator[str]:
        yield "\ufeff"
        while (line := next_line()) is not None:
            yield line

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = _attachment(name, "csv")
    return response


def xlsx_response(table: Rows, name: str) -> HttpResponseBase:
    """Return the rows as a workbook: head fixed, codes as text so that no digit is lost, filters on."""
    file = TemporaryFile()  # noqa: SIM115  the response closes it
    write_workbook(file, table)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_file_name(name, "xlsx"))


def write_workbook(file: IO[bytes], table: Rows, mark: str = "") -> int:
    """Write the rows as a workbook and return how many there are, the head left out.

    With a `mark` it says whose it is: above the head, below the last row, on each printed page, in its properties.
    """
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    if mark:
        sheet.write_string(0, 0, mark, book.add_format({"bold": True, "font_color": "#B42318"}))
        on_paper = mark.replace("&", "&&")[:200]
        sheet.set_header(f"&C{on_paper}")
        sheet.set_footer(f"&C{on_paper}&R&P/&N")
    first = 1 if mark else 0
    last, width = first, 0
    for last, cells in enumerate(table.export_rows(), first):
        width = len(cells)
        for column, cell in enumerate(cells):
            value = _safe(cell)
            if last == first:
                sheet.write_string(last, column, str(value), head)
            elif value is None or value == "":
                continue
            elif isinstance(value, bool):
                sheet.write_string(last, column, _("是") if value else _("否"))
            elif isinstance(value, str):
                sheet.write_string(last, column, value, text)
            else:
                sheet.write_number(last, column, value)
    sheet.freeze_panes(first + 1, 0)
    sheet.set_column(0, max(width - 1, 0), 18)
    if width:
        sheet.autofilter(first, 0, last, width - 1)
    told = _("演示数据：由程序生成，不代表任何地区的实际情况。") if settings.DEMO else ""
    if mark:
        sheet.write_string(last + 1, 0, mark)
        book.set_properties({"subject": mark, "comments": f"{mark} {told}".strip()})
    elif told:
        book.set_properties({"comments": told})
    book.close()
    return last - first


WRITERS = {"csv": csv_response, "xlsx": xlsx_response}


def _file_name(name: str, ending: str) -> str:
    mark = _("（演示数据）") if settings.DEMO else ""
    return f"{name}{mark}_{timezone.localdate():%Y%m%d}.{ending}"


def _attachment(name: str, ending: str) -> str:
    response = FileResponse(io.BytesIO(), as_attachment=True, filename=_file_name(name, ending))
    return str(response["Content-Disposition"])
