"""Records of this app for tests, each with what the test does not care about filled in."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

import pytest
from django.db import IntegrityError

from governance.people.models import Person
from governance.regions.models import Region
from volunteers.models import Activity, PointsIssue, ServiceRecord, Volunteer

number = count(1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(since: str, until: str | None = None) -> dict[str, Any]:
    return {"since": day(since), "until": day(until) if until else None}


def refused_by(name: str) -> Any:
    """Expect that the database names this rule."""
    return pytest.raises(
        IntegrityError, check=lambda error: name == (getattr(error.__cause__, "diag", None).constraint_name or "")
    )


def person(region: Region, name: str = "王芳") -> Person:
    return Person.objects.create(name=name, region=region)


def volunteer(
    community: Region, since: str = "2021-05-18", until: str | None = None, of: Person | None = None, **values: Any
) -> Volunteer:
    given = {"number": f"V{next(number):06d}", "person": of or person(community)}
    return Volunteer.objects.create(community=community, **span(since, until), **(given | values))


def activity(community: Region, **values: Any) -> Activity:
    given = {"title": f"活动{next(number)}", "starts_on": day("2024-03-01")}
    return Activity.objects.create(community=community, **(given | values))


def service(of: Volunteer, on: str, *, confirmed: bool = True, **values: Any) -> ServiceRecord:
    given = {"community": of.community, "minutes": 60, "confirmed_on": day(on) if confirmed else None}
    return ServiceRecord.objects.create(volunteer=of, service_date=day(on), **(given | values))


def points(of: Volunteer, amount: int = 10, **values: Any) -> PointsIssue:
    given = {"community": of.community, "booked_on": day("2024-03-01"), "reason": "服务"}
    return PointsIssue.objects.create(volunteer=of, points=amount, **(given | values))
