"""Files for spreadsheet programs."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from governance.accounts.models import User
from governance.regions.models import Facility
from tests.contracts.surfaces import text_of
from tests.factories.places import Tree


@pytest.fixture
def rows(tree: Tree) -> list[Facility]:
    names = ["=HYPERLINK(1)", "@SUM(1)", "+1", "-1", "志愿服务站", '引号"与,逗号\n换行']
    return [
        Facility.objects.create(
            region=tree.community, kind="volunteer_station", name=name, since=date(2024, 1, 1 + number), floor_area=80.5
        )
        for number, name in enumerate(names)
    ]


def test_a_cell_never_becomes_a_formula(rows: list[Facility], street_clerk: User, as_user: Any) -> None:
    client = as_user(street_clerk)
    text = text_of(client.get(reverse("regions:facility_export", kwargs={"kind": "csv"})))
    names = {row["名称"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}
    assert {"'=HYPERLINK(1)", "'@SUM(1)", "'+1", "'-1", "志愿服务站", '引号"与,逗号\n换行'} <= names
    assert "'=HYPERLINK(1)" in text_of(client.get(reverse("regions:facility_export", kwargs={"kind": "xlsx"})))


def test_a_file_holds_codes_as_text_words_for_choices_and_numbers_as_numbers(
    rows: list[Facility], street_clerk: User, as_user: Any, tree: Tree
) -> None:
    response = as_user(street_clerk).get(reverse("regions:facility_export", kwargs={"kind": "csv"}))
    assert response["Content-Type"].startswith("text/csv")
    lines = list(csv.DictReader(io.StringIO(text_of(response).removeprefix("\ufeff"))))
    line = next(line for line in lines if line["名称"] == "志愿服务站")
    assert line["类型"] == "志愿服务站（点）"
    assert line["区划代码"] == tree.community.code
    assert line["面积（平方米）"] == "80.50"
    assert line["启用日期"] == "2024-01-05"


def test_a_file_follows_the_filters_and_the_order_of_the_page(
    rows: list[Facility], street_clerk: User, as_user: Any
) -> None:
    url = reverse("regions:facility_export", kwargs={"kind": "csv"})
    text = text_of(as_user(street_clerk).get(url, {"q": "1", "sort": "-since"})).removeprefix("\ufeff")
    dates = [line["启用日期"] for line in csv.DictReader(io.StringIO(text))]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 4


def test_a_filter_in_error_gives_no_file(rows: list[Facility], street_clerk: User, as_user: Any) -> None:
    url = reverse("regions:facility_export", kwargs={"kind": "csv"})
    assert as_user(street_clerk).get(url, {"region": "nowhere"}).status_code == 409


def test_an_unknown_kind_of_file_does_not_exist(street_clerk: User, as_user: Any) -> None:
    assert as_user(street_clerk).get(reverse("regions:facility_export", kwargs={"kind": "exe"})).status_code == 404
