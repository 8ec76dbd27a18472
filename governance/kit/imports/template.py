"""The empty table: headings, layout of the cells, lists to choose from, and a sheet that explains each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from governance.kit.imports.heads import Column, columns_of, natural_of
from governance.kit.wording import listed

ROWS = 2000  # that are laid out and have lists; more may follow
LIST_AT_MOST = 255  # characters that a list in a cell may have; longer ones come from a sheet
WIDE = 24


@dataclass(frozen=True, slots=True)
class Laid:
    """A column of an empty table: its heading, what may be chosen, how cells are laid out, and how to fill them in."""

    heading: str
    required: bool = False
    words: tuple[str, ...] = ()
    pattern: str = "text"
    note: str = ""
    example: str = ""


def template_response(listing: Any) -> FileResponse:
    """Return the workbook as a download."""
    natural = natural_of(listing)
    columns = [
        Laid(
            column.heading,
            column.required,
            tuple(column.words or ()) if not hasattr(column.field, "base_field") else (),
            column.pattern,
            note_on(column, natural),
            example_of(column),
        )
        for column in columns_of(listing)
    ]
    return workbook_response(columns, str(listing.model._meta.verbose_name_plural))


def workbook_response(columns: Sequence[Laid], noun: str) -> FileResponse:
    """Return an empty table of these columns as a download."""
    file = TemporaryFile()  # noqa: SIM115  the response closes it
    write_template(file, columns)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("%(noun)s导入模板.xlsx") % {"noun": noun})


def write_template(file: Any, columns: Sequence[Laid]) -> None:
    """Write the workbook."""
    book = xlsxwriter.Workbook(file)
    sheet, told = book.add_worksheet(_("数据")), book.add_worksheet(_("填写说明"))
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EAF1F8"})
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "number": None,
    }
    lists: Any = None
    for place, column in enumerate(columns):
        sheet.set_column(place, place, max(12, min(WIDE, 4 + 2 * len(column.heading))), formats[column.pattern])
        sheet.write_string(0, place, column.heading + (" *" if column.required else ""), head)
        words = list(column.words)
        if words:
            if len(",".join(words)) <= LIST_AT_MOST and not any("," in word for word in words):
                source: Any = words
            else:
                lists = lists or book.add_worksheet(_("选项"))
                for row, word in enumerate(words):
                    lists.write_string(row, place, word)
                letter = xlsxwriter.utility.xl_col_to_name(place)
                source = f"='{_('选项')}'!${letter}$1:${letter}${len(words)}"
            sheet.data_validation(
                1, place, ROWS, place,
                {"validate": "list", "source": source, "error_title": column.heading, "error_message": _("请从列表中选。")},
            )  # fmt: skip
    sheet.freeze_panes(1, 0)
    _explain(told, columns, head, book.add_format({"text_wrap": True, "valign": "top"}))
    book.close()


def _explain(sheet: Any, columns: Sequence[Laid], head: Any, wrapped: Any) -> None:
    """Write what each column takes."""
    for place, (name, width) in enumerate(((_("列"), 22), (_("必填"), 8), (_("怎么填"), 60), (_("举例"), 26))):
        sheet.set_column(place, place, width, wrapped)
        sheet.write_string(0, place, name, head)
    for row, column in enumerate(columns, start=1):
        sheet.write_string(row, 0, column.heading)
        sheet.write_string(row, 1, _("必填") if column.required else "")
        sheet.write_string(row, 2, column.note)
        sheet.write_string(row, 3, column.example)
    sheet.freeze_panes(1, 0)


def note_on(column: Column, natural: tuple[str, ...] = ()) -> str:
    """Return in words what a column takes."""
    notes = []
    if column.note:
        notes.append(str(column.note))
    elif column.words is not None:
        many = hasattr(column.field, "base_field")
        text = _("可填一个或几个，用顿号隔开：%(words)s。") if many else _("只能填：%(words)s。")
        notes.append(text % {"words": listed(column.words)})
    elif column.is_relation:
        notes.append(_("填代码或编号；名称只有一个的也可以填名称。"))
    elif column.pattern == "date":
        notes.append(_("日期。"))
    elif column.pattern == "number":
        notes.append(_("数字，不带单位。"))
    help_text = "" if column.note else str(column.input.help_text or column.field.help_text or "")
    finds = _("用来找到已有的记录。") if column.name in natural and not column.part else ""
    return "".join([*notes, help_text, finds])


def example_of(column: Column) -> str:
    """Return an example that belongs to nobody."""
    if column.words:
        return next(iter(column.words))
    if column.pattern == "date":
        return "2025-12-31"
    if column.pattern == "number":
        return "120"
    return ""
