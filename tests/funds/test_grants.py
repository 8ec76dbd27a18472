"""What funds give to projects: it stands on the pages of both, and is money above zero."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from funds.listings import FUNDS, GRANTS
from funds.models import Fund, FundGrant
from governance.accounts.models import User
from projects.models import Project
from tests.factories.making import make
from tests.factories.places import Tree
from tests.projects.made import make_project

DAY = date(2024, 3, 1)


@pytest.fixture
def project(tree: Tree) -> Project:
    return make_project(tree.street, community=tree.community)


@pytest.fixture
def fund(tree: Tree) -> Fund:
    return make(Fund, tree.community, "暖心微基金")


def page(client: Client, record: Any) -> str:
    answer = client.get(record.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_given_in_parts_stands_in_one_sum_on_the_project(
    project: Project, fund: Fund, tree: Tree, street_clerk: User, next_street_clerk: User, as_user: Any
) -> None:
    client: Client = as_user(street_clerk)
    assert "资助 " not in page(client, project)
    for day, amount in ((1, "1200.50"), (2, "300")):
        typed = {"fund": fund.pk, "project": project.number, "amount": amount, "granted_on": f"2024-03-0{day}"}
        answer = client.post(GRANTS.url("add"), typed)
        assert answer.status_code == 302, answer.context["form"].errors
    elsewhere = make(Fund, tree.next_community, "邻街微基金")
    FundGrant.objects.create(fund=elsewhere, project=project, amount=7, granted_on=DAY)
    text = page(client, project)
    assert "1,500.50" in text
    assert "1 只基金，资助 2 笔" in text
    assert f'href="{GRANTS.url("list")}?project={project.number}"' in text
    assert project.title in page(client, fund)
    assert GRANTS.rows(next_street_clerk).get().fund == elsewhere


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("amount", "0"),
        ("amount", "-1"),
        ("amount", "0.001"),
        ("amount", "9999999999999"),
        ("amount", "NaN"),
        ("granted_on", str(timezone.localdate() + timedelta(days=2))),
        ("granted_on", "0000-00-00"),
        ("purpose", "长" * 121),
        ("fund", "999999"),
        ("project", "没有"),
    ],
)
def test_odd_values_are_refused_at_their_field(
    field: str, typed: str, project: Project, fund: Fund, street_clerk: User, as_user: Any
) -> None:
    given = {"fund": fund.pk, "project": project.number, "amount": "10", "granted_on": "2024-03-01"} | {field: typed}
    answer = as_user(street_clerk).post(GRANTS.url("add"), given)
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert not FundGrant.objects.exists()


def test_the_database_keeps_the_rules(project: Project, fund: Fund) -> None:
    FundGrant.objects.create(fund=fund, project=project, amount=Decimal("0.01"), granted_on=DAY)
    for amount, day in (("0", date(2024, 3, 2)), ("5", DAY)):
        with pytest.raises(IntegrityError), transaction.atomic():
            FundGrant.objects.create(fund=fund, project=project, amount=Decimal(amount), granted_on=day)


def test_a_fund_that_has_given_is_not_deleted(project: Project, fund: Fund, street_clerk: User, as_user: Any) -> None:
    FundGrant.objects.create(fund=fund, project=project, amount=5, granted_on=DAY)
    answer = as_user(street_clerk).post(FUNDS.url("remove", fund))
    assert answer.status_code == 409
    assert "还有 1 条记录用到它，不能删除。" in answer.content.decode()
