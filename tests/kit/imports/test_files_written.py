"""Exports, refused rows and templates are files that can be uploaded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.test import Client
from django.urls import reverse

from tests.factories.places import Tree
from tests.kit.imports.files import HEAD, counts, errors, exported, facility, row, step, upload, workbook


def test_what_is_exported_imports_as_the_same(tree: Tree, clerk: Client) -> None:
    facility(tree, "=1+1", address="-旧 址", capacity=0, floor_area=Decimal("80.50"))
    facility(tree, "+加", until=date(2024, 1, 1))
    rows = exported(clerk)
    assert rows[0][:4] == ["系统编号", "所在地区", "类型", "名称"]
    assert "'=1+1" in {cells[3] for cells in rows[1:]}  # no spreadsheet program runs it
    for data, name in (
        (workbook(*rows), "x.xlsx"),
        (clerk.get(reverse("regions:facility_export", kwargs={"kind": "csv"})), "x.csv"),
    ):
        content = data if isinstance(data, bytes) else b"".join(data.streaming_content)
        batch = upload(clerk, content, name)
        assert (batch.reason, errors(batch), counts(batch)) == ("", {}, (0, 0, 2, 0))
    assert step(clerk, batch, "confirm").state == "checked"


def test_the_refused_rows_come_back_as_a_file_that_can_be_mended(tree: Tree, clerk: Client) -> None:
    batch = upload(clerk, workbook(HEAD, row("好"), row("=cmd", 可容纳="很多")))
    response = clerk.get(reverse("desk:import_batch_refused", args=[batch.pk]))
    from governance.kit.imports.reading import read  # noqa: PLC0415

    sheet = read(b"".join(response.streaming_content), "x.xlsx", 10)
    assert (sheet.headings, len(sheet.rows)) == ([*HEAD, "原因"], 1)
    assert sheet.rows[0][2] == "'=cmd"
    assert "很多" in sheet.rows[0][-1]
    mended = [*sheet.rows[0]]
    mended[5] = "30"
    assert counts(upload(clerk, workbook(sheet.headings, mended))) == (1, 0, 0, 0)


def test_the_template_holds_every_column_and_nobodys_data(tree: Tree, clerk: Client) -> None:
    facility(tree, "不能出现")
    import io  # noqa: PLC0415

    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    response = clerk.get(reverse("regions:facility_template"))
    data = b"".join(response.streaming_content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert [cell.rstrip(" *") for cell in book.get_sheet_by_index(0).to_python()[0]] == list(HEAD)
    assert "不能出现" not in str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert upload(clerk, data).reason == "文件里只有表头，没有数据。"
