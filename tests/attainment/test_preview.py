"""Who changes a target or an indicator is told before it is made what the answer becomes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.policies.models import Indicator, Target
from governance.regions.models import Facility, RegisterCoverage
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_target


@pytest.fixture
def target(tree: Tree) -> Target:
    """The county has two facilities, both in one of its three communities; it should have had one."""
    clause = make_clause(make_policy(tree.county, "tianyuan", valid_from=date(2021, 1, 1)))
    indicator = make_indicator(clause, numerator="stock(facilities.incubator)")
    RegisterCoverage.objects.create(region=tree.county, register="facilities", since=date(2021, 1, 1))
    for name in ("一号", "二号"):
        Facility.objects.create(region=tree.community, kind="incubator", name=name, since=date(2022, 1, 1))
    return make_target(indicator, tree.county, value=Decimal(1))


def posted(client: Client, address: str, **changed: Any) -> str:
    """Send the form at `address` with one thing changed; return the page that asks once more."""
    context = client.get(address).context
    form = context["adminform"].form if "adminform" in context else context["form"]
    data = {name: value for name in form.fields if (value := form[name].value()) not in (None, "", False)}
    return client.post(address, data | changed).content.decode()


@pytest.mark.parametrize("surface", ["policies:target_change", "admin:policies_target_change"])
def test_a_higher_target_is_foreseen_to_be_missed(
    surface: str, target: Target, bureau_admin: User, client: Client
) -> None:
    client.force_login(bureau_admin)
    page = posted(client, reverse(surface, args=[target.pk]), value="3")
    assert "变为" in page
    assert "逾期，现值 2 个，差 1" in page
    target.refresh_from_db()
    assert target.value == 1


def test_another_formula_is_foreseen(target: Target, bureau_admin: User, client: Client) -> None:
    client.force_login(bureau_admin)
    address = reverse("policies:indicator_change", args=[target.indicator.slug])
    assert "现值 3 个" in posted(client, address, numerator="units(community)")


def test_what_changes_nothing_is_said_to_change_nothing(target: Target, bureau_admin: User, client: Client) -> None:
    client.force_login(bureau_admin)
    page = posted(client, reverse("policies:target_change", args=[target.pk]), value="2")
    assert "结果不变" in page


def test_the_share_of_units_is_told_as_a_share(target: Target, bureau_admin: User, client: Client) -> None:
    client.force_login(bureau_admin)
    Indicator.objects.update(test="each_unit", unit_levels=["community"])
    page = posted(client, reverse("policies:target_change", args=[target.pk]), value="3")
    assert "从“逾期，现值 33.3 %，差 2" in page
    assert "变为“逾期，现值 0 %，差 3" in page


def test_a_target_that_goes_to_another_indicator_is_asked_beside_its_targets(
    target: Target, bureau_admin: User, client: Client, tree: Tree
) -> None:
    other = make_indicator(target.indicator.clause, "other", position=2, numerator="units(community)", unit="家")
    make_target(other, tree.county, value=Decimal(9), due=date(2040, 12, 31))
    client.force_login(bureau_admin)
    page = posted(client, reverse("policies:target_change", args=[target.pk]), indicator="other", value="3")
    assert "现值 3 家，差 6" in page.split("核对改动")[-1]
    assert "现值 2" not in page


def test_the_stored_answer_keeps_its_own_unit(target: Target, bureau_admin: User, client: Client) -> None:
    client.force_login(bureau_admin)
    page = posted(client, reverse("policies:indicator_change", args=[target.indicator.slug]), unit="家")
    assert "从“已达标，现值 2 个”变为“已达标，现值 2 家”" in page


@pytest.mark.parametrize("surface", ["policies:target_change", "admin:policies_target_change"])
def test_nothing_is_foreseen_of_a_formula_that_cannot_be_read_any_more(
    surface: str, target: Target, bureau_admin: User, client: Client
) -> None:
    Indicator.objects.update(numerator="regions_with(gone, community)")
    client.force_login(bureau_admin)
    page = posted(client, reverse(surface, args=[target.pk]), value="3")
    assert "<ins>3 个</ins>" in page
    assert "按 20" not in page
