"""Initials for search, and the nearest places for somebody who mistyped."""

from __future__ import annotations

from pathlib import Path

import pytest

from governance.kit.pinyin import initials
from governance.regions.models import Region
from governance.regions.nearest import nearest
from tests.regions.divisions import CITY, COMMUNITY, COUNTY, NEXT_COUNTY, ROWS, STREET, load, written


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("重庆市", "cqs"),
        ("重石村", "zsc"),
        ("厦门市", "xms"),
        ("朝阳区", "cyq"),
        ("长治市", "czs"),
        ("长子县", "zzx"),
        ("石家庄市长安区", "sjzscaq"),
        ("行唐县", "xtx"),
        ("银行村", "yhc"),
        ("洪洞县", "htx"),
        ("番禺区", "pyq"),
        ("曾家岩", "zjy"),
        ("居委会", "jwh"),
        ("会计村", "kjc"),
        ("Ａ区1号-b", "aq1hb"),
        ("〇村（一）", "lcy"),
        ("", ""),
        ("㎯", "r"),
    ],
)
def test_initials_are_read_as_people_read_the_name(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.fixture
def loaded(tmp_path: Path, db: None) -> None:
    load(written(tmp_path, *ROWS))


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (COUNTY, COUNTY),
        ("500103", COUNTY),
        ("500130000000", COUNTY),  # two digits swapped
        ("500108000000", NEXT_COUNTY),  # one digit wrong; the first of those as near
        ("600000000000", CITY),
        ("渝中", COUNTY),
        ("渝中曲", COUNTY),
        ("余中区", COUNTY),
        ("七星冈街道", STREET),
        ("临江陆社区居委会", COMMUNITY),
    ],
)
def test_the_nearest_place_comes_first(typed: str, code: str) -> None:
    found = [place.code for place in nearest(typed)]
    assert found[0] == code or (typed == "500108000000" and code in found[:2])


@pytest.mark.usefixtures("loaded")
def test_only_places_that_may_be_seen_come_near() -> None:
    theirs = Region.objects.filter(path__startswith=f"{CITY}/{NEXT_COUNTY}/")
    assert {place.code[:6] for place in nearest("渝中区", theirs)} <= {"500105"}
    assert COUNTY not in {place.code for place in nearest(COUNTY, theirs)}


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("typed", ["", "  ", "%", "zzzz", "0", "9" * 500, "县" * 500, "\x00x"])
def test_odd_texts_find_little_and_harm_nothing(typed: str) -> None:
    assert len(nearest(typed)) <= 5
