"""An upload stays inside the scope of who uploads; an import under one place stays below it; each leaves one event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from governance.kit import events
from governance.kit.scoping import Scope
from governance.regions.divisions import UnknownPlace
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
    load,
    refused,
    spans,
    tree,
    written,
)

pytestmark = pytest.mark.django_db
HERS = Scope((f"{CITY}/{COUNTY}/",))
DAY = date(2025, 11, 6)


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    load(written(tmp_path, *ROWS))
    return tmp_path


@pytest.fixture
def told() -> Iterator[list[events.Event]]:
    """What sinks hear."""
    heard: list[events.Event] = []
    events.listen(heard.append)
    yield heard
    events._sinks.remove(heard.append)


def test_rows_outside_are_refused_and_those_inside_are_loaded(loaded: Path) -> None:
    rows = (
        f"{NEXT_STREET[:9]}001,民权路社区居委会,community,{NEXT_STREET}",  # new, inside
        f"{STREET},大溪沟街道,township,{COUNTY}",  # renamed, inside
        f"{TOWN},新鱼嘴镇,township,{NEXT_COUNTY}",  # renamed, next door
        f"{TOWN[:9]}201,新村,community,{TOWN}",  # new, next door
        f"{CITY},大重庆,province,",  # above
        "510000000000,四川省,province,",  # a new root
    )
    told = refused(loaded, *rows, scope=HERS)
    assert [(row["code"], row["reason"][:8]) for row in told] == [
        (CITY, "不在您的地区内。"),
        ("510000000000", "不在您的地区内："),
        (TOWN, "不在您的地区内。"),
        (f"{TOWN[:9]}201", "不在您的地区内。"),
    ]
    assert Region.objects.get(code=STREET).name == "大溪沟街道"
    assert Region.objects.get(code=TOWN).name == "鱼嘴镇"
    assert Region.objects.count() == len(ROWS) + 1


def test_her_own_place_may_be_named_but_nothing_moves_in_or_out(loaded: Path) -> None:
    before = {code: path for code, _name, _level, path in tree()}
    rows = (
        f"{COUNTY},新渝中区,county,{CITY}",
        f"{TOWN},鱼嘴镇,township,{COUNTY}",  # in
        f"{STREET},七星岗街道,township,{NEXT_COUNTY}",  # out
    )
    assert [row["code"] for row in refused(loaded, *rows, scope=HERS)] == [TOWN, STREET]
    assert {code: path for code, _name, _level, path in tree()} == before
    assert Region.objects.get(code=COUNTY).name == "新渝中区"


def test_retirement_stays_inside(loaded: Path) -> None:
    rows = (ROWS[0], ROWS[1], ROWS[3])  # neither the other county nor the second street
    load(written(loaded, *rows), scope=HERS, on=DAY, complete=True)
    assert {code for code, (_since, until) in spans().items() if until} == {NEXT_STREET}


def test_an_empty_scope_lets_nothing_in(loaded: Path) -> None:
    before = tree()
    assert len(refused(loaded, f"{COUNTY},新,county,{CITY}", f"{STREET},新,township,{COUNTY}", scope=Scope())) == 2
    assert tree() == before


def test_only_what_lies_under_one_place(tmp_path: Path) -> None:
    report = load(written(tmp_path, *ROWS, "x,y,z,"), under=COUNTY)
    assert (report.added, report.left_out, report.refused) == (5, 3, 0)
    assert [code for code, *_rest in tree()] == [CITY, COUNTY, STREET, COMMUNITY, NEXT_STREET]
    assert list(Region.objects.filter(partial=True).values_list("code", flat=True)) == [CITY]


def test_under_a_place_nothing_elsewhere_is_retired(loaded: Path) -> None:
    report = load(written(loaded, ROWS[0], ROWS[1], ROWS[3]), under=COUNTY, on=DAY, complete=True)
    assert report.retired == 1
    assert spans()[NEXT_COUNTY] == (None, None)


def test_an_unknown_place_is_refused_with_those_that_come_near(loaded: Path) -> None:
    with pytest.raises(UnknownPlace) as caught:
        load(written(loaded, *ROWS), under="500130000000")
    assert caught.value.near[0] == f"渝中区（{COUNTY}）"


def test_each_import_is_one_event_with_its_report(loaded: Path, told: list[events.Event]) -> None:
    load(written(loaded, f"{COMMUNITY},新社区居委会,community,{STREET}"), scope=HERS)
    (event,) = told
    assert (event.action, event.region_path, event.after["changed"]) == ("regions.region.import", HERS.paths[0], 1)


def test_an_import_that_cannot_be_kept_does_not_happen(tmp_path: Path) -> None:
    def full(event: events.Event) -> None:
        raise OSError("no space left")

    events.listen(full)
    try:
        with pytest.raises(OSError, match="no space"):
            load(written(tmp_path, *ROWS))
    finally:
        events._sinks.remove(full)
    assert not Region.objects.exists()


def test_progress_names_its_stages(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    load(written(tmp_path, *ROWS), progress=lambda *step: seen.append(step))
    assert seen[0][0] == "检查"
    assert seen[-1] == ("写入", len(ROWS), len(ROWS))
