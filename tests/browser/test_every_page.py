"""Every kind of page, on a desk and on a phone: no barrier that a program can find, nothing wider than the phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

from governance.accounts.models import User
from governance.attainment.models import ReportedFigure
from governance.deliberation.models import WorkTask
from governance.desk.models import Job
from governance.kit.messages import Kind, tell
from governance.regions.models import Estate, Facility, RegionCapability, RegisterCoverage
from tests.browser.conftest import DESK, PHONE
from tests.factories import make_record
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_reference, make_target

LONG = "株洲市天元区泰山路街道家园社区居民委员会党群服务中心暨新时代文明实践站" * 3
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
Open = Callable[..., Page]


def fill(tree: Tree, clerk: User, admin: User) -> dict[User | None, list[str]]:
    """Make a record of each kind, with long names; return the pages that each person looks at."""
    long = LONG[:100]
    facility = Facility.objects.create(region=tree.street, kind="volunteer_station", name=long, since=date(2021, 1, 1))
    Facility.objects.create(region=tree.community, kind="incubator", name="A" * 60, since=date(2021, 1, 1))
    Estate.objects.create(community=tree.community, name=long)
    statement = RegionCapability.objects.create(region=tree.community, item_id="needs_survey", since=date(2021, 1, 1))
    now = timezone.now()
    common = {"name": "regions.import_divisions", "title": long, "by": admin, "region": tree.county, "started_at": now}
    running = Job.objects.create(**common, status="running", done=12, total=500, message="写入村（社区）", heard_at=now)
    failed = Job.objects.create(**common, status="failed", error="第 27 行的代码只有 8 位。", finished_at=now)
    kept = RegisterCoverage.objects.create(region=tree.county, register="facilities", since=date(2021, 1, 1), note=long)
    draft = make_record(ReportedFigure, tree.community, long)
    submitted, approved, dropped = (make_record(ReportedFigure, tree.county, long) for _number in range(3))
    ReportedFigure.objects.filter(pk=submitted.pk).update(state="submitted")
    ReportedFigure.objects.filter(pk=approved.pk).update(state="approved")
    ReportedFigure.objects.filter(pk=dropped.pk).update(measure="no_longer_declared")
    empty = make_policy(tree.county, "empty", title=long)
    asked = make_policy(tree.county, "asked", title=long, note=long, responsible=long, document_no="某民发〔2022〕7号")
    clause = make_clause(asked, LONG, display=long)
    indicator = make_indicator(
        clause, name=long, kind="coverage", numerator="stock(not_declared.any)", denominator="units(community)",
        factor=100, unit="%", note=LONG, reading=LONG, checklist=[long, "甲"], counts=long, baseline_note=long,
        verdict_levels=["county", "township"], show_levels=["community"],
    )  # fmt: skip
    broken = make_indicator(clause, "broken", role="reference", direction="", numerator="regions_with(gone, community)")
    counted = make_indicator(
        clause, "counted", name=long, numerator="stock(facilities.incubator, floor_area)", denominator="units(community)",
        kind="average_per_unit", position=3,
    )  # fmt: skip
    evidence = f"/attainment/evidence/?policy={asked.slug}&region={tree.county.code}&indicator="
    target = make_target(indicator, tree.county, value=100)
    make_target(indicator, tree.street, "allocated", value=90)
    fact = make_reference(indicator, tree.county, text=long, value=60)
    tell(users=[clerk], kind=Kind.OVERDUE, key="overdue:long", title=LONG, text=LONG, url="/due/")
    tell(users=[clerk], kind=Kind.FAILED, key="failed:long", title="A" * 200)
    make_record(WorkTask, tree.street, LONG)
    WorkTask.objects.update(deadline=timezone.localdate(), done_on=None, cancelled_on=None)
    listing = "/regions/facilities/"
    return {
        None: ["/accounts/login/", "/nowhere/"],
        clerk: [
            "/",
            "/due/",
            "/messages/",
            "/messages/?kind=confirmed",
            "/manual/",
            "/manual/import/",
            listing,
            f"{listing}?q=x&kind=incubator&region={tree.street.code}",
            f"{listing}?region=nowhere",
            f"{listing}{facility.pk}/",
            f"{listing}{facility.pk}/change/",
            f"{listing}{facility.pk}/remove/",
            f"{listing}add/",
            statement.get_absolute_url(),
            "/regions/capabilities/add/",
            draft.get_absolute_url(),
            "/attainment/figures/add/",
            tree.street.get_absolute_url(),
            tree.community.get_absolute_url(),
            "/regions/go/?q=委会",
            "/policies/",
            asked.get_absolute_url(),
            indicator.get_absolute_url(),
            broken.get_absolute_url(),
            f"{evidence}{counted.slug}&side=denominator",
            f"/attainment/?policy={asked.slug}",
            f"/attainment/indicators/{indicator.slug}/",
            "/regions/import/",  # refused
            "/accounts/settings/",
            "/accounts/password/",
        ],
        admin: [
            tree.county.get_absolute_url(),
            "/regions/?" + "&".join(f"columns={name}" for name in ("code", "name", "parent", "since", "partial")),
            "/regions/import/",
            "/jobs/",
            running.get_absolute_url(),
            failed.get_absolute_url(),
            "/attainment/figures/",
            "/attainment/figures/?state=submitted&measure=resident_population",
            submitted.get_absolute_url(),
            f"{submitted.get_absolute_url()}move/return/",
            f"{submitted.get_absolute_url()}move/withdraw/",  # refused
            f"{dropped.get_absolute_url()}",
            f"{approved.get_absolute_url()}change/",
            asked.get_absolute_url(),
            empty.get_absolute_url(),
            clause.get_absolute_url(),
            indicator.get_absolute_url(),
            target.get_absolute_url(),
            fact.get_absolute_url(),
            "/policies/indicators/",
            f"/policies/indicators/?policy={asked.slug}&role=target&kind=coverage&direction=at_least&level=county&q=x",
            "/policies/targets/?year=2025&origin=text",
            "/policies/references/",
            "/policies/clauses/",
            f"{indicator.get_absolute_url()}change/",
            f"{clause.get_absolute_url()}change/",
            f"/policies/targets/add/?indicator={indicator.slug}&region={tree.street.code}",
            f"{asked.get_absolute_url()}remove/",
            f"{evidence}{counted.slug}",
            f"/attainment/?policy={asked.slug}",
            f"/attainment/?policy={asked.slug}&status=met",  # none
            f"/attainment/children/?policy={asked.slug}&all=1",
            f"/attainment/indicators/{counted.slug}/",
            f"/attainment/?policy={empty.slug}",
            f"{evidence}{indicator.slug}",  # nothing to count
            f"{evidence}nothing",  # refused
            "/regions/registers/",
            "/regions/registers/add/",
            kept.get_absolute_url(),
        ],
    }


def looks(page: Page, addresses: list[str]) -> Iterator[str]:
    """Yield what is wrong with each page."""
    for address in addresses:
        page.goto(address)
        yield from faults(page, address)


def too_wide(page: Page, address: str) -> Iterator[str]:
    """Yield by how much the page is wider than its window."""
    beside = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if beside > 0:
        yield f"{address}: {beside} px too wide"


def faults(page: Page, address: str) -> Iterator[str]:
    """Yield what is wrong with the page as it is."""
    yield from too_wide(page, address)
    for violation in Axe().run(page, options=RULES).response["violations"]:
        yield f"{address}: {violation['id']} {[node['html'][:160] for node in violation['nodes']][:3]}"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_have_no_barrier_and_fit(
    signed_in: Open, tree: Tree, street_clerk: User, bureau_admin: User, size: dict[str, int]
) -> None:
    pages = fill(tree, street_clerk, bureau_admin)
    wrong = [fault for user, addresses in pages.items() for fault in looks(signed_in(user, size=size), addresses)]
    assert wrong == []


def test_the_admin_runs_under_the_same_policy(signed_in: Open, tree: Tree, bureau_admin: User) -> None:
    page = signed_in(bureau_admin)
    for address in ("/admin/", "/admin/regions/facility/", "/admin/regions/facility/add/"):
        page.goto(address)
        assert page.locator("#site-name").inner_text() == "五社联动治理门户 · 管理后台"
        assert page.get_by_role("link", name="回到门户").get_attribute("href") == "/"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_page_that_asks_once_more_has_no_barrier(
    signed_in: Open, tree: Tree, bureau_admin: User, size: dict[str, int]
) -> None:
    indicator = make_indicator(make_clause(make_policy(tree.county)), note=LONG)
    page = signed_in(bureau_admin, size=size)
    page.goto(f"{indicator.get_absolute_url()}change/")
    page.locator("#id_note").fill(LONG * 2)
    page.get_by_role("button", name="保存").click()
    assert page.locator("h1").inner_text() == "核对改动"
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert [fault["id"] for fault in Axe().run(page, options=RULES).response["violations"]] == []
    page.get_by_role("button", name="返回修改").click()
    assert page.locator("#id_note").input_value() == LONG * 2
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="确认保存").click()
    assert page.locator("h1").inner_text() == indicator.name
    indicator.refresh_from_db()
    assert indicator.note == LONG * 2


def test_open_menus_have_no_barrier(signed_in: Open, tree: Tree, street_clerk: User) -> None:
    page = signed_in(street_clerk)
    page.goto("/regions/")
    for menu in ("#switch", "#me", "#choose", ".more"):
        page.locator(f"{menu} > summary").click()
        page.wait_for_timeout(100)
        assert [fault["id"] for fault in Axe().run(page, options=RULES).response["violations"]] == [], menu
        page.keyboard.press("Escape")
