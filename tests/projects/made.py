"""Records of this app with what a test says of them; the rest is made up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from governance.regions.models import Region
from projects.models import (
    Need,
    Project,
    ProjectEvaluation,
    ProjectSession,
    PurchaseContract,
    PurchaseProject,
    Resource,
)
from tests.factories.making import make, number


def refused_by(name: str) -> Any:
    """Expect that the database names this rule."""
    return pytest.raises(
        IntegrityError, check=lambda error: getattr(error.__cause__, "diag", None).constraint_name == name
    )


def make_need(community: Region, **given: Any) -> Need:
    return make(Need, community, "独居老人助餐", **given)


def make_resource(community: Region, **given: Any) -> Resource:
    return make(Resource, community, "活动室", **given)


def make_project(region: Region, **given: Any) -> Project:
    plan = {"planned_start": date(2024, 1, 1), "planned_end": date(2024, 12, 31)}
    return make(Project, region, "暖心陪伴", **(plan | given))


def make_evaluation(project: Project, on: date, kind: str = "third_party", **given: Any) -> ProjectEvaluation:
    return make(ProjectEvaluation, project.region, "某评估中心", project=project, evaluated_on=on, kind=kind, **given)


def make_session(community: Region, on: date, **given: Any) -> ProjectSession:
    return make(ProjectSession, community, "夏令营", held_on=on, **given)


def make_purchase(region: Region, on: date, **given: Any) -> PurchaseProject:
    return make(PurchaseProject, region, "居家养老服务", initiated_on=on, **given)


def make_contract(region: Region, on: date, **given: Any) -> PurchaseContract:
    return make(PurchaseContract, region, "服务合同", number=f"HT-{next(number)}", signed_on=on, **given)
