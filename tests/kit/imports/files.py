"""Files as people send them, and an import from upload to confirmation."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from governance.desk.models import ImportBatch
from governance.kit.imports.reading import read
from governance.regions.models import Facility
from tests.factories.places import Tree

HEAD = ("所在地区", "类型", "名称", "地址", "面积（平方米）", "可容纳", "启用日期", "停用日期")
ROOM = "社会工作服务室"


def workbook(*rows: Sequence[Any]) -> bytes:
    """Return a workbook with these rows; dates become date cells, numbers numbers."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(row, column, cell, day)
            elif isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif cell is not None:
                sheet.write_number(row, column, cell)
    book.close()
    return file.getvalue()


def text(*rows: Sequence[Any], encoding: str = "utf-8-sig") -> bytes:
    """Return the rows as CSV."""
    return "\n".join(",".join(str(cell) for cell in row) for row in rows).encode(encoding)


def upload(
    client: Client, data: bytes, name: str = "设施.xlsx", page: str = "regions:facility_import", **more: Any
) -> Any:
    """Send a file to the upload page; return the import, or the page that refuses it."""
    response = client.post(reverse(page), {"file": SimpleUploadedFile(name, data), **more})
    if response.status_code != 302:
        return response
    return ImportBatch.objects.get(pk=int(response.url.rstrip("/").rsplit("/", 1)[-1]))


def step(client: Client, batch: ImportBatch, name: str, **data: Any) -> ImportBatch:
    """Take a step with the import; return it as it is then."""
    response = client.post(reverse(f"desk:import_batch_{name}", args=[batch.pk]), data)
    assert response.status_code == 302, response.content.decode()
    return ImportBatch.objects.get(pk=batch.pk)


def errors(batch: ImportBatch) -> dict[int, dict[str, str]]:
    """Return what is wrong by row and heading."""
    return dict(batch.lines.filter(verdict="refused").values_list("number", "errors"))


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    """Return how many are new, changed, the same and refused."""
    return batch.added, batch.changed, batch.same, batch.refused


def facility(tree: Tree, name: str = "铁西服务室", **fields: Any) -> Facility:
    values = {"region": tree.community, "kind": "social_work_room", "since": date(2021, 5, 18)} | fields
    return Facility.objects.create(name=name, **values)


def row(name: str, region: Any = "430211002001", **cells: Any) -> list[Any]:
    values = dict.fromkeys(HEAD) | {"所在地区": region, "类型": ROOM, "名称": name, "启用日期": date(2021, 5, 18)}
    return [(values | cells)[heading] for heading in HEAD]


def exported(client: Client, page: str = "regions:facility_export") -> list[list[Any]]:
    """Return the table of an export, as an import reads it."""
    response = client.get(reverse(page, kwargs={"kind": "xlsx"}))
    sheet = read(b"".join(response.streaming_content), "x.xlsx", 1000)
    return [sheet.headings, *sheet.rows]
