"""What a file may look like: headings, encodings, and what is no table."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from governance.desk.models import ImportBatch
from governance.regions.models import Facility
from tests.factories.places import Tree
from tests.kit.imports.files import HEAD, counts, errors, row, step, text, upload, workbook


def test_columns_are_found_by_any_of_their_names(tree: Tree, clerk: Client) -> None:
    data = workbook(
        ("名称 *", "kind", " 所在地区", "*启用日期", "负责人"),
        ("甲", "incubator", "430211002001", "2021年5月6日", "张"),
    )
    batch = upload(clerk, data)
    assert counts(batch) == (1, 0, 0, 0)
    assert [(each["heading"], each["kind"]) for each in batch.columns if each["kind"] == "unknown"] == [
        ("负责人", "unknown")
    ]
    assert "没有“负责人”这一列" in clerk.get(batch.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("head", "cells", "told"),
    [
        (("名称", "地址"), ("甲", "乙"), "所在地区、类型、启用日期"),
        (("姓名", "电话"), ("甲", "乙"), "所在地区"),
        (("名称", "名称"), ("甲", "乙"), "有两列"),
    ],
)
def test_wrong_headings_refuse_the_whole_file(head: Any, cells: Any, told: str, tree: Tree, clerk: Client) -> None:
    batch = upload(clerk, workbook(head, cells))
    assert batch.state == "failed"
    assert told in batch.reason
    assert told in clerk.get(batch.get_absolute_url()).content.decode()


def test_files_in_the_encodings_of_offices(tree: Tree, clerk: Client) -> None:
    rows = [[cell if cell is not None else "" for cell in row(name)] for name in ("甲", "乙")]
    for number, encoding in enumerate(("gb18030", "utf-8", "utf-8-sig", "utf-16")):
        renamed = [[*cells[:2], f"{cells[2]}{number}", *cells[3:]] for cells in rows]
        batch = upload(clerk, text(HEAD, *renamed, encoding=encoding), "设施.csv")
        assert counts(batch) == (2, 0, 0, 0), encoding
        step(clerk, batch, "confirm")
    assert Facility.objects.filter(name="甲0").exists()


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"PK\x03\x04 broken", "a.xlsx", "打不开"),
        (b"\xd0\xcf\x11\xe0 old", "a.csv", "旧版"),
        (b"\x00\x01\x02", "a.csv", "编码"),
        ("名称,类型".encode(), "a.csv", "没有数据"),
        ('名称\n"没有闭合'.encode() + b"x" * 140_000, "a.csv", "读不下去"),
    ],
)
def test_what_is_no_table_is_told_so(data: bytes, name: str, told: str, tree: Tree, clerk: Client) -> None:
    batch = upload(clerk, data, name)
    assert (batch.state, told in batch.reason) == ("failed", True), batch.reason


@pytest.mark.parametrize("name", ["a.pdf", "a.xls", "a"])
def test_other_kinds_of_files_are_refused_at_the_door(name: str, tree: Tree, clerk: Client) -> None:
    assert upload(clerk, b"%PDF", name).status_code == 400
    assert not ImportBatch.objects.exists()


def test_codes_that_excel_took_for_numbers(tree: Tree, clerk: Client) -> None:
    batch = upload(clerk, workbook(HEAD, row("甲", 430211002001.0), row(430211199001011234)))
    assert list(errors(batch)) == [3]
    assert "设为文本" in errors(batch)[3]["名称"]
