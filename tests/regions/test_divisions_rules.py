"""A refused row says which field, what was given and what is allowed; it never stops the good ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from governance.regions.divisions import ImportRefused
from governance.regions.models import Region
from tests.regions.divisions import (
    CITY,
    COMMUNITY,
    COUNTY,
    HEADER,
    NEXT_COUNTY,
    NEXT_STREET,
    ROWS,
    STREET,
    TOWN,
    VILLAGE,
    load,
    read_refused,
    refused,
    spans,
    tree,
    written,
)

pytestmark = pytest.mark.django_db
DATED = f"{HEADER},since,until,urban_rural_code"


@pytest.mark.parametrize(
    ("row", "field", "given", "allowed"),
    [
        (f"50010600000,沙坪坝区,county,{CITY}", "code", "50010600000", "12 位数字"),
        (f"5.00106E+11,沙坪坝区,county,{CITY}", "code", "5.00106E+11", "设为文本"),
        (f"５００１０６００００００,沙坪坝区,county,{CITY}", "code", "５００１０６００００００", "12 位数字"),
        (f"500106000000,,county,{CITY}", "name", "", "1 到 100 个字"),
        (f"500106000000,{'沙' * 101},county,{CITY}", "name", "沙" * 101, "1 到 100 个字"),
        (f"500106000000,沙坪\x07坝区,county,{CITY}", "name", "沙坪\x07坝区", "控制字符"),
        (f'500106000000,"沙坪坝\n区",county,{CITY}', "name", "沙坪坝\n区", "引号"),
        (
            f"500106000000,沙坪坝区,district,{CITY}",
            "level",
            "district",
            "province、prefecture、county、township、community",
        ),
        ("500106000000,沙坪坝区,county,", "parent_code", "", "只有省级"),
        ("500106000000,沙坪坝区,county,5001", "parent_code", "5001", "12 位数字"),
        ("500106000000,沙坪坝区,county,500130000000", "parent_code", "500130000000", "是否为 "),
        (f"500106000000,沙坪坝区,county,{STREET}", "parent_code", STREET, "应高于本行"),
        (f"500106000000,沙坪坝区,county,{COUNTY}", "parent_code", COUNTY, "应高于本行"),
        (f"510000000000,四川省,province,{CITY}", "parent_code", CITY, "应高于本行"),
        (f"500106000000,沙坪坝区,county,{CITY},多出来的", "", f"500106000000,沙坪坝区,county,{CITY}", "表头有 4 格"),
        (f"500106000000,{CITY}", "level", "", "province"),
    ],
)
def test_a_bad_row_says_what_is_allowed(tmp_path: Path, row: str, field: str, given: str, allowed: str) -> None:
    (told,) = refused(tmp_path, *ROWS[:4], row, *ROWS[4:])
    assert (told["field"], told["given"], told["line"]) == (field, given, "7" if "\n" in given else "6")
    assert allowed in told["reason"]
    assert Region.objects.count() == len(ROWS)


@pytest.mark.parametrize(
    ("cells", "field", "allowed"),
    [
        ("2020-13-01,,", "since", "2025-12-31"),
        (",31.12.2025,", "until", "2025-12-31"),
        ("20250101,,", "since", "2025-12-31"),
        ("2025-02-30,,", "since", "2025-12-31"),
        ("2025-01-02,2025-01-01,", "until", "晚于设立日期"),
        ("2025-01-02,2025-01-02,", "until", "2025-01-02"),
        (",,311", "urban_rural_code", "以 1 或 2 开头"),
        (",,11", "urban_rural_code", "三位数字"),
    ],
)
def test_optional_columns_are_checked(tmp_path: Path, cells: str, field: str, allowed: str) -> None:
    (told,) = refused(tmp_path, f"{CITY},重庆市,province,,,,", f"{COUNTY},渝中区,county,{CITY},{cells}", header=DATED)
    assert told["field"] == field
    assert allowed in told["reason"]


def test_optional_columns_are_honoured(tmp_path: Path) -> None:
    rows = (f"{CITY},重庆市,province,,1997-06-18,,", f"{COUNTY},渝中区,county,{CITY},,2030-01-01,111")
    load(written(tmp_path, *rows, header=DATED))
    assert Region.objects.get(code=COUNTY).urban_rural_code == "111"
    assert [[str(day) for day in span] for span in spans().values()] == [["1997-06-18", "None"], ["None", "2030-01-01"]]
    report = load(written(tmp_path, *rows, header=DATED))
    assert (report.changed, report.unchanged) == (0, 2)


def test_an_end_before_the_start_that_is_already_known_is_refused(tmp_path: Path) -> None:
    load(written(tmp_path, f"{CITY},重庆市,province,,1997-06-18,,", header=DATED))
    (told,) = refused(tmp_path, f"{CITY},重庆市,province,,,1997-06-18,", header=DATED)
    assert (told["field"], told["given"]) == ("until", "1997-06-18")


def test_a_parent_may_come_later(tmp_path: Path) -> None:
    assert load(written(tmp_path, *reversed(ROWS))).added == len(ROWS)


def test_a_parent_that_never_comes_takes_what_is_below_along(tmp_path: Path) -> None:
    told = refused(tmp_path, *(row for row in ROWS if not row.startswith(NEXT_COUNTY)))
    assert [(row["code"], row["reason"][:5]) for row in told] == [(TOWN, "文件和库里"), (VILLAGE, "上级被拒绝")]
    assert "是否为" in told[0]["reason"]
    assert Region.objects.count() == 5


def test_what_hangs_below_a_refused_row_is_loaded_where_the_place_is_known(tmp_path: Path) -> None:
    load(written(tmp_path, *ROWS[:3]))
    told = refused(tmp_path, f"{COUNTY},,county,{CITY}", *ROWS[3:])
    assert [row["code"] for row in told] == [COUNTY]
    assert Region.objects.count() == len(ROWS)


@pytest.mark.parametrize("field", ["name", "parent_code"])
def test_one_code_with_two_names_or_two_parents_is_refused_on_both_lines(tmp_path: Path, field: str) -> None:
    other = f"{STREET},七星岗,township,{COUNTY}" if field == "name" else f"{STREET},七星岗街道,township,{NEXT_COUNTY}"
    told = refused(tmp_path, *ROWS[:7], other)
    assert [(row["line"], row["field"]) for row in told] == [("5", field), ("9", field), ("8", "parent_code")]
    assert "第 9 行" in told[0]["reason"]
    assert "第 5 行" in told[1]["reason"]
    assert not Region.objects.filter(code__in=[STREET, COMMUNITY]).exists()


def test_the_same_row_twice_counts_once(tmp_path: Path) -> None:
    report = load(written(tmp_path, *ROWS, *ROWS))
    assert (report.added, report.refused) == (len(ROWS), 0)


def test_a_circle_is_refused_and_the_rest_is_loaded(tmp_path: Path) -> None:
    circle = (
        f"500106000000,沙坪坝区,prefecture,{'500106001000'}",
        "500106001000,小龙坎街道,county,500106001001",
        "500106001001,正街社区,community,500106000000",
        "500106001002,小正街社区,community,500106001000",
    )
    told = refused(tmp_path, *circle, *ROWS)
    assert {row["code"]: row["reason"][:6] for row in told} == {
        "500106000000": "上下级绕成了",
        "500106001000": "上下级绕成了",
        "500106001001": "上下级绕成了",
        "500106001002": "上级被拒绝，",
    }
    assert Region.objects.count() == len(ROWS)


def test_a_place_that_is_its_own_parent_and_nothing_else_is_a_circle(tmp_path: Path) -> None:
    (told,) = refused(tmp_path, *ROWS, f"500106000000,沙坪坝区,county,{'500106000000'}")
    assert "绕成了圈" in told["reason"]


def test_a_circle_through_places_already_known_is_refused(tmp_path: Path) -> None:
    load(written(tmp_path, *ROWS))
    before = tree()
    (told,) = refused(tmp_path, f"{COUNTY},渝中区,county,{COMMUNITY}")
    assert "绕成了圈" in told["reason"]
    assert tree() == before


def test_a_known_place_keeps_its_level(tmp_path: Path) -> None:
    load(written(tmp_path, *ROWS))
    (told,) = refused(tmp_path, f"{NEXT_STREET},解放碑街道,community,{COUNTY}")
    assert (told["field"], told["given"]) == ("level", "community")
    assert "township" in told["reason"]


def test_refused_rows_can_be_mended_and_loaded_as_they_are(tmp_path: Path) -> None:
    to = tmp_path / "refused.csv"
    placeholder = "500100000000"
    rows = [
        f"{placeholder},市辖区,prefecture,{CITY}",
        *(row.replace(f"county,{CITY}", f"county,{placeholder}") for row in ROWS),
    ]
    broken = [row.replace("渝中区", "") for row in rows]
    report = load(written(tmp_path, *broken), refused_to=to)
    assert (report.added, report.refused, report.refused_file) == (4, 4, "refused.csv")
    assert to.read_bytes().startswith(b"\xef\xbb\xbf")
    assert {row["code"]: row["parent_code"] for row in read_refused(to)}[COUNTY] == CITY
    to.write_text(to.read_text("utf-8-sig").replace(f"{COUNTY},,", f"{COUNTY},渝中区,"), encoding="utf-8-sig")
    again = load(to)
    assert (again.added, again.refused, again.warnings) == (4, 0, [])
    assert Region.objects.count() == len(ROWS)


def test_refused_rows_that_cannot_be_written_undo_the_import(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="写不了被拒绝的行"):
        load(written(tmp_path, *ROWS, "x,y,z,"), refused_to=tmp_path / "no folder" / "refused.csv")
    assert not Region.objects.exists()
