"""What a workbook may hide: sheets, merged cells, cells far outside, parts larger than they say."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from governance.kit.imports.reading import Unreadable, read, rows_about

HEAD = ("名称", "地址")


def book(write: Callable[[Any], None]) -> bytes:
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file)
    write(made)
    made.close()
    return file.getvalue()


def sheet(made: Any, name: str, *rows: tuple[Any, ...], hidden: bool = False) -> Any:
    added = made.add_worksheet(name)
    for number, cells in enumerate((HEAD, *rows)):
        added.write_row(number, 0, cells)
    if hidden:
        added.hide()
    return added


def rewritten(data: bytes, part: str, old: bytes, new: bytes, name: str = "") -> bytes:
    """Return the workbook with another text in one part, or with another name of it."""
    file, found = io.BytesIO(), 0
    with ZipFile(io.BytesIO(data)) as parts, ZipFile(file, "w", ZIP_DEFLATED) as into:
        for each in parts.infolist():
            content = parts.read(each)
            if each.filename == part:
                content, found = re.subn(old, new, content)
            into.writestr(name if name and each.filename == part else each.filename, content)
    assert found
    return file.getvalue()


PLAIN = book(lambda made: sheet(made, "甲", ("铁西", 5)))
SHEET = "xl/worksheets/sheet1.xml"


def told(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data, "设施.xlsx", 100)
    return refused.value.reason


def test_a_hidden_sheet_in_front_is_not_read() -> None:
    def write(made: Any) -> None:
        sheet(made, "选项", ("藏", 1), hidden=True)
        shown = sheet(made, "数据", ("见", 2))
        shown.activate()
        shown.set_first_sheet()

    assert read(book(write), "设施.xlsx", 100).rows == [["见", "2"]]


def test_rows_on_a_second_sheet_are_not_passed_over_unseen() -> None:
    def write(made: Any) -> None:
        sheet(made, "一村", ("甲", 1))
        sheet(made, "二村", ("乙", 2))

    assert "工作表“二村”也有数据" in told(book(write))


def test_further_sheets_that_explain_or_are_empty_or_hidden_do_no_harm() -> None:
    def write(made: Any) -> None:
        sheet(made, "数据", ("甲", 1))
        sheet(made, "空表")
        sheet(made, "旧数据", ("乙", 2), hidden=True)
        made.add_worksheet("填写说明").write_row(0, 0, ("列", "怎么填"))

    assert read(book(write), "设施.xlsx", 100).rows == [["甲", "1"]]


def test_merged_cells_are_refused_below_the_heading_only() -> None:
    def write(made: Any) -> None:
        sheet(made, "数据", ("甲", None), ("乙", None)).merge_range(1, 1, 2, 1, "同一地址")

    assert "第 3 行有合并的单元格" in told(book(write))

    def heading(made: Any) -> None:
        sheet(made, "数据", ("甲", 1)).merge_range(0, 1, 0, 2, HEAD[1])

    assert read(book(heading), "设施.xlsx", 100).rows == [["甲", "1"]]


@pytest.mark.parametrize(
    "place",
    [
        rb'r="XFD1048576"',
        rb"r='XFD1048576'",
        rb'r = "XFD1048576"',
        rb'r="&#88;FD1048576"',
        rb't="n" r="XFD1048576"',
        rb'r="xfd1048576"',
        rb'r="XFD1048576" t="/>"',
    ],
)
def test_a_small_file_cannot_take_all_memory(place: bytes) -> None:
    data = rewritten(PLAIN, SHEET, rb'r="B2"', place)
    assert any(words in told(data) for words in ("太宽或太长", "写法不常见"))


def test_a_row_far_outside_whose_cells_say_no_place_is_refused() -> None:
    data = rewritten(PLAIN, SHEET, rb'<row r="2"', rb'<row r="1048576"')
    assert "写法不常见" in told(rewritten(data, SHEET, rb' r="[AB]2"', b""))


def test_a_sheet_that_the_reader_finds_under_another_name_is_looked_at() -> None:
    data = rewritten(PLAIN, SHEET, rb'r="B2"', rb'r="XFD1048576"')
    assert told(rewritten(data, "xl/workbook.xml", b"<sheets>", b"<sheets>", "xl/Workbook.xml"))
    assert told(
        rewritten(data, "xl/workbook.xml", b'state="visible"|<sheets>', b'<sheets><!-- <sheet r:id="rId9"/> -->')
    )


def test_a_styled_cell_far_outside_does_no_harm() -> None:
    data = rewritten(PLAIN, SHEET, rb"</row></sheetData>", rb'<c r="XFD2" s="1"/></row></sheetData>')
    assert read(data, "设施.xlsx", 100).rows == [["铁西", "5"]]


def test_a_part_that_becomes_larger_than_it_says_is_refused() -> None:
    data = bytearray(rewritten(PLAIN, "xl/sharedStrings.xml", rb"</sst>", b" " * 3_000_000 + b"</sst>"))
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/sharedStrings.xml"))
    struct.pack_into("<L", data, entry + 24, 100)
    assert "可能已损坏" in told(bytes(data))


def test_a_file_that_unpacks_to_much_is_left_to_a_worker() -> None:
    data = rewritten(PLAIN, "xl/sharedStrings.xml", rb"</sst>", b" " * (65 * 1024 * 1024) + b"</sst>")
    assert len(data) < 1024 * 1024
    assert rows_about(data) > 500
    assert rows_about(PLAIN) == 2


def test_a_title_above_the_heading_is_told_as_one() -> None:
    def write(made: Any) -> None:
        roll = made.add_worksheet()
        for number, cells in enumerate((("花名册",), HEAD, ("甲", 1))):
            roll.write_row(number, 0, cells)

    assert "“花名册”是标题，不是表头" in told(book(write))
