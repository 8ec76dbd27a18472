"""Each named rule, tried by breaking it below all code."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, Model

from organizations.models import Organization, SocialWorkPost
from projects.models import (
    Catalogue,
    ListUpkeep,
    Need,
    NeedsSurvey,
    Project,
    ProjectEvaluation,
    ProjectSession,
    PurchaseContract,
    PurchaseProject,
    Resource,
    ServiceCase,
)
from tests.factories.making import make, make_record
from tests.factories.places import Tree
from tests.projects.made import make_contract, make_project, make_purchase, refused_by

DAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("model", "rule"),
    [
        (Need, "need_in_community"),
        (Resource, "resource_in_community"),
        (ListUpkeep, "list_upkeep_in_community"),
        (NeedsSurvey, "needs_survey_in_community"),
        (ProjectSession, "project_session_in_community"),
        (ServiceCase, "service_case_in_community"),
    ],
)
def test_what_is_homed_at_a_community_lies_in_one(model: type[Model], rule: str, tree: Tree) -> None:
    record = make_record(model, tree.community, "本社区")
    with refused_by(rule), transaction.atomic():
        model._default_manager.filter(pk=record.pk).update(community=tree.street)
    assert model._default_manager.filter(pk=record.pk).update(community=tree.village) == 1


@pytest.mark.parametrize(
    ("model", "rule", "change"),
    [
        (Need, "need_refreshed_after_listed", {"listed_on": DAY, "refreshed_on": date(2024, 2, 29)}),
        (Need, "need_closed_after_listed", {"listed_on": DAY, "refreshed_on": DAY, "closed_on": date(2024, 2, 29)}),
        (Resource, "resource_refreshed_after_listed", {"listed_on": DAY, "refreshed_on": date(2024, 2, 29)}),
        (Resource, "resource_closed_after_listed", {"listed_on": DAY, "closed_on": date(2024, 2, 29)}),
        (Resource, "resource_quantity_not_negative", {"quantity": Decimal("-0.01")}),
        (ListUpkeep, "list_upkeep_ends_after_start", {"until": F("since")}),
        (Project, "project_plan_in_order", {"planned_start": DAY, "planned_end": date(2024, 2, 29)}),
        (Project, "project_completed_after_start", {"started_on": DAY, "completed_on": date(2024, 2, 29)}),
        (Project, "project_struck_off_after_completion", {"completed_on": DAY, "struck_off_on": DAY}),
        (Project, "project_community_listed", {"listed_on": DAY}),
        (ProjectEvaluation, "project_evaluation_score_in_hundred", {"score": Decimal("100.01")}),
        (ProjectEvaluation, "project_evaluation_score_in_hundred", {"score": Decimal("-0.01")}),
        (ProjectEvaluation, "project_evaluation_third_party_named", {"kind": "third_party", "evaluator": ""}),
        (ProjectSession, "project_session_has_field", {"field": "", "civil_affairs_field": ""}),
        (PurchaseProject, "purchase_steps_in_order", {"procured_on": date(2024, 2, 29)}),
        (PurchaseProject, "purchase_steps_in_order", {"contracted_on": date(2024, 5, 1)}),
        (PurchaseProject, "purchase_steps_in_order", {"evaluated_on": date(2024, 5, 1)}),
        (PurchaseProject, "purchase_cancelled_after_initiation", {"cancelled_on": DAY}),
        (PurchaseContract, "purchase_contract_supplier_named", {"supplier": ""}),
        (PurchaseContract, "purchase_contract_supplier_named", {"supplier_kind": "social_organization"}),
        (PurchaseContract, "purchase_contract_amount_not_negative", {"amount": Decimal("-0.01")}),
        (Catalogue, "catalogue_ends_after_start", {"until": F("since")}),
        (ServiceCase, "service_case_closed_after_opening", {"opened_on": DAY, "closed_on": date(2024, 2, 29)}),
    ],
)
def test_a_rule_of_one_row(model: type[Model], rule: str, change: dict[str, Any], tree: Tree) -> None:
    record = make_record(model, tree.community, "本社区")
    with refused_by(rule), transaction.atomic():
        model._default_manager.filter(pk=record.pk).update(**change)


def test_the_days_of_rules_may_be_equal(tree: Tree) -> None:
    steps = {"procured_on": DAY, "contracted_on": DAY, "started_on": DAY, "evaluated_on": DAY}
    assert make_purchase(tree.street, DAY, **steps).evaluated_on == DAY
    project = make_project(
        tree.street, community=tree.community, planned_end=date(2024, 1, 1), started_on=DAY, completed_on=DAY,
        listed_on=DAY, refreshed_on=DAY,
    )  # fmt: skip
    assert project.completed_on == DAY
    need = make(Need, tree.community, "助餐", listed_on=DAY, refreshed_on=DAY, closed_on=DAY)
    assert need.closed_on == DAY


def test_a_listed_project_is_refreshed_after_it_was_listed(tree: Tree) -> None:
    project = make_project(tree.street, community=tree.community)
    with refused_by("project_refreshed_after_listed"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(listed_on=DAY, refreshed_on=date(2024, 2, 29))


def test_a_project_lands_in_a_community_of_its_region(tree: Tree) -> None:
    project = make_project(tree.street)
    for community, region in (
        (tree.next_community, tree.street),
        (tree.street, tree.street),
        (tree.community, tree.next_street),
    ):
        with refused_by("project_community_inside"), transaction.atomic():
            Project.objects.filter(pk=project.pk).update(community=community, region=region)
    assert Project.objects.filter(pk=project.pk).update(community=tree.next_community, region=tree.county) == 1


def test_numbers_are_used_once_in_the_whole_country(tree: Tree) -> None:
    project = make_project(tree.street)
    with refused_by("project_number_once"), transaction.atomic():
        make_project(tree.next_street, number=project.number)
    case = make_record(ServiceCase, tree.community, "本社区")
    with refused_by("service_case_number_once"), transaction.atomic():
        make(ServiceCase, tree.next_community, "邻街", number=case.number)


def test_a_number_of_a_contract_is_used_once_in_a_region(tree: Tree) -> None:
    contract = make_contract(tree.street, DAY)
    make(PurchaseContract, tree.next_street, "合同", number=contract.number)
    with refused_by("purchase_contract_number_once"), transaction.atomic():
        make(PurchaseContract, tree.street, "合同", number=contract.number)


def test_a_survey_is_there_once_on_a_day_and_planned_as_often_as_one_likes(tree: Tree) -> None:
    survey = make(NeedsSurvey, tree.community, "春季调研", done_on=DAY)
    make(NeedsSurvey, tree.community, "春季调研", done_on=date(2023, 3, 1))
    for _turn in range(2):
        make(NeedsSurvey, tree.community, "春季调研", done_on=None)
    with refused_by("needs_survey_once"), transaction.atomic():
        make(NeedsSurvey, tree.community, "春季调研", done_on=survey.done_on)


@pytest.mark.parametrize(
    ("day", "ends"),
    [(date(2023, 5, 31), date(2024, 5, 31)), (date(2024, 2, 29), date(2025, 2, 28)), (None, None)],
)
def test_a_survey_speaks_for_a_year(day: date | None, ends: date | None, tree: Tree) -> None:
    assert make(NeedsSurvey, tree.community, "调研", done_on=day).valid_until == ends


def test_one_catalogue_of_a_kind_at_a_time(tree: Tree) -> None:
    make(Catalogue, tree.county, "目录", kind="public_services", since=date(2020, 1, 1), until=date(2022, 1, 1))
    make(Catalogue, tree.county, "目录", kind="public_services", since=date(2022, 1, 1))
    make(Catalogue, tree.county, "目录", kind="purchase_services", since=date(2022, 1, 1))
    make(Catalogue, tree.other_county, "目录", kind="public_services", since=date(2022, 1, 1))
    with refused_by("catalogue_once"), transaction.atomic():
        make(Catalogue, tree.county, "目录", kind="public_services", since=date(2023, 1, 1))


def test_spans_of_a_list_do_not_overlap(tree: Tree) -> None:
    make(ListUpkeep, tree.community, "", part="needs", since=date(2023, 1, 1), until=date(2024, 1, 1))
    with refused_by("list_upkeep_once"), transaction.atomic():
        make(ListUpkeep, tree.community, "", part="needs", since=date(2023, 12, 31), until=date(2024, 2, 1))


def test_who_took_part_is_said_before_it_is_said_who_it_was(tree: Tree) -> None:
    post = make_record(SocialWorkPost, tree.community, "社工")
    session = make_record(ProjectSession, tree.community, "本社区")
    sessions = ProjectSession.objects.filter(pk=session.pk)
    with refused_by("project_session_social_worker_took_part"), transaction.atomic():
        sessions.update(social_worker=post, with_social_worker=False)
    assert sessions.update(social_worker=post, with_social_worker=True) == 1


def test_a_contract_with_an_organisation_names_no_other_kind(tree: Tree) -> None:
    organization = make_record(Organization, tree.street, "社区服务中心")
    contract = make_contract(tree.street, DAY, supplier_kind="social_organization", organization=organization)
    with refused_by("purchase_contract_supplier_named"), transaction.atomic():
        PurchaseContract.objects.filter(pk=contract.pk).update(supplier_kind="enterprise", supplier="某公司")


def test_a_contract_stays_in_the_region_of_its_purchase(tree: Tree) -> None:
    purchase = make_purchase(tree.street, DAY)
    contract = make_contract(tree.street, DAY, purchase=purchase)
    with refused_by("purchase_contract_in_region_of_purchase"), transaction.atomic():
        PurchaseContract.objects.filter(pk=contract.pk).update(region=tree.county)
    with refused_by("purchase_contract_in_region_of_purchase"), transaction.atomic():
        make_contract(tree.next_street, DAY, purchase=purchase)
    PurchaseProject.objects.filter(pk=purchase.pk).update(region=tree.county)  # the contracts go with it
    contract.refresh_from_db()
    assert contract.region == tree.county
