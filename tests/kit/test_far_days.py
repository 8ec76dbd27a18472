"""Days that nobody means are refused at their field, on every surface: a year typed short, and “for ever” as a date."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from funds.listings import FUNDS
from funds.models import Fund
from governance.accounts.models import User
from governance.kit.days import EARLIEST, LATEST
from tests.factories.places import Tree


def given(tree: Tree, **days: str) -> dict[str, str]:
    return {"region": tree.community.code, "kind": "micro_fund", "name": "暖心微基金", "since": "2024-01-01"} | days


@pytest.mark.parametrize("surface", ["page", "api"])
@pytest.mark.parametrize(
    ("field", "day"),
    [("since", "0024-03-01"), ("since", "0001-01-01"), ("since", "1949-09-30"), ("until", "9999-12-31")],
)
def test_a_day_that_nobody_means_is_refused_at_its_field(
    field: str, day: str, surface: str, tree: Tree, street_clerk: User, as_user: Any
) -> None:
    client = as_user(street_clerk)
    if surface == "page":
        answer = client.post(FUNDS.url("add"), given(tree, **{field: day}))
        errors = answer.context["form"].errors
    else:
        sent = given(tree, **{field: day})
        answer = client.post(reverse("api:fund-list"), sent, content_type="application/json")
        errors = answer.json()
    assert answer.status_code == 400
    assert "日期不能" in str(errors[field])
    assert not Fund.objects.exists()


def test_the_first_and_the_last_day_are_taken(tree: Tree, street_clerk: User, as_user: Any) -> None:
    sent = given(tree, since=str(EARLIEST), until=str(LATEST))
    assert as_user(street_clerk).post(FUNDS.url("add"), sent).status_code == 302
