"""A list of more rows than anybody counts: what it says, and how far its pages go."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.regions.models import Facility
from tests.factories.places import Tree
from tests.volunteers.made import volunteer


@pytest.fixture
def facilities(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("governance.kit.counting.MOST", 40)
    rows = [
        Facility(region=tree.community, kind="culture_centre", name=f"{n:03}号", since=date(2021, 1, 1))
        for n in range(1, 46)
    ]
    Facility.objects.bulk_create(rows)


@pytest.fixture
def client(cast: dict[str, Client]) -> Client:
    return cast["bureau_admin"]


def test_the_page_says_that_there_are_more(facilities: None, client: Client) -> None:
    body = client.get("/regions/facilities/").content.decode()
    assert "超过 40 条" in body
    assert "共 40 条" not in body
    assert "40+" in body
    assert "后面还有" not in body
    last = client.get("/regions/facilities/?page=2").content.decode()
    assert "040号" in last
    assert "041号" not in last
    assert "后面还有，请用筛选缩小范围。" in last
    assert "page=3" not in last
    found = client.get("/regions/facilities/?q=045").content.decode()
    assert "共 1 条" in found
    assert "045号" in found


def test_a_print_says_so_too(facilities: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("governance.kit.views.PRINT_ROWS", 30)
    assert "超过 40 条，这里只有前 30 条" in client.get("/regions/facilities/?print=1").content.decode()


def test_a_list_that_was_counted_to_its_end_says_how_many(facilities: None, client: Client) -> None:
    Facility.objects.filter(name__gt="040号").delete()
    body = client.get("/regions/facilities/").content.decode()
    assert "共 40 条" in body
    assert "40+" not in body


def test_the_admin_says_that_there_are_more(facilities: None, client: Client) -> None:
    body = client.get("/admin/regions/facility/").content.decode()
    assert "40+" in "".join(body.split())


def test_a_program_reads_to_the_end(facilities: None, partner: Client) -> None:
    url, names = "/api/v1/facilities/?page_size=15", []
    while url:
        answer = partner.get(url).json()
        assert answer["count"] is None
        names += [row["name"] for row in answer["results"]]
        url = answer["next"]
    assert names == [f"{n:03}号" for n in range(1, 46)]
    assert partner.get("/api/v1/facilities/?page_size=15&page=9").json()["results"] == []
    assert partner.get("/api/v1/facilities/?page_size=15&page=0").status_code == 404
    assert partner.get("/api/v1/facilities/?page_size=15&page=x").status_code == 404


def test_a_program_is_told_what_was_counted(facilities: None, partner: Client) -> None:
    answer = partner.get("/api/v1/facilities/?q=03").json()
    assert (answer["count"], answer["next"]) == (11, None)
    assert partner.get("/api/v1/facilities/?q=03&page=2").status_code == 404


def test_no_more_rows_are_counted_than_that(facilities: None, client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get("/regions/facilities/")
    asked = [query["sql"] for query in captured if "COUNT(*)" in query["sql"]]
    counts = [sql for sql in asked if '"desk_message"' not in sql]  # the bar counts what is unread
    assert len(counts) == 1
    assert "LIMIT 41" in counts[0]
    assert "ORDER BY" not in counts[0]


def test_a_card_says_that_there_are_more(tree: Tree, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        volunteer(tree.community)
    assert "在用 3 条" in client.get(f"/regions/{tree.county.code}/").content.decode()
    monkeypatch.setattr("governance.kit.counting.MOST", 2)
    body = client.get(f"/regions/{tree.county.code}/").content.decode()
    assert "超过 2 条" in body
    assert "在用 3 条" not in body
