"""What the worker loads: three places, one after the other, each once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from governance.accounts.models import User
from governance.desk.models import Job
from governance.kit import demo, jobs
from governance.kit.demo import DemoAccount
from governance.regions.models import RegisterCoverage
from tests.demo.small import compute, load_first_part, silent
from tests.demo.test_small import standing

PLACES = {  # the policy of each part, the day to look at, and what must have come out of it there
    "350200000000": ("xiamen-2013", "2015-12-31", {"met", "overdue", "no_target"}),
    "530100000000": ("kunming-2021", "2026-10-31", {"pending", "no_target"}),
    "340000000000": ("anhui-2018", "2020-12-31", {"met", "overdue", "no_target"}),
}


def test_each_indicator_of_the_other_places_has_a_value(folder: Path) -> None:
    load_first_part(folder)
    assert set(demo.missing_parts()) == set(PLACES)
    for part in PLACES:
        demo.load_part(part, silent)
    assert demo.missing_parts() == []
    before = RegisterCoverage.objects.count()
    for part in PLACES:
        demo.load_part(part, silent)  # nothing is loaded twice
    assert RegisterCoverage.objects.count() == before

    run = compute()
    assert (run.status, run.error) == ("done", "")
    for code, (slug, day, wanted) in PLACES.items():
        found = standing(slug, code, day)
        assert [name for name, row in found.items() if row["value"] is None] == []
        assert wanted <= {row["status"] for row in found.values()}


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch, street_clerk: User) -> list[str]:
    """Two parts at the place of a demonstration account, of which this list holds the loaded ones."""
    loaded: list[str] = []
    code = street_clerk.region.code

    def told(part: str) -> Callable[[], bool]:
        return lambda: part in loaded

    monkeypatch.setattr(demo._registry, "parts", {code: told(code)})
    monkeypatch.setattr(demo, "accounts", lambda: [DemoAccount(street_clerk.username, "", "", "")])
    return loaded


def test_a_part_is_started_once(parts: list[str], street_clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "send", lambda *_arguments: None)
    demo.start_later_parts()
    demo.start_later_parts()
    job = Job.objects.get()
    assert (job.name, job.region, job.by) == ("desk.load_demo", street_clerk.region, street_clerk)
    assert job.arguments == {"part": street_clerk.region.code}


def test_a_part_that_failed_is_started_again(parts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "send", lambda *_arguments: None)
    demo.start_later_parts()
    Job.objects.update(status=Job.Status.FAILED, error="x", finished_at=date(2026, 1, 1).isoformat() + "T00:00Z")
    demo.start_later_parts()
    assert sorted(Job.objects.values_list("status", flat=True)) == ["failed", "pending"]


def test_nothing_is_started_once_all_is_loaded(parts: list[str], street_clerk: User) -> None:
    parts.append(street_clerk.region.code)
    demo.start_later_parts()
    assert not Job.objects.exists()


def test_nothing_is_started_where_the_data_are_not_of_the_demonstration(
    parts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "accounts", lambda: [])
    demo.start_later_parts()
    assert not Job.objects.exists()
