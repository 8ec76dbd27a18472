"""`manage.py import_divisions` on the command line."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from governance.regions.models import Region
from tests.regions.divisions import CITY, COUNTY, ROWS, read_refused, spans, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of one's own."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def run(path: Path, **options: Any) -> str:
    """Run the command and return what it printed."""
    out = io.StringIO()
    call_command("import_divisions", str(path), stdout=out, **options)
    return out.getvalue()


def wrong(path: Path, *arguments: str) -> CommandError:
    """Run the command, which ends with an error."""
    with pytest.raises(CommandError) as caught:
        call_command("import_divisions", str(path), *arguments, stdout=io.StringIO())
    return caught.value


def test_it_shows_progress_and_the_report(tmp_path: Path, here: Path) -> None:
    printed = run(written(tmp_path, *ROWS))
    assert "写入 8/8" in printed
    assert "新增：8" in printed
    assert "拒绝：0" in printed
    assert list(here.iterdir()) == []


def test_refused_rows_go_beside_one_and_the_good_ones_are_in(tmp_path: Path, here: Path) -> None:
    printed = run(written(tmp_path, *ROWS, "x,y,z,"))
    assert "有 1 行被拒绝" in printed
    assert "places.refused.csv" in printed
    assert [row["code"] for row in read_refused(here / "places.refused.csv")] == ["x"]
    assert Region.objects.count() == len(ROWS)


def test_the_file_of_refused_rows_may_be_named(tmp_path: Path, here: Path) -> None:
    to = tmp_path / "mend me.csv"
    run(written(tmp_path, "x,y,z,"), refused=to)
    assert to.exists()
    assert list(here.iterdir()) == []


def test_a_complete_file_with_a_date_retires(tmp_path: Path) -> None:
    run(written(tmp_path, *ROWS))
    without = [row for row in ROWS if not row.startswith("500105")]
    printed = run(written(tmp_path, *without), complete=True, on="2025-11-06")
    assert "停用：3" in printed
    assert [until is not None for _since, until in spans().values()].count(True) == 3
    printed = run(written(tmp_path, *without[:1], without[2]), complete=True, partial=f"{CITY}, {COUNTY}")
    assert "未停用" not in printed


def test_an_unknown_place_ends_with_two_and_names_the_nearest(tmp_path: Path) -> None:
    error = wrong(written(tmp_path, *ROWS), "--under", "500130000000")
    assert error.returncode == 2
    assert f"渝中区（{COUNTY}）" in str(error)
    assert not Region.objects.exists()


@pytest.mark.parametrize("arguments", [("--on", "tomorrow"), ("--on", "2025-02-30"), ("--level", "county")])
def test_wrong_usage_is_an_error(tmp_path: Path, arguments: tuple[str, str]) -> None:
    wrong(written(tmp_path, *ROWS), *arguments)
    assert not Region.objects.exists()


def test_a_file_that_cannot_be_read_ends_with_two(tmp_path: Path) -> None:
    assert wrong(tmp_path / "nowhere.csv").returncode == 2
    empty = tmp_path / "empty.csv"
    empty.touch()
    error = wrong(empty)
    assert error.returncode == 2
    assert "空文件" in str(error)


def test_only_one_place(tmp_path: Path) -> None:
    printed = run(written(tmp_path, *ROWS), under=COUNTY)
    assert "新增：5" in printed
    assert "不在所选地区内，未导入：3" in printed
