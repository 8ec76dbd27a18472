"""What a later file changes: names, parents with all that is below, and places that are gone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from governance.regions.models import Region
from tests.regions.divisions import (
    CITY,
    COMMUNITY,
    COUNTY,
    NEXT_COUNTY,
    NEXT_STREET,
    ROWS,
    STREET,
    TOWN,
    VILLAGE,
    load,
    refused,
    spans,
    tree,
    written,
)

pytestmark = pytest.mark.django_db
DAY = date(2025, 11, 6)
NEW_AREA = "500157000000"


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    """The small tree, loaded without a date."""
    load(written(tmp_path, *ROWS))
    return tmp_path


def test_the_second_import_changes_nothing(loaded: Path) -> None:
    before = list(Region.objects.order_by("pk").values())
    report = load(written(loaded, *ROWS))
    assert (report.added, report.changed, report.retired, report.absent, report.unchanged) == (0, 0, 0, 0, len(ROWS))
    assert list(Region.objects.order_by("pk").values()) == before


def test_a_new_name_brings_new_initials(loaded: Path) -> None:
    before = Region.objects.get(code=STREET)
    report = load(written(loaded, f"{STREET},大溪沟街道,township,{COUNTY}"))
    after = Region.objects.get(code=STREET)
    assert (report.changed, after.pk, after.name, after.initials) == (1, before.pk, "大溪沟街道", "dxgjd")
    assert after.changed_at > before.changed_at


def test_a_move_rewrites_the_paths_of_everything_below(loaded: Path) -> None:
    report = load(written(loaded, f"{STREET},七星岗街道,township,{NEXT_COUNTY}"))
    assert (report.changed, report.added) == (1, 0)
    assert Region.objects.get(code=COMMUNITY).path == f"{CITY}/{NEXT_COUNTY}/{STREET}/{COMMUNITY}/"
    assert Region.objects.get(code=STREET).parent == Region.objects.get(code=NEXT_COUNTY)
    assert Region.objects.get(code=NEXT_STREET).path == f"{CITY}/{COUNTY}/{NEXT_STREET}/"


def test_moves_within_moves_and_new_places_on_both_ends(loaded: Path) -> None:
    """A county goes under a new prefecture, one of its streets to the other county, and new places hang below both."""
    report = load(
        written(
            loaded,
            f"500300000000,新市,prefecture,{CITY}",
            f"{COUNTY},渝中区,county,500300000000",
            f"{STREET},七星岗街道,township,{NEXT_COUNTY}",
            f"{STREET[:9]}002,新社区居委会,community,{STREET}",
            f"{NEXT_STREET[:9]}001,民权路社区居委会,community,{NEXT_STREET}",
        )
    )
    assert (report.added, report.changed, report.refused) == (3, 2, 0)
    paths = {code: path for code, _name, _level, path in tree()}
    assert paths[COUNTY] == f"{CITY}/500300000000/{COUNTY}/"
    assert paths[NEXT_STREET[:9] + "001"] == f"{paths[COUNTY]}{NEXT_STREET}/{NEXT_STREET[:9]}001/"
    assert paths[COMMUNITY] == f"{CITY}/{NEXT_COUNTY}/{STREET}/{COMMUNITY}/"
    assert paths[STREET[:9] + "002"] == f"{CITY}/{NEXT_COUNTY}/{STREET}/{STREET[:9]}002/"


def test_places_that_only_follow_a_move_count_as_unchanged(loaded: Path) -> None:
    rows = [row.replace(f"township,{COUNTY}", f"township,{NEXT_COUNTY}") for row in ROWS]
    report = load(written(loaded, *rows))
    assert (report.changed, report.unchanged) == (2, 6)
    assert load(written(loaded, *rows)).changed == 0


def test_new_places_of_a_dated_import_begin_on_that_day(loaded: Path) -> None:
    report = load(written(loaded, f"{NEW_AREA},两江新区,county,{CITY}"), on=DAY)
    assert report.added == 1
    assert spans()[NEW_AREA] == (DAY, None)
    assert spans()[COUNTY] == (None, None)


WITHOUT_NEXT_COUNTY = tuple(row for row in ROWS if not row.startswith((NEXT_COUNTY, TOWN, VILLAGE)))


def test_what_a_complete_source_no_longer_lists_is_retired_with_all_below(loaded: Path) -> None:
    path = written(loaded, *WITHOUT_NEXT_COUNTY)
    report = load(path, on=DAY, complete=True)
    assert (report.retired, report.absent, report.unchanged) == (3, 0, 5)
    gone = {code for code, (_since, until) in spans().items() if until == DAY}
    assert gone == {NEXT_COUNTY, TOWN, VILLAGE}
    again = load(path, on=DAY, complete=True)
    assert (again.retired, again.changed, again.added) == (0, 0, 0)


def test_without_a_date_the_absent_are_counted_and_stay(loaded: Path) -> None:
    report = load(written(loaded, *WITHOUT_NEXT_COUNTY), complete=True)
    assert (report.retired, report.absent) == (0, 1)
    assert all(until is None for _since, until in spans().values())


def test_a_source_that_is_not_complete_retires_nothing(loaded: Path) -> None:
    report = load(written(loaded, *WITHOUT_NEXT_COUNTY), on=DAY)
    assert (report.retired, report.absent) == (0, 0)


def test_places_listed_in_part_lose_nothing(loaded: Path) -> None:
    report = load(written(loaded, *WITHOUT_NEXT_COUNTY), on=DAY, complete=True, partial=[CITY])
    assert report.retired == 0


def test_places_without_listed_children_lose_nothing(loaded: Path) -> None:
    """A file down to townships says nothing of communities."""
    report = load(written(loaded, *(row for row in ROWS if ",community," not in row)), on=DAY, complete=True)
    assert report.retired == 0


def test_children_of_another_level_than_listed_stay(loaded: Path) -> None:
    rows = (ROWS[0], f"500300000000,新市,prefecture,{CITY}")
    assert load(written(loaded, *rows), on=DAY, complete=True).retired == 0


def test_a_refused_row_is_not_an_absent_place(loaded: Path) -> None:
    rows = [row.replace("江北区", "") for row in ROWS]
    report = load(written(loaded, *rows), on=DAY, complete=True)
    assert (report.refused, report.retired) == (1, 0)


def test_a_row_whose_code_cannot_be_read_keeps_its_siblings(loaded: Path) -> None:
    rows = [row.replace(f"{NEXT_COUNTY},江北区", "5.00105E+11,江北区") for row in ROWS]
    report = load(written(loaded, *rows), on=DAY, complete=True)
    assert (report.refused, report.retired) == (1, 0)


def test_a_place_retired_before_is_refused_until_somebody_states_its_end(loaded: Path) -> None:
    load(written(loaded, *WITHOUT_NEXT_COUNTY), on=DAY, complete=True)
    told = refused(loaded, *ROWS)
    assert [row["code"] for row in told] == [NEXT_COUNTY, TOWN, VILLAGE]
    assert all("已于 2025-11-06 停用" in row["reason"] for row in told)
    rows = (f"{NEXT_COUNTY},江北区,county,{CITY},2030-01-01",)
    report = load(written(loaded, *rows, header="code,name,level,parent_code,until"))
    assert (report.changed, spans()[NEXT_COUNTY]) == (1, (None, date(2030, 1, 1)))


def test_a_place_whose_end_lies_ahead_may_still_be_listed(loaded: Path) -> None:
    Region.objects.filter(code=VILLAGE).update(until=date(2999, 1, 1))
    assert load(written(loaded, *ROWS)).refused == 0
    assert spans()[VILLAGE] == (None, date(2999, 1, 1))


def test_a_new_place_under_a_retired_one_is_refused(loaded: Path) -> None:
    load(written(loaded, *WITHOUT_NEXT_COUNTY), on=DAY, complete=True)
    (told,) = refused(loaded, f"{NEXT_COUNTY[:6]}001000,华新街街道,township,{NEXT_COUNTY}")
    assert "上级已于 2025-11-06 停用" in told["reason"]


def test_a_place_that_began_on_the_day_is_not_ended_on_it(loaded: Path) -> None:
    Region.objects.filter(code=NEXT_COUNTY).update(since=DAY)
    assert load(written(loaded, *WITHOUT_NEXT_COUNTY), on=DAY, complete=True).retired == 0


def test_a_description_beside_the_file_says_complete_and_partial(tmp_path: Path) -> None:
    path = written(tmp_path, *ROWS)
    stated = {"stated_on": "2023-06-30", "source": "test", "complete": True, "partial": [CITY, STREET]}
    (tmp_path / "places.json").write_text(json.dumps(stated), encoding="utf-8")
    report = load(path)
    assert (report.complete, report.stated_on) == (True, date(2023, 6, 30))
    assert set(Region.objects.filter(partial=True).values_list("code", flat=True)) == {CITY, STREET}
    assert load(path).changed == 0


def test_a_later_complete_source_makes_a_partial_place_whole(loaded: Path) -> None:
    Region.objects.filter(code__in=[CITY, NEXT_STREET]).update(partial=True)
    report = load(written(loaded, *ROWS), complete=True)
    assert report.changed == 1
    assert list(Region.objects.filter(partial=True).values_list("code", flat=True)) == [NEXT_STREET]


def test_communities_whose_code_and_name_disagree_are_counted(loaded: Path) -> None:
    assert load(written(loaded, f"{STREET[:9]}201,新街社区,community,{STREET}")).findings == 1
