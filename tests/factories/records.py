"""One record of any listed model, homed at a region; contract tests ask for one of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.db.models import Model
from django.utils import timezone

from governance.accounts.models import PartnerClient, Post, User
from governance.attainment.models import AttainmentRun, ReportedFigure
from governance.audit.models import AuditEvent
from governance.desk.models import Job
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.regions.models import Estate, Facility, Region, RegionCapability, RegionSuccession, RegisterCoverage
from governance.regions.registers import registers
from tests.factories.places import make_region
from tests.factories.users import make_partner, make_user

_number = count(1)


def _estate(region: Region, name: str) -> Estate:
    return Estate.objects.create(community=region, name=name, households=120, since=date(2010, 5, 1))


def _facility(region: Region, name: str) -> Facility:
    return Facility.objects.create(
        region=region, kind="social_work_room", name=name, since=date(2021, 5, 18), floor_area=Decimal("80.50")
    )


def _capability(region: Region, name: str) -> RegionCapability:
    year = 1900 + next(_number) % 110  # spans of one item in one region may not overlap
    return RegionCapability.objects.create(
        region=region, item_id="needs_survey", since=date(year, 1, 1), until=date(year + 1, 1, 1), note=name
    )


def _figure(region: Region, name: str) -> ReportedFigure:
    on = date(2020, 11, 1).replace(year=1900 + next(_number) % 110)
    return ReportedFigure.objects.create(
        region=region, measure="resident_population", on=on, value=Decimal("8642"), source=name
    )


def _run(region: Region, name: str) -> AttainmentRun:
    now = timezone.now()
    return AttainmentRun.objects.create(cause="nightly", status="failed", error=name, started_at=now, finished_at=now)


def _coverage(region: Region, name: str) -> RegisterCoverage:
    taken = set(RegisterCoverage.objects.filter(region=region).values_list("register", flat=True))
    register = next(code for code in registers() if code not in taken)
    return RegisterCoverage.objects.create(region=region, register=register, since=date(2021, 1, 1), note=name)


def _policy(region: Region, name: str) -> Policy:
    return Policy.objects.create(
        slug=f"policy-{next(_number)}", title=name, title_en=name, region=region, issued_on=date(2022, 6, 24),
        valid_from=date(2022, 6, 24),
    )  # fmt: skip


def _clause(region: Region, name: str) -> Clause:
    return Clause.objects.create(policy=_policy(region, f"{name[:2]}文件"), position=1, quote=name)


def _indicator(region: Region, name: str) -> Indicator:
    clause = _clause(region, name)
    return Indicator.objects.create(
        policy=clause.policy, clause=clause, slug=f"indicator_{next(_number)}", position=1, role="target", name=name,
        name_en=name, kind="count", numerator="units(community)", unit="个", direction="at_least",
        verdict_levels=["community"],
    )  # fmt: skip


def _target(region: Region, name: str) -> Target:
    return Target.objects.create(
        indicator=_indicator(region, f"{name[:2]}指标"), region=region, due=date(2025, 12, 31), value=Decimal(200)
    )


def _reference(region: Region, name: str) -> ReferencePoint:
    indicator = _indicator(region, f"{name[:2]}指标")
    indicator.role, indicator.direction = "reference", ""
    indicator.save()
    return ReferencePoint.objects.create(indicator=indicator, region=region, text=name)


def _succession(region: Region, name: str) -> RegionSuccession:
    parent = region.parent
    assert parent is not None
    successor = make_region(f"{parent.code[:9]}{500 + next(_number) % 400}", name, parent, level=region.level)
    return RegionSuccession.objects.create(predecessor=region, successor=successor, changed_on=date(2024, 1, 1))


def _region(region: Region, name: str) -> Region:
    assert region.parent is not None
    return make_region(f"{region.code[:9]}{400 + next(_number) % 500}", name, region.parent)


def _user(region: Region, name: str) -> User:
    return make_user(f"u{next(_number)}", region, name=name)


def _post(region: Region, name: str) -> Post:
    return make_user(f"p{next(_number)}", region, "viewer", name=name).posts.get()


def _partner(region: Region, name: str) -> PartnerClient:
    return make_partner(region, ["view"], name=name)[0]


def _job(region: Region, name: str) -> Job:
    return Job.objects.create(name="regions.import_divisions", title=name, by=_user(region, name), region=region)


def _audit_event(region: Region, name: str) -> AuditEvent:
    return AuditEvent.objects.create(
        actor_name=name, surface="page", action="regions.facility.add", region_path=region.path, record_name=name
    )


MAKERS: dict[type[Model], Callable[[Region, str], Any]] = {
    Estate: _estate,
    Facility: _facility,
    RegionCapability: _capability,
    ReportedFigure: _figure,
    AttainmentRun: _run,
    RegionSuccession: _succession,
    RegisterCoverage: _coverage,
    Policy: _policy,
    Clause: _clause,
    Indicator: _indicator,
    Target: _target,
    ReferencePoint: _reference,
    Region: _region,
    User: _user,
    Post: _post,
    PartnerClient: _partner,
    Job: _job,
    AuditEvent: _audit_event,
}


def make_record(model: type[Model], region: Region, name: str) -> Any:
    """Make a record of `model` homed at the community `region`, with `name` in one of its shown texts."""
    return MAKERS[model](region, name)
