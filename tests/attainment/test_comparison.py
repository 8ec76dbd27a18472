"""Two months or two places beside each other; and what pages of results show, as files."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.policies.models import Policy
from governance.regions.models import Facility
from tests.attainment.test_records_are_counted import ask, keep
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_policy, make_target

ROOM = {"kind": "coverage", "factor": 100, "unit": "%", "unit_levels": ["community"]}


@pytest.fixture
def policy(tree: Tree) -> Policy:
    """Rooms at every community; the one street got its own in 2025, the other one has none."""
    policy = make_policy(tree.county, "rooms-2021", valid_from=date(2021, 1, 1))
    rooms = ask(make_clause(policy), "rooms", "regions_with(social_work_room, community)", "units(community)", **ROOM)
    make_target(rooms, tree.county, value=Decimal(100), due=date(2023, 12, 31))
    for register in ("facilities", "capabilities"):
        keep(tree.county, register)
    for home in (tree.community, tree.village):
        Facility.objects.create(region=home, kind="social_work_room", name="社工室", since=date(2025, 5, 1))
    return policy


@pytest.fixture
def bureau(bureau_admin: User, as_user: Any) -> Client:
    return as_user(bureau_admin)  # type: ignore[no-any-return]


@pytest.fixture
def clerk(street_clerk: User, as_user: Any) -> Client:
    return as_user(street_clerk)  # type: ignore[no-any-return]


def test_a_month_is_compared_with_the_same_one_a_year_before(policy: Policy, bureau: Client, tree: Tree) -> None:
    page = bureau.get("/attainment/comparison/", {"policy": policy.slug, "month": "2025-12"})
    (pair,) = page.context["pairs"]
    assert page.context["sides"] == ["2025-12", "2024-12"]
    assert (pair.one.row["value"], pair.other.row["value"]) == (Fraction(200, 3), 0)
    assert (pair.difference, page.context["changed"]) == (Fraction(200, 3), 1)
    assert "+66.7" in page.content.decode()


def test_two_places_are_compared_in_a_month(policy: Policy, bureau: Client, clerk: Client, tree: Tree) -> None:
    asked = {
        "policy": policy.slug,
        "month": "2025-12",
        "region": tree.street.code,
        "with_region": tree.next_street.code,
    }
    page = bureau.get("/attainment/comparison/", asked)
    (pair,) = page.context["pairs"]
    assert page.context["sides"] == [tree.street.name, tree.next_street.name]
    assert pair.difference == 100
    assert [place.code for place in page.context["beside"]] == [tree.next_street.code]
    assert clerk.get("/attainment/comparison/", asked).status_code == 404
    own = clerk.get("/attainment/comparison/", {"policy": policy.slug, "region": tree.street.code})
    assert own.context["beside"] == []
    assert tree.next_street.name not in own.content.decode()


def test_a_month_that_is_none_is_refused(policy: Policy, bureau: Client) -> None:
    answer = bureau.get("/attainment/comparison/", {"policy": policy.slug, "with_month": "2025-13"})
    assert answer.status_code == 400
    assert "2025-13" in answer.content.decode()


def lines(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_what_pages_show_comes_as_files(policy: Policy, bureau: Client, tree: Tree) -> None:
    asked = {"policy": policy.slug, "month": "2025-12"}
    head, row = lines(bureau.get("/attainment/export.csv", asked))
    told = dict(zip(head, row, strict=True))
    assert (told["现值"], told["目标"], told["状态"], told["差距"]) == ("66.6667", "100", "逾期", "差 1 个村（社区）")
    head, *rows = lines(bureau.get("/attainment/children/export.csv", asked))
    values = {told["地区"]: told["现值"] for told in (dict(zip(head, row, strict=True)) for row in rows)}
    assert values == {tree.street.name: "100", tree.next_street.name: "0"}
    answer = bureau.get("/attainment/indicators/rooms/export.xlsx", {"month": "2025-12"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    months = {row[0]: row[2] for row in book.get_sheet_by_index(0).to_python()[1:]}
    assert (months["2025-04-30"], months["2025-12-31"]) == (0, 66.6667)
    assert bureau.get("/attainment/export.pdf", asked).status_code == 404
    events = AuditEvent.objects.filter(action="attainment.results.export")
    assert sorted(event.after["kind"] for event in events) == ["csv", "csv", "xlsx"]


def test_a_file_holds_no_other_street(policy: Policy, clerk: Client, tree: Tree) -> None:
    asked = {"policy": policy.slug, "month": "2025-12", "region": tree.next_street.code}
    for address in (
        "/attainment/export.csv",
        "/attainment/children/export.csv",
        "/attainment/indicators/rooms/export.csv",
    ):
        assert clerk.get(address, asked).status_code == 404
    _head, *rows = lines(clerk.get("/attainment/children/export.csv", asked | {"region": tree.street.code}))
    assert {row[1] for row in rows} <= {tree.community.name, tree.village.name}


def test_the_page_of_a_place_says_what_is_missing_there(policy: Policy, bureau: Client, tree: Tree) -> None:
    def told(place: Any) -> list[str]:
        found = [card for card in bureau.get(place.get_absolute_url()).context["cards"] if card["name"] == "targets"]
        return [str(row.question.indicator) for card in found for row in card["rows"]]

    assert len(told(tree.county)) == 1
    assert told(tree.street) == []
    assert len(told(tree.next_community)) == 1
