"""The page of the records behind a number, and the file of them."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.policies.models import Policy
from governance.regions.models import Facility
from tests.attainment.test_evidence_api import asked, incubator, policy
from tests.attainment.test_records_are_counted import ask, figure, keep
from tests.contracts.surfaces import text_of
from tests.factories.places import Tree
from tests.trial.models import Session

__all__ = ["policy"]  # the fixture

URL = "/attainment/evidence/"


@pytest.fixture
def clerk(street_clerk: User, as_user: Any) -> Client:
    return as_user(street_clerk)  # type: ignore[no-any-return]


def body_of(client: Client, place: Any, indicator: str = "incubators", **more: Any) -> str:
    response = client.get(URL, asked(place, indicator, **more))
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_number_formula_and_records(policy: Policy, tree: Tree, clerk: Client) -> None:
    body = body_of(clerk, tree.street)
    for text in (
        "设施数",
        "泰山路街道",
        "截至 2025-12-31",
        "月末在册的社会组织孵化基地",
        "共 3 条",
        "2022-01-01 起",
    ):
        assert text in body, text
    assert '<b>3</b><span class="unit">处</span>' in body
    for facility in Facility.objects.filter(region=tree.community):
        assert f'<a href="{facility.get_absolute_url()}">{facility.name}</a>' in body
    assert "邻街" not in body
    assert "不在您的地区" not in body


def test_what_lies_outside_is_told_and_not_shown(policy: Policy, tree: Tree, clerk: Client) -> None:
    body = body_of(clerk, tree.county)
    assert "另有 1 条计入的记录不在您的地区或权限内" in body
    assert "<b>4</b>" in body
    for trace in ("邻街", tree.next_community.name, tree.next_community.code):
        assert trace not in body


def test_other_places_and_bad_input(policy: Policy, tree: Tree, clerk: Client) -> None:
    assert clerk.get(URL, asked(tree.next_street)).status_code == 404
    response = clerk.get(URL, asked(tree.street, indicator="incubator", as_of="<b>"))
    assert response.status_code == 400
    assert escape("indicator：这份政策没有标识为 incubator 的指标。最接近的：incubators") in response.content.decode()
    assert "<b>”" not in response.content.decode()


def test_a_place_that_counts_leads_on_to_its_own_evidence(policy: Policy, tree: Tree, clerk: Client) -> None:
    ask(policy.clauses.get(), "several", "at_least(stock(facilities.incubator), 3, community)")
    body = body_of(clerk, tree.street, "several")
    query = f"policy=tianyuan-2021&indicator=several&as_of=2025-12-31&side=numerator&region={tree.community.code}"
    assert f'href="?{escape(query)}"' in body
    unit = clerk.get(f"{URL}?{query}").content.decode()
    assert "本地区的依据" in unit
    assert unit.count("本街") >= 3
    assert "的依据" not in unit.replace("本地区的依据", "")


def test_the_other_side_is_one_click_away(policy: Policy, tree: Tree, clerk: Client) -> None:
    body = body_of(clerk, tree.street, "area")
    assert '<td class="num" data-l="计入数">80.5</td>' in body
    assert '<b>241.5</b><span class="unit">平方米</span>' in body
    assert escape(f"region={tree.street.code}&side=denominator") in body
    assert tree.village.name in body_of(clerk, tree.street, "area", side="denominator")


def test_values_that_are_told_apart_are_named(policy: Policy, tree: Tree, bureau_admin: User, as_user: Any) -> None:
    keep(tree.county, "trial_sessions")
    for field in ("aid", "aid", "elders", "other"):
        Session.objects.create(home=tree.community, on=date(2025, 5, 5), field=field)
    ask(policy.clauses.get(), "fields", "kinds(trial_sessions.field, ytd)")
    body = body_of(as_user(bureau_admin), tree.county, "fields")
    assert "<b>2</b>" in body
    assert "救助、为老" in body
    assert "另有 3 条" in body  # nobody may see rows of the trial tables
    assert "计入的记录您都看不到" in body


@pytest.mark.parametrize(
    ("indicator", "told"),
    [("homes", "台账未启用"), ("none", "没有计入任何记录"), ("entered", "这个数是填入的基期数")],
)
def test_an_empty_page_says_why(indicator: str, told: str, policy: Policy, tree: Tree, clerk: Client) -> None:
    clause = policy.clauses.get()
    ask(clause, "homes", "stock(estates.all)")
    ask(clause, "none", "stock(facilities.training_base)")
    ask(
        clause, "entered", "stock(estates.all)", "at_baseline(stock(estates.all), 2021-01-31)", kind="growth_vs_baseline",
        unit="倍", baseline_on=date(2021, 1, 31), baseline_value=Decimal(4),
    )  # fmt: skip
    assert told in body_of(clerk, tree.county, indicator, side="denominator" if indicator == "entered" else "numerator")


def test_what_is_not_divided_has_no_denominator(policy: Policy, tree: Tree, clerk: Client) -> None:
    """It is 1 as in the row of the results, not a register without records."""
    api = clerk.get("/api/v1/attainments/evidence/", asked(tree.street, side="denominator")).json()
    (row,) = clerk.get("/api/v1/attainments/", {"policy": "tianyuan-2021", "region": tree.street.code, "indicator": "incubators", "as_of": "2025-12-31"}).json()["results"]  # fmt: skip
    assert (api["value"], api["total"], api["counted"]) == (row["denominator"], 0, "没有分母，数值就是分子")
    body = body_of(clerk, tree.street, side="denominator")
    assert "这项指标没有分母" in body
    assert "所以是 0" not in body
    assert "side=denominator" not in body_of(clerk, tree.street)


def test_many_records_are_paged(policy: Policy, tree: Tree, clerk: Client) -> None:
    for number in range(30):
        incubator(tree.village, f"村{number:02}")
    first, second = (body_of(clerk, tree.street, page=page) for page in (1, 2))
    names = [f"村{number:02}" for number in range(30)]
    assert [name for name in names if name in first] + [name for name in names if name in second] == names
    assert body_of(clerk, tree.street, per_page=50).count('data-l="日期"') == 33


def test_the_file_holds_what_one_may_see_and_leaves_a_trace(policy: Policy, tree: Tree, clerk: Client) -> None:
    figure(tree.street, "resident_population", 500)
    ask(policy.clauses.get(), "people", "figure(resident_population)", unit="人")
    address = reverse("attainment:evidence_export", args=["csv"])
    rows = list(csv.reader(io.StringIO(text_of(clerk.get(address, asked(tree.county))).lstrip("\ufeff"))))
    assert rows[0] == ["类型", "记录", "地区", "区划代码", "日期", "起始日期", "停用日期"]
    assert sorted(row[1] for row in rows[1:]) == ["本街0", "本街1", "本街2"]
    event = AuditEvent.objects.get(action="attainment.evidence.export")
    assert (event.after["rows"], event.after["filters"]["region"]) == (3, tree.county.code)
    people = text_of(clerk.get(reverse("attainment:evidence_export", args=["xlsx"]), asked(tree.street, "people")))
    assert "常住人口" in people
    assert "500" in people
    assert clerk.get(reverse("attainment:evidence_export", args=["pdf"]), asked(tree.street)).status_code == 404
    assert clerk.get(address, asked(tree.next_street)).status_code == 404
