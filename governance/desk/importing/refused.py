"""The refused rows as a workbook: the columns of the file, and in front of them why each row was refused."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from governance.desk.importing.checking import MASK
from governance.desk.models import ImportBatch, ImportRow
from governance.kit.texts import as_cell

WIDTH = 18


def refused_response(batch: ImportBatch) -> FileResponse:
    """Return the workbook as a download; uploaded again, the reasons are not read."""
    file = TemporaryFile()  # noqa: SIM115  the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    wrong = book.add_format({"num_format": "@", "bg_color": "#FDECEA"})
    headings = [str(each["heading"]) for each in batch.columns]
    for place, heading in enumerate([*headings, _("原因")]):
        sheet.write_string(0, place, as_cell(heading), head)
    lines = batch.lines.filter(verdict=ImportRow.Verdict.REFUSED).order_by("number")
    for row, line in enumerate(lines.iterator(chunk_size=2000), start=1):
        for place, (heading, cell) in enumerate(zip(headings, line.cells, strict=False)):
            # a mask stays one: uploaded as it is, the row is refused again instead of naming somebody without a number
            sheet.write_string(row, place, as_cell(cell), wrong if heading in line.errors else text)
        sheet.write_string(row, len(headings), _reasons(line, headings, MASK in line.cells), text)
    sheet.set_column(0, max(len(headings) - 1, 0), WIDTH)
    sheet.set_column(len(headings), len(headings), 3 * WIDTH)
    sheet.freeze_panes(1, 0)
    book.close()
    file.seek(0)
    name = _("%(name)s_有错的行.xlsx") % {"name": Path(batch.name).stem[:80]}
    response = FileResponse(file, as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


def _reasons(line: ImportRow, headings: list[str], masked: bool) -> str:
    """Return all reasons of a row in the order of the columns."""
    ordered = sorted(line.errors.items(), key=lambda pair: headings.index(pair[0]) if pair[0] in headings else -1)
    reasons = [
        _("%(heading)s：%(reason)s") % {"heading": name, "reason": why} if name else why for name, why in ordered
    ]
    if masked:
        reasons.append(_("带 * 的敏感内容不写在这个文件里，请补填。"))
    return as_cell(" ".join(str(reason) for reason in reasons))
