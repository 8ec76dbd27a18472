"""Staged imports of facilities: reading, check and confirmation beside a bare COPY of the same rows.

10,000 rows of 8 columns with 300 errors, then 100,000 rows; then 10,000 volunteers whom nobody knows, each recorded as
a person first; in a database of its own with the communities of Chongqing.
"""

from __future__ import annotations

import io
from datetime import date, timedelta
from statistics import median

import xlsxwriter
from django.db import connection

from governance.accounts.models import Post, User
from governance.regions.demo import DIVISIONS
from governance.regions.divisions import import_divisions
from governance.regions.listings import FACILITIES
from governance.regions.models import Region
from tests.benchmarks import staged
from tests.benchmarks.figures import Figure
from tests.benchmarks.scratch import scratch_database
from tests.factories.people import identity_number
from volunteers.listings import VOLUNTEERS

HEAD = ("所在地区", "类型", "名称", "地址", "面积（平方米）", "可容纳", "启用日期", "停用日期")
PERSONS_HEAD = ("姓名", "居民身份证号", "电话", "注册社区", "志愿者编号", "注册日期")
ERRORS = 300
ROUNDS = 3


def run() -> dict[str, Figure]:
    """Measure both sizes."""
    with scratch_database():
        import_divisions(DIVISIONS, by=None)
        city = Region.objects.get(code="500000000000")
        clerk = User.objects.create_user("bench", None, name="bench", region=city)
        Post.objects.create(user=clerk, role="clerk", region=city, since=date(2020, 1, 1))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        codes = list(
            Region.objects.filter(level="community", path__startswith=city.path).values_list("code", flat=True)
        )
        small = [_through(clerk, _workbook(codes, 10_000, ERRORS), 10_000 - ERRORS) for _round in range(ROUNDS)]
        large = _through(clerk, _workbook(codes, 100_000, 0), 100_000)
        persons = staged.through(VOLUNTEERS, clerk, _volunteers(codes, 10_000), 10_000, 10_000)
    times = {name: median(each[name] for each in small) for name in small[0]}
    return {
        "imports: 10,000 rows, read": Figure(times["read"], "s", bar=0.5),
        "imports: 10,000 rows, check with reading": Figure(times["check"], "s", bar=2),
        "imports: 10,000 rows, confirm": Figure(times["confirm"], "s", bar=0.6),
        "imports: 10,000 rows, bare COPY": Figure(times["copy"], "s"),
        "imports: 10,000 rows, rows checked a second": Figure(10_000 / times["check"], "rows"),
        "imports: 10,000 rows, confirm over bare COPY": Figure(times["confirm"] / times["copy"], "×"),
        "imports: rows that are not as they should be": Figure(
            sum(each["wrong"] for each in (*small, large, persons)), "", bar=0
        ),
        "imports: 100,000 rows, check with reading": Figure(large["check"], "s", bar=30),
        "imports: 100,000 rows, confirm": Figure(large["confirm"], "s", bar=15),
        "imports: 100,000 rows, bare COPY": Figure(large["copy"], "s"),
        "imports: 10,000 unknown volunteers, check with reading": Figure(persons["check"], "s"),
        "imports: 10,000 unknown volunteers, confirm": Figure(persons["confirm"], "s"),
    }


def _workbook(codes: list[str], rows: int, errors: int) -> bytes:
    """Return a file of facilities, `errors` of them with a kind that nobody knows."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEAD)
    step = rows // errors if errors else 0
    for row in range(rows):
        wrong = step and row % step == 0 and row // step < errors
        sheet.write_string(row + 1, 0, codes[row % len(codes)])
        sheet.write_string(row + 1, 1, "没有的类型" if wrong else "社会工作服务室")
        sheet.write_string(row + 1, 2, f"第{row}服务室")
        sheet.write_string(row + 1, 3, f"人民路 {row} 号")
        sheet.write_number(row + 1, 4, row % 400 + 0.5)
        sheet.write_number(row + 1, 5, row % 90)
        sheet.write_datetime(row + 1, 6, date(2015, 1, 1) + timedelta(days=row % 3000), day)  # type: ignore[arg-type]
    book.close()
    return file.getvalue()


def _volunteers(codes: list[str], rows: int) -> bytes:
    """Return a file of volunteers with numbers and telephones that nobody has yet."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, PERSONS_HEAD)
    for row in range(rows):
        name = f"合成{chr(0x4E00 + row % 5000)}"
        told = (name, identity_number(), f"138{row:08}", codes[row % len(codes)], f"V{row}", "2024-03-01")
        sheet.write_row(row + 1, 0, told)
    book.close()
    return file.getvalue()


def _through(clerk: User, data: bytes, good: int) -> dict[str, float]:
    return staged.through(FACILITIES, clerk, data, 100_000, good)
