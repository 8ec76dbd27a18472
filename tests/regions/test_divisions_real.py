"""The divisions of 2023 and what became of them by 2026: 江北 and 渝北 merged into 两江新区 on 6 November 2025."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from governance.regions.models import Region
from governance.regions.nearest import nearest
from tests.regions.divisions import load

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[2] / "governance" / "regions" / "data"
DAY = date(2025, 11, 6)


def test_two_editions_of_the_real_divisions() -> None:
    first = load(DATA / "divisions_2023.csv.gz")
    assert (first.added, first.refused, first.placeholders, first.stated_on) == (35_126, 0, 2, date(2023, 6, 30))
    assert first.findings > 0
    assert Counter(Region.objects.values_list("level", flat=True)) == {
        "province": 5,
        "prefecture": 19,
        "county": 178,
        "township": 2927,
        "community": 31_997,
    }
    assert set(Region.objects.filter(partial=True).values_list("name", flat=True)) == {
        "湖南省",
        "株洲市",
        "福建省",
        "云南省",
    }
    assert not Region.objects.filter(since__isnull=False).exists()

    second = load(DATA / "divisions_2023.csv.gz")
    assert (second.added, second.changed, second.retired, second.unchanged) == (0, 0, 0, 35_126)

    later = load(DATA / "divisions_2026.csv.xz", on=DAY)
    assert later.refused == 0
    gone = Region.objects.filter(code__in=["500105000000", "500112000000"])
    assert {(place.name, place.until) for place in gone} == {("江北区", DAY), ("渝北区", DAY)}
    below = Region.objects.filter(path__startswith="500000000000/500112000000/")
    assert below.count() > 100
    assert not below.filter(until=None).exists()
    zone = Region.objects.get(code="500157000000")
    assert (zone.name, zone.since, zone.until, zone.development_zone) == ("两江新区", DAY, None, False)
    city = Region.objects.get(code="500000000000")
    assert Region.objects.filter(parent=city).alive_on(DAY).count() == 37
    assert not Region.objects.filter(partial=True).exists()

    again = load(DATA / "divisions_2026.csv.xz", on=DAY)
    assert (again.added, again.changed, again.retired) == (0, 0, 0)

    assert [place.name for place in nearest("渝中曲", limit=1)] == ["渝中区"]
