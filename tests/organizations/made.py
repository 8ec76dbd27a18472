"""Records of this app for tests, each with what the test does not care about filled in."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

import pytest
from django.db import IntegrityError

from governance.kit.creditcode import check_character
from governance.people.models import Person
from governance.regions.models import Region
from organizations.models import (
    CommitteeMember,
    CommunityWorkerPost,
    Organization,
    OrganizationStatus,
    SocialWorkCertificate,
    SocialWorkPost,
    TrainingRecord,
)

number = count(1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def refused_by(name: str) -> Any:
    """Expect that the database names this rule."""
    return pytest.raises(
        IntegrityError, check=lambda error: name in (getattr(error.__cause__, "diag", None).constraint_name or "")
    )


def credit_code() -> str:
    body = f"52500103MJ{next(number):07d}"
    return body + check_character(body)


def organization(region: Region, name: str = "", **values: Any) -> Organization:
    return Organization.objects.create(
        **{"region": region, "name": name or f"组织{next(number)}", "nature": Organization.Nature.TEAM} | values
    )


def status(of: Organization, kind: str, since: str, until: str | None = None) -> OrganizationStatus:
    return OrganizationStatus.objects.create(organization=of, status=kind, **span(since, until))


def span(since: str, until: str | None = None) -> dict[str, Any]:
    return {"since": day(since), "until": day(until) if until else None}


def person(region: Region, name: str = "王芳") -> Person:
    return Person.objects.create(name=name, region=region)


def post(of: Person, region: Region, since: str, until: str | None = None, **values: Any) -> SocialWorkPost:
    given = {"employer": "社会工作站"} if values.get("organization") is None else {}
    return SocialWorkPost.objects.create(person=of, region=region, **span(since, until), **(given | values))


def worker(of: Person, community: Region, since: str, until: str | None = None) -> CommunityWorkerPost:
    position = CommunityWorkerPost.Position.DEDICATED
    return CommunityWorkerPost.objects.create(person=of, community=community, position=position, **span(since, until))


def certificate(of: Person, level: str, since: str, until: str | None = None) -> SocialWorkCertificate:
    return SocialWorkCertificate.objects.create(
        person=of, level=level, number=f"SW{next(number):06d}", **span(since, until)
    )


def training(of: Person, finished_on: str) -> TrainingRecord:
    return TrainingRecord.objects.create(person=of, title=f"培训{next(number)}", finished_on=day(finished_on))


def member(of: Person, community: Region, education: int, since: str, until: str | None = None) -> CommitteeMember:
    return CommitteeMember.objects.create(
        person=of,
        community=community,
        body=CommitteeMember.Body.COMMITTEE,
        position="委员",
        education=education,
        **span(since, until),
    )
