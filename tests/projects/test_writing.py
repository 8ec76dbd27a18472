"""What forms and endpoints refuse, each at its field, before the database has to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.kit.errors import DomainError
from projects.listings import (
    NEEDS,
    NEEDS_SURVEYS,
    PROJECT_EVALUATIONS,
    PROJECT_SESSIONS,
    PROJECTS,
    PURCHASE_CONTRACTS,
    PURCHASE_PROJECTS,
    RESOURCES,
    SERVICE_CASES,
)
from projects.models import Catalogue, Project, ProjectEvaluation, PurchaseContract
from tests.factories.making import make, make_record
from tests.factories.places import Tree
from tests.projects.made import make_contract, make_evaluation, make_project, make_purchase

DAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("listing", "name"),
    [
        (NEEDS, "refreshed_on"),
        (RESOURCES, "listed_on"),
        (NEEDS_SURVEYS, "done_on"),
        (PROJECTS, "completed_on"),
        (PROJECT_EVALUATIONS, "evaluated_on"),
        (PROJECT_SESSIONS, "held_on"),
        (PURCHASE_PROJECTS, "initiated_on"),
        (PURCHASE_CONTRACTS, "signed_on"),
        (SERVICE_CASES, "opened_on"),
    ],
)
def test_what_has_happened_did_not_happen_tomorrow(listing: Any, name: str, tree: Tree, street_clerk: User) -> None:
    record = make_record(listing.model, tree.community, "本社区")
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        listing.change(record, by=street_clerk, **{name: tomorrow})
    assert refused.value.message_dict[name] == ["不能填以后的日期。"]
    listing.change(record, by=street_clerk, **{name: timezone.localdate()})


def test_a_project_lands_inside_its_region(tree: Tree, bureau_admin: User) -> None:
    project = make_project(tree.street)
    with pytest.raises(ValidationError) as refused:
        PROJECTS.change(project, by=bureau_admin, community=tree.next_community)
    assert refused.value.message_dict["community"] == ["落地村（社区）必须在项目所在地区之内。"]
    with pytest.raises(ValidationError) as refused:
        PROJECTS.change(project, by=bureau_admin, community=tree.street)
    assert "community" in refused.value.message_dict
    PROJECTS.change(project, by=bureau_admin, community=tree.community)
    assert Project.objects.get().community == tree.community


def test_a_contract_is_where_its_purchase_is_and_goes_with_it(tree: Tree, bureau_admin: User) -> None:
    purchase = make_purchase(tree.street, DAY)
    contract = make_contract(tree.street, DAY, purchase=purchase)
    with pytest.raises(ValidationError) as refused:
        PURCHASE_CONTRACTS.change(contract, by=bureau_admin, region=tree.county)
    assert refused.value.message_dict["region"] == ["合同的地区必须与购买服务项目一致。"]
    PURCHASE_PROJECTS.change(purchase, by=bureau_admin, region=tree.county)
    assert PurchaseContract.objects.get().region == tree.county


def test_numbers_and_steps_are_refused_in_words(tree: Tree, street_clerk: User) -> None:
    taken, project = make_project(tree.street), make_project(tree.street)
    with pytest.raises(ValidationError) as refused:
        PROJECTS.change(project, by=street_clerk, number=taken.number)
    assert refused.value.message_dict["number"] == ["这个项目编号已被使用。"]
    with pytest.raises(ValidationError, match="五个环节须按顺序办理"):
        PURCHASE_PROJECTS.change(make_purchase(tree.street, DAY), by=street_clerk, contracted_on=DAY)


def test_what_the_database_keeps_is_there_after_a_change(tree: Tree, street_clerk: User, partner: Client) -> None:
    project = make_project(tree.street)
    make_evaluation(project, DAY)
    PROJECTS.change(project, by=street_clerk, completed_on=DAY)
    assert Project.objects.get().evaluated_on == DAY
    answer = partner.get(f"/api/v1/projects/{project.pk}/").json()
    assert (answer["completed_on"], answer["evaluated_on"]) == ("2024-03-01", "2024-03-01")
    refused = partner.patch(
        f"/api/v1/projects/{project.pk}/", {"evaluated_on": "2024-02-01"}, content_type="application/json"
    )
    assert refused.status_code == 400


def test_an_evaluation_is_of_a_project_that_one_may_write(
    tree: Tree, street_clerk: User, next_street_clerk: User
) -> None:
    theirs = make_project(tree.next_street)
    given = {"kind": "self", "evaluated_on": DAY}
    with pytest.raises(PermissionDenied):
        PROJECT_EVALUATIONS.add(by=street_clerk, project=theirs, **given)
    PROJECT_EVALUATIONS.add(by=next_street_clerk, project=theirs, **given)
    assert ProjectEvaluation.objects.get().project == theirs


def test_a_project_with_sessions_is_not_removed(tree: Tree, street_clerk: User) -> None:
    project = make_project(tree.street)
    make_evaluation(project, DAY)
    with pytest.raises(DomainError, match="还有 1 条记录用到它"):
        PROJECTS.remove(project, by=street_clerk)
    assert not AuditEvent.objects.filter(action="projects.project.delete").exists()


def test_a_street_buys_by_the_catalogue_of_its_county(tree: Tree, street_clerk: User, partner: Client) -> None:
    ours, theirs, above = (
        make(Catalogue, place, "目录", since=date(2024, 1, 1)) for place in (tree.street, tree.next_street, tree.county)
    )
    assert set(Catalogue.objects.nameable_by(street_clerk)) == {ours, above}
    assert set(Catalogue.objects.visible_to(street_clerk)) == {ours}
    body = {"region": tree.street.code, "title": "助餐", "initiated_on": "2024-03-01"}
    for catalogue, status in ((above, 201), (ours, 201), (theirs, 400)):
        given = body | {"catalogue": catalogue.pk}
        answer = partner.post("/api/v1/purchases/", given, content_type="application/json")
        assert answer.status_code == status, answer.content
    assert not Catalogue.objects.nameable_by(AnonymousUser()).exists()
