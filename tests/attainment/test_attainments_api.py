"""Results over the API: the rows of the command, by place, parent and level, in scope, refused field by field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.accounts.models import User
from governance.attainment.engine import rebuild
from governance.attainment.models import AttainmentRun
from governance.attainment.results import standings as table
from governance.attainment.results.plain import as_json
from governance.attainment.results.rows import COLUMNS, rows
from governance.policies.models import Policy
from governance.regions.models import Facility
from tests.attainment.test_records_are_counted import ask, keep
from tests.conftest import partner_client
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_policy, make_target

URL = "/api/v1/attainments/"


@pytest.fixture
def policy(tree: Tree) -> Policy:
    policy = make_policy(tree.county, "tianyuan-2021", valid_from=date(2025, 1, 1), valid_to=None)
    clause = make_clause(policy)
    counted = ask(clause, "incubators", "stock(facilities.incubator)", verdict_levels=["county", "township"])
    make_target(counted, tree.county, value=2, due=date(2026, 6, 30))
    ask(clause, "average", "stock(facilities.incubator)", "units(community)", kind="average_per_unit")
    keep(tree.street, "facilities")
    for number in range(3):
        Facility.objects.create(region=tree.community, kind="incubator", name=f"孵化{number}", since=date(2025, 3, 1))
    return policy


def computed() -> None:
    run = AttainmentRun.objects.create(cause="person", status="running")
    for chunk in rebuild.prepare(run, largest=1):
        rebuild.compute_chunk(run, chunk)
        chunk.save()
    rebuild.compute_tops(run)
    rebuild.publish(run)


@pytest.fixture
def admin(bureau_admin: User, as_user: Any) -> Client:
    client: Client = as_user(bureau_admin)
    return client


def found(client: Client, **asked: Any) -> list[tuple[str, str, str | None]]:
    body = client.get(URL, {"policy": "tianyuan-2021"} | asked).json()
    assert body["count"] == len(body["results"])
    return [(row["region_name"], row["indicator"], row["status"]) for row in body["results"]]


@pytest.mark.parametrize("stored", [False, True])
def test_a_row_is_that_of_the_command(policy: Policy, tree: Tree, admin: Client, stored: bool) -> None:
    if stored:
        computed()
    body = admin.get(URL, {"policy": "tianyuan-2021", "region": tree.street.code, "as_of": "2026-01-31"}).json()
    assert body["results"] == [as_json(row) for row in rows(policy, tree.street, date(2026, 1, 31))]
    assert tuple(body["results"][0]) == COLUMNS
    assert body["results"][0]["numerator"] == "3"


@pytest.mark.parametrize("stored", [False, True])
def test_places_by_parent_and_level_and_status(policy: Policy, tree: Tree, admin: Client, stored: bool) -> None:
    if stored:
        computed()
    assert found(admin) == [("天元区", "incubators", "met"), ("天元区", "average", "no_target")]
    assert [name for name, slug, _status in found(admin, parent=tree.county.code, indicator="incubators")] == [
        "嵩山路街道",
        "泰山路街道",
    ]
    communities = found(admin, level="community", indicator="average")
    assert {status for _name, _slug, status in communities} == {"no_target", "no_data"}
    assert found(admin, level="community", status="no_data") == [
        ("临江社区", "incubators", "no_data"),
        ("临江社区", "average", "no_data"),
    ]
    assert found(admin, level="township", status=["met", "no_data"], indicator="incubators") == [
        ("嵩山路街道", "incubators", "no_data"),
        ("泰山路街道", "incubators", "met"),
    ]


def test_a_clerk_sees_her_street_alone(
    policy: Policy, tree: Tree, street_clerk: User, next_street_clerk: User, as_user: Any
) -> None:
    computed()
    clerk = as_user(street_clerk)
    assert {name for name, *_rest in found(clerk, level="community")} == {"铁西居委会", "湘滨村委会"}
    assert {name for name, *_rest in found(clerk, parent=tree.county.code)} == {"泰山路街道"}
    assert clerk.get(URL, {"policy": "tianyuan-2021", "region": tree.next_street.code}).status_code == 404
    assert clerk.get(URL, {"policy": "tianyuan-2021", "parent": tree.next_street.code}).status_code == 404
    assert {name for name, *_rest in found(as_user(next_street_clerk), level="community")} == {"临江社区"}
    partner = partner_client(tree.street, ["view"], "reader")
    assert {name for name, *_rest in found(partner, level="community")} == {"铁西居委会", "湘滨村委会"}
    blind = partner_client(tree.street, ["add"], "writer")
    assert blind.get(URL, {"policy": "tianyuan-2021"}).status_code == 403


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"policy": ""}, "policy"),
        ({"policy": "tianyuan"}, "policy"),
        ({"region": "43"}, "region"),
        ({"parent": "43"}, "parent"),
        ({"level": "street"}, "level"),
        ({"as_of": "2026-13-01"}, "as_of"),
        ({"indicator": "incubator"}, "indicator"),
        ({"status": "good"}, "status"),
        ({"colour": "red"}, "colour"),
        ({"page_size": "0"}, "page_size"),
        ({"region": "430211000000", "level": "community"}, "region"),
    ],
)
def test_what_is_wrong_is_told_by_field(policy: Policy, admin: Client, asked: dict[str, str], field: str) -> None:
    answer = admin.get(URL, {"policy": "tianyuan-2021"} | asked)
    assert answer.status_code == 400
    assert field in answer.json()


@pytest.mark.parametrize("name", ["policy", "region", "parent", "level", "as_of"])
@pytest.mark.parametrize("path", ["", "history/", "evidence/"])
def test_a_parameter_given_twice_is_not_passed_over(
    policy: Policy, tree: Tree, admin: Client, path: str, name: str
) -> None:
    given = {"policy": "tianyuan-2021", "region": tree.county.code, "parent": tree.county.code, "level": "county", "as_of": "2026-01-31"}  # fmt: skip
    answer = admin.get(URL + path, {"policy": "tianyuan-2021", "indicator": "average"} | {name: [given[name]] * 2})
    assert (answer.status_code, name in answer.json()) == (400, True)


def test_too_many_rows_are_not_judged_for_a_status(
    policy: Policy, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "MOST", 3)
    asked = {"policy": "tianyuan-2021", "level": "community", "status": "no_data", "as_of": "2025-12-31"}
    assert "status" in admin.get(URL, asked).json()


@pytest.mark.parametrize(("asked", "queries"), [({}, 17), ({"level": "community"}, 16)])
def test_the_number_of_queries_is_known(policy: Policy, admin: Client, asked: dict[str, str], queries: int) -> None:
    computed()
    admin.get(URL, {"policy": "tianyuan-2021"} | asked)
    with CaptureQueriesContext(connection) as seen:
        admin.get(URL, {"policy": "tianyuan-2021"} | asked)
    assert len(seen) == queries


@pytest.mark.parametrize("stored", [False, True])
def test_over_time_each_month_end_is_what_was_asked_of_it_alone(
    policy: Policy, tree: Tree, admin: Client, stored: bool
) -> None:
    if stored:
        computed()
    points = admin.get(
        URL + "history/", {"policy": "tianyuan-2021", "region": tree.street.code, "indicator": "average"}
    ).json()
    assert points[0]["as_of"] == "2024-12-31"
    assert [point["value"] for point in points[:4]] == ["0", "0", "0", "3/2"]
    for point in points[::4]:
        day = date.fromisoformat(point["as_of"])
        (row,) = [as_json(one) for one in rows(policy, tree.street, day) if one["indicator"] == "average"]
        assert {name: row[name] for name in point} == point


def test_over_time_is_scoped_and_refuses_by_field(policy: Policy, tree: Tree, street_clerk: User, as_user: Any) -> None:
    clerk, url = as_user(street_clerk), URL + "history/"
    assert clerk.get(url, {"policy": "tianyuan-2021", "region": tree.next_street.code}).status_code == 404
    assert "policy" in clerk.get(url).json()
    assert "side" in clerk.get(url, {"policy": "tianyuan-2021", "side": "numerator"}).json()


def test_the_queries_of_a_history_are_known(policy: Policy, admin: Client) -> None:
    computed()
    with CaptureQueriesContext(connection) as seen:
        admin.get(URL + "history/", {"policy": "tianyuan-2021"})
    assert len(seen) == 15
