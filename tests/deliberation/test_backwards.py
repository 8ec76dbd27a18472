"""An end before the start is refused at its field, also where the first day is not called `since`."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from governance.accounts.models import User
from governance.deliberation.listings import DESIGNATIONS, EMERGENCY_PLANS
from governance.deliberation.models import Designation, EmergencyPlan
from governance.kit.listing import Listing
from tests.factories.making import make
from tests.factories.places import Tree

PLAN = {"title": "防汛预案", "adopted_on": "2024-03-01"}
NAME = {"kind": "self_governance_brand", "name": "暖心", "named_by": "民政局", "named_on": "2024-03-01"}


@pytest.mark.parametrize("surface", ["page", "api"])
@pytest.mark.parametrize("until", ["2024-02-01", "2024-03-01"])
@pytest.mark.parametrize(
    ("listing", "home", "given"), [(EMERGENCY_PLANS, "community", PLAN), (DESIGNATIONS, "region", NAME)]
)
def test_an_end_before_the_start_is_refused_at_its_field(
    listing: Listing,
    home: str,
    given: dict[str, str],
    until: str,
    surface: str,
    tree: Tree,
    bureau_admin: User,
    as_user: Any,
) -> None:
    client, sent = as_user(bureau_admin), given | {home: tree.community.code, "until": until}
    if surface == "page":
        answer = client.post(listing.url("add"), sent)
        errors = answer.context["form"].errors
    else:
        answer = client.post(reverse(f"api:{listing.name}-list"), sent, content_type="application/json")
        errors = answer.json()
    assert answer.status_code == 400
    assert "停用日期必须晚于开始日期。" in str(errors["until"])


@pytest.mark.parametrize(("model", "first"), [(EmergencyPlan, "adopted_on"), (Designation, "named_on")])
def test_a_start_is_not_moved_behind_the_end(
    model: Any, first: str, tree: Tree, bureau_admin: User, as_user: Any
) -> None:
    record = make(model, tree.community, "一份", **{first: "2024-01-01", "until": "2024-06-01"})
    address = reverse(f"api:{'emergency_plan' if model is EmergencyPlan else 'designation'}-detail", args=[record.pk])
    answer = as_user(bureau_admin).patch(address, {first: "2024-07-01"}, content_type="application/json")
    assert answer.status_code == 400
    assert "until" in answer.json()
