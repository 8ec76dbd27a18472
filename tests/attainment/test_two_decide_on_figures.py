"""Who submits a figure does not approve it: refused on every surface, and by the database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from governance.accounts.models import User
from governance.attainment import actions
from governance.attainment.models import ReportedFigure
from governance.kit import records
from tests.factories import make_user
from tests.factories.places import Tree


@pytest.fixture
def approver(tree: Tree) -> User:
    return make_user("approver", tree.street, "approver", name="吴霞")


@pytest.fixture
def own(tree: Tree, approver: User) -> ReportedFigure:
    figure = actions.add_reported_figure(
        by=approver, region=tree.community, measure="resident_population", on=date(2020, 11, 1), value=Decimal(8642),
        source="第七次全国人口普查",
    )  # fmt: skip
    return records.move(figure, "submit", by=approver)


def test_nobody_approves_what_she_submitted(own: ReportedFigure, approver: User, as_user: Any) -> None:
    client = as_user(approver)
    page = reverse("attainment:reported_figure_move", args=[own.pk, "approve"])
    answers = [
        client.post(page, {"seen": own.changed_at.isoformat()}),
        client.post(reverse("api:reported_figure-approve", args=[own.pk]), "{}", content_type="application/json"),
    ]
    for answer in answers:
        assert answer.status_code == 409
        assert "这一步要由另一个人办理" in answer.content.decode()
    own.refresh_from_db()
    assert (own.state, own.approved_by) == ("submitted", None)


def test_another_one_does_and_it_is_kept_who(own: ReportedFigure, approver: User, tree: Tree, as_user: Any) -> None:
    other = make_user("other", tree.street, "approver")
    client = as_user(other)
    answer = client.post(reverse("api:reported_figure-approve", args=[own.pk]), "{}", content_type="application/json")
    assert answer.status_code == 200
    own.refresh_from_db()
    assert (own.state, own.submitted_by, own.approved_by) == ("approved", approver, other)


def test_the_clerk_is_told_which_posts_approve(own: ReportedFigure, street_clerk: User, as_user: Any) -> None:
    page = reverse("api:reported_figure-approve", args=[own.pk])
    answer = as_user(street_clerk).post(page, "{}", content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["roles"] == ["核准", "民政局管理员"]
    assert "核准“填报数”" in answer.json()["detail"]


def test_the_database_refuses_it_too(own: ReportedFigure, approver: User) -> None:
    with pytest.raises(IntegrityError, match="reported_figure_approved_by_another"), transaction.atomic():
        ReportedFigure.objects.filter(pk=own.pk).update(state="approved", approved_by=approver)
