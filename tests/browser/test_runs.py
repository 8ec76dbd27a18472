"""Pages of runs, on a desk and on a phone: no barrier, nothing too wide, and progress that shows by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from governance.accounts.models import User
from governance.attainment.models import AttainmentRun, RunChunk
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_every_page import LONG, looks
from tests.factories.places import Tree

Open = Callable[..., Page]
LINE = {
    "region": "430211002001", "month": "2025-03", "measure": "UnitsPassing(units=UnitsWithValue(numerator=Stock(…)))",
    "old": "1234567", "new": None, "counted": "12", "computed": "1234567.25",
}  # fmt: skip
REPORT = {
    "marks": 12, "steps": {"prepare": 120, "tops": 40, "drift": 7, "counts": 412}, "drift": 2, "drift_cells": [LINE] * 3,
    "counted": 200, "miscounted": [LINE],
}  # fmt: skip


def run(**values: Any) -> AttainmentRun:
    now = timezone.now()
    given = {"cause": "nightly", "side": 0, "months": 43, "chunks_total": 4, "chunks_done": 4, "started_at": now}
    return AttainmentRun.objects.create(**(given | values))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_of_runs_have_no_barrier_and_fit(
    signed_in: Open, tree: Tree, bureau_admin: User, size: dict[str, int]
) -> None:
    now = timezone.now()
    done = run(status="done", finished_at=now, rows=1234567, report=REPORT, by=bureau_admin)
    failed = run(status="failed", finished_at=now, error=LONG, report=REPORT)
    waiting = run(status="pending", chunks_done=0)
    pages = ["/attainment/runs/", "/attainment/runs/add/", "/attainment/runs/?status=failed&cause=nightly&q=x"]
    pages += [each.get_absolute_url() for each in (done, failed, waiting)]
    assert list(looks(signed_in(bureau_admin, size=size), pages)) == []


def test_progress_shows_by_itself(signed_in: Open, tree: Tree, bureau_admin: User) -> None:
    started = run(status="running", chunks_done=1)
    RunChunk.objects.create(run=started, number=1, area=tree.county, roots=[tree.street.pk], status="done")
    page = signed_in(bureau_admin)
    page.goto(started.get_absolute_url())
    expect(page.locator("#run")).to_contain_text("1 / 4 块")
    AttainmentRun.objects.filter(pk=started.pk).update(chunks_done=3)
    expect(page.locator("#run")).to_contain_text("3 / 4 块")
    AttainmentRun.objects.filter(pk=started.pk).update(
        chunks_done=4, status="done", finished_at=timezone.now(), report=REPORT
    )
    expect(page.locator("#run")).to_contain_text("2 行不同")
    assert page.locator("#run").get_attribute("hx-get") is None
