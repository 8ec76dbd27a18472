"""From a file to records: what is checked, what is written, and what is refused in which cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.audit.models import AuditEvent
from governance.regions.models import Facility
from tests.factories.places import Tree
from tests.kit.imports.files import HEAD, counts, errors, facility, row, step, upload, workbook


def test_a_file_is_checked_first_and_written_when_confirmed(tree: Tree, clerk: Client) -> None:
    cells = row("甲", 430211002001, 地址="泰山路 1 号", **{"面积（平方米）": 80.5, "可容纳": 20})
    batch = upload(clerk, workbook(HEAD, cells, row("乙", "铁西居委会"), row("丙", "430211002201 湘滨村委会")))
    assert (batch.state, batch.reason, errors(batch), counts(batch)) == ("checked", "", {}, (3, 0, 0, 0))
    assert not Facility.objects.exists()
    page = clerk.get(batch.get_absolute_url()).content.decode()
    assert "将新增 3 条" in page
    done = step(clerk, batch, "confirm")
    assert done.state == "done"
    first = Facility.objects.get(name="甲")
    assert (first.region, first.kind, first.floor_area, first.capacity) == (
        tree.community, "social_work_room", Decimal("80.50"), 20,
    )  # fmt: skip
    assert (first.since, first.until, first.address) == (date(2021, 5, 18), None, "泰山路 1 号")
    assert set(done.lines.values_list("target", flat=True)) == set(Facility.objects.values_list("pk", flat=True))
    event = AuditEvent.objects.get(action="regions.facility.import")
    assert (event.after["added"], event.after["file"], event.record_id) == (3, "设施.xlsx", str(batch.pk))
    Facility.objects.create(region=tree.community, kind="incubator", name="next key is free", since=date(2020, 1, 1))


def test_each_error_stands_in_its_cell(tree: Tree, clerk: Client) -> None:
    wrong = (
        row("甲", "430211002999"),
        row("乙", 类型="服务站点"),
        row("丙", 启用日期="2021-13-45"),
        row("丁", **{"面积（平方米）": "八十"}),
        row("戊", **{"面积（平方米）": -1}),
        row("己", **{"面积（平方米）": 1.234}),
        row("庚", 可容纳=3.5),
        row("", 地址="没有名称"),
        row("辛", 停用日期=date(2020, 1, 1)),
        row("壬" * 101),
        row("癸", "430211001004"),
        row("子\u202e丑"),
        row("寅", 启用日期=44322),
        row("好"),
    )
    batch = upload(clerk, workbook(HEAD, *wrong))
    found = errors(batch)
    assert counts(batch) == (1, 0, 0, 13)
    cells = {number: list(reasons) for number, reasons in found.items()}
    assert cells == {
        2: ["所在地区"], 3: ["类型"], 4: ["启用日期"], 5: ["面积（平方米）"], 6: ["面积（平方米）"],
        7: ["面积（平方米）"], 8: ["可容纳"], 9: ["名称"], 10: ["停用日期"], 11: ["名称"], 12: ["所在地区"],
        13: ["名称"], 14: ["启用日期"],
    }  # fmt: skip
    assert "社会工作站" in found[3]["类型"]  # says what there is
    page = clerk.get(batch.get_absolute_url()).content.decode()
    assert "八十" in page
    assert found[5]["面积（平方米）"].replace("“", "“") in page
    refused = step(clerk, batch, "confirm")
    assert (refused.state, Facility.objects.count()) == ("checked", 0)
    assert step(clerk, batch, "confirm", without_refused="1").state == "done"
    assert Facility.objects.get().name == "好"


def test_a_place_outside_is_told_like_one_that_does_not_exist(tree: Tree, clerk: Client) -> None:
    batch = upload(clerk, workbook(HEAD, row("甲", tree.next_community.code), row("乙", "430211001999")))
    told = [reasons["所在地区"].replace(code, "") for code, reasons in zip(
        (tree.next_community.code, "430211001999"), errors(batch).values(), strict=True)]  # fmt: skip
    assert told[0] == told[1]
    assert tree.next_community.name not in clerk.get(batch.get_absolute_url()).content.decode()


def test_a_place_of_the_wrong_level_is_refused_in_its_cell(tree: Tree, clerk: Client) -> None:
    rows = (("家园", tree.street.code, 300), ("湘江", tree.community.code, 300))
    data = workbook(("小区名称", "村（社区）", "户数"), *rows)
    batch = upload(clerk, data, "小区.xlsx", "regions:estate_import")
    assert counts(batch) == (1, 0, 0, 1), batch.reason
    assert "这里只能选" in errors(batch)[2]["村（社区）"]


def test_what_is_there_is_changed_and_shown_old_and_new(tree: Tree, clerk: Client) -> None:
    old = facility(tree, capacity=10, address="旧址")
    same = facility(tree, "不变的")
    data = workbook(
        ("系统编号", *HEAD),
        (old.pk, *row("铁西服务室", 地址="新址", 可容纳=10)),
        (None, *row("不变的")),
    )
    batch = upload(clerk, data)
    assert counts(batch) == (0, 1, 1, 0)
    page = clerk.get(batch.get_absolute_url()).content.decode()
    assert "<del>旧址</del> → <ins>新址</ins>" in page
    before = same.changed_at
    assert step(clerk, batch, "confirm").state == "done"
    old.refresh_from_db()
    same.refresh_from_db()
    assert (old.address, old.capacity) == ("新址", 10)
    assert same.changed_at == before
    assert batch.lines.get(number=2).before == {"地址": "旧址"}


def test_an_empty_cell_empties_and_a_missing_column_changes_nothing(tree: Tree, clerk: Client) -> None:
    old = facility(tree, capacity=10, address="旧址")
    batch = upload(clerk, workbook(("系统编号", "地址"), (old.pk, None)))
    assert counts(batch) == (0, 1, 0, 0)
    step(clerk, batch, "confirm")
    old.refresh_from_db()
    assert (old.address, old.capacity) == ("", 10)


def test_a_foreign_number_is_not_there(tree: Tree, clerk: Client) -> None:
    foreign = facility(tree, region=tree.next_community)
    batch = upload(clerk, workbook(("系统编号", "地址"), (foreign.pk, "改"), (10**9, "改"), ("abc", "改")))
    assert {reason["系统编号"] for reason in errors(batch).values()} == {"没有这条记录。新增的记录请把这一格留空。"}


def test_rows_that_clash_are_refused_with_the_row_they_clash_with(tree: Tree, clerk: Client) -> None:
    facility(tree, "已有的")
    data = workbook(
        HEAD, row("重的"), row("重的"), row("叠的"), row("叠的", 启用日期=date(2022, 1, 1)),
        row("已有的", 启用日期=date(2022, 1, 1)),
    )  # fmt: skip
    batch = upload(clerk, data)
    found = errors(batch)
    assert counts(batch) == (2, 0, 0, 3)
    assert "与第 2 行重复" in found[3]["所在地区"]
    assert "与第 4 行重复" in found[5]["所在地区"]
    assert "同类同名" in found[6]["所在地区"]


@pytest.mark.parametrize("page", ["regions:facility_import", "regions:facility_template"])
def test_only_who_may_add_may_import(page: str, cast: dict[str, Client]) -> None:
    answers = {name: client.get(reverse(page)).status_code for name, client in cast.items()}
    assert {name for name, status in answers.items() if status == 200} == {
        "street_clerk",
        "next_street_clerk",
        "bureau_admin",
    }


def test_the_rows_are_shown_to_who_uploaded_them_only(tree: Tree, clerk: Client, cast: dict[str, Client]) -> None:
    batch = upload(clerk, workbook(HEAD, row("只给我看")))
    seen = {name: client.get(batch.get_absolute_url()) for name, client in cast.items()}
    assert {name for name, answer in seen.items() if answer.status_code == 200} == {"street_clerk", "bureau_admin"}
    assert "只给我看" in seen["street_clerk"].content.decode()
    assert "只给我看" not in seen["bureau_admin"].content.decode()
    for name in ("confirm", "drop", "again"):
        assert cast["bureau_admin"].post(reverse(f"desk:import_batch_{name}", args=[batch.pk])).status_code == 403
        assert cast["next_street_clerk"].post(reverse(f"desk:import_batch_{name}", args=[batch.pk])).status_code == 404
    assert not Facility.objects.exists()


def test_a_check_costs_the_same_queries_for_any_number_of_rows(tree: Tree, clerk: Client) -> None:
    facility(tree, "在")
    upload(clerk, workbook(HEAD, row("热身")))
    used = []
    for rows in (10, 400):
        data = workbook(HEAD, *(row(f"第{number}室") for number in range(rows)))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            batch = upload(clerk, data)
        assert counts(batch) == (rows, 0, 0, 0)
        used.append(len(queries))
    assert used[0] == used[1]
