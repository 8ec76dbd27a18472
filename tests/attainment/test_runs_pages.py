"""Runs on pages, over the API and in the admin: to look at, and one button."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.attainment.models import AttainmentRun, RunChunk
from governance.audit.models import AuditEvent
from governance.kit.measures import expressions as e
from tests.attainment.test_records_are_counted import ask
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_policy

CELL = {"region": "430211002001", "month": "2025-03", "measure": "stock", "old": "3", "new": None, "old_known": None, "new_known": None}  # fmt: skip
COUNTED = {"region": "430211002201", "month": "2025-04", "measure": "units", "counted": None, "computed": "12"}


def running(tree: Tree, **values: Any) -> AttainmentRun:
    now = timezone.now()
    given = {"cause": "nightly", "status": "running", "side": 0, "chunks_total": 4, "chunks_done": 1, "started_at": now}
    run = AttainmentRun.objects.create(**(given | values))
    for number, status in enumerate(("done", "running", "todo", "todo"), 1):
        RunChunk.objects.create(run=run, number=number, area=tree.county, roots=[tree.street.pk], status=status)
    return run


def test_a_run_under_way_asks_again_every_second(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    run = running(tree)
    client = as_user(bureau_admin)
    page = client.get(run.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert 'value="1" max="4"' in page
    assert "1 / 4 块" in page
    part = client.get(run.get_absolute_url(), headers={"hx-request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="run"')
    AttainmentRun.objects.filter(pk=run.pk).update(status="done", chunks_done=4, finished_at=timezone.now())
    part = client.get(run.get_absolute_url(), headers={"hx-request": "true"}).content.decode()
    assert "every 1s" not in part


def test_what_came_of_a_run_is_told_in_words(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    now = timezone.now()
    report = {"marks": 12, "steps": {"prepare": 120, "tops": 40}, "drift": 2, "drift_cells": [CELL], "counted": 200, "miscounted": []}  # fmt: skip
    run = running(tree, status="done", finished_at=now, rows=1234, report=report)
    client = as_user(bureau_admin)
    page = client.get(run.get_absolute_url()).content.decode()
    for text in ("2 行不同", "430211002001", "2025-03", "200 处，全部相符", "1,234", "note-e"):
        assert text in page, text
    listed = client.get(reverse("attainment:attainment_run_list")).content.decode()
    assert '<span class="bad">2</span>' in listed
    report |= {"drift": 0, "drift_cells": [], "miscounted": [COUNTED]}
    failed = running(tree, status="failed", error="抽查 200 处，1 处不符", finished_at=now, report=report)
    page = client.get(failed.get_absolute_url()).content.decode()
    for text in ("抽查 200 处，1 处不符", "430211002201", "应为", "以前的数值仍可使用"):
        assert text in page, text


def test_the_button_asks_once_and_starts(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    client = as_user(bureau_admin)
    add = reverse("attainment:attainment_run_add")
    listed = client.get(reverse("attainment:attainment_run_list")).content.decode()
    assert add in listed
    assert "重新计算" in listed
    assert "确定，重新计算" in client.get(add).content.decode()
    assert not AttainmentRun.objects.exists()
    response = client.post(add)
    run = AttainmentRun.objects.get()
    assert (response.status_code, response["Location"]) == (302, run.get_absolute_url())
    assert (run.cause, run.by, run.status) == ("person", bureau_admin, "pending")
    event = AuditEvent.objects.get(action="attainment.attainmentrun.add")
    assert (event.actor, event.surface, event.region_path) == (bureau_admin, "page", tree.county.path)
    again = client.post(add)
    assert again.status_code == 409
    assert "已有一次计算正在进行" in again.content.decode()
    waiting = client.get(add).content.decode()
    assert run.get_absolute_url() in waiting
    assert "确定，重新计算" not in waiting


def test_the_api_starts_one_at_a_time(tree: Tree, bureau_admin: User, street_clerk: User, as_user: Any) -> None:
    url, client = reverse("api:attainment_run-list"), as_user(bureau_admin)
    made = client.post(url, "{}", content_type="application/json")
    assert (made.status_code, made.json()["status"], made.json()["cause"]) == (201, "pending", "person")
    again = client.post(url, "{}", content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "busy")
    wrong = client.post(url, '{"cause": "nightly"}', content_type="application/json")
    assert (wrong.status_code, set(wrong.json())) == (400, {"cause"})
    detail = client.get(reverse("api:attainment_run-detail", args=[made.json()["id"]]))
    assert detail.json()["chunks_done"] == 0
    assert as_user(street_clerk).post(url, "{}", content_type="application/json").status_code == 403


def test_the_admin_has_the_same_button_and_nothing_to_edit(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    client, add = as_user(bureau_admin), reverse("admin:attainment_attainmentrun_add")
    assert add in client.get(reverse("admin:attainment_attainmentrun_changelist")).content.decode()
    assert "确定，重新计算" in client.get(add).content.decode()
    assert client.post(add).status_code == 302
    run = AttainmentRun.objects.get()
    change = reverse("admin:attainment_attainmentrun_change", args=[run.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"status": "done"}).status_code == 403
    assert client.post(add).status_code == 409


def test_the_navigation_leads_there(bureau_admin: User, street_clerk: User, as_user: Any) -> None:
    url = reverse("attainment:attainment_run_list")
    assert url in as_user(bureau_admin).get("/").content.decode()
    assert url not in as_user(street_clerk).get("/").content.decode()


@pytest.mark.parametrize("page", ["list", "add"])
def test_clerks_have_nothing_to_do_here(page: str, street_clerk: User, as_user: Any) -> None:
    response = as_user(street_clerk).get(reverse(f"attainment:attainment_run_{page}"))
    assert response.status_code == 403


def test_numbers_of_other_places_are_not_told(tree: Tree, street_clerk: User, bureau_admin: User, as_user: Any) -> None:
    """Runs compute every place; what a run found elsewhere is for those who see the numbers there."""
    key = "Stock(source='facilities', mark='incubator', weight=None)"
    clause = make_clause(make_policy(tree.county, "tianyuan-2021"))
    ask(clause, "incubators", "stock(facilities.incubator)")
    assert repr(e.Stock("facilities", "incubator")) == key
    own = CELL | {"measure": key, "old": "3141", "new": "592", "new_known": 2}
    other = own | {"region": tree.other_county.code, "old": "6535", "new": "8979"}
    report = {"steps": {}, "drift": 2, "drift_cells": [own, other], "counted": 2, "miscounted": [COUNTED, COUNTED | {"region": tree.other_county.code}]}  # fmt: skip
    run = running(tree, status="failed", error="抽查 2 处，2 处不符", finished_at=timezone.now(), report=report)
    client = as_user(bureau_admin)
    page = client.get(run.get_absolute_url()).content.decode()
    for text in (
        "3141",
        "铁西居委会",
        "月末在册的社会组织孵化基地",
        "592（2 个单位有数据）",
        "另有 2 处",
        "现在已不用的口径",
    ):
        assert text in page, text
    url = reverse("api:attainment_run-list")
    kept = client.get(f"{url}{run.pk}/").json()["report"]
    assert (kept["drift_cells"], kept["miscounted"], kept["outside"]) == ([own], [COUNTED], 2)
    [listed] = client.get(url).json()["results"]
    assert listed["report"] == kept
    admin = client.get(reverse("admin:attainment_attainmentrun_change", args=[run.pk])).content.decode()
    for body in (page, str(kept), admin):
        for trace in (tree.other_county.code, "6535", "8979", "Stock(source=") if body is page else ("6535", "8979"):
            assert trace not in body, trace
    AttainmentRun.objects.update(report=report | {"drift_cells": [], "miscounted": [COUNTED]})
    assert "outside" not in client.get(f"{url}{run.pk}/").json()["report"]


def test_more_runs_with_cells_cost_no_more_queries(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    client, url = as_user(bureau_admin), reverse("api:attainment_run-list")
    counts = []
    for _number in range(2):
        for _each in range(3):
            running(tree, status="done", finished_at=timezone.now(), report={"drift_cells": [CELL]})
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).json()["results"][-1]["report"]["drift_cells"] == [CELL]
        counts.append(len(seen))
    assert counts[0] == counts[1]
