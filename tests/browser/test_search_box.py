"""The search box of every page, and what a list keeps: with a keyboard, on a phone, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from governance.accounts.models import User, UserSession
from governance.regions.models import Facility
from tests.browser.conftest import PHONE
from tests.browser.test_every_page import RULES
from tests.factories.places import Tree

Open = Callable[..., Page]
NUMBER = "11010519491231002X"


@pytest.fixture
def station(tree: Tree) -> Facility:
    """A station that is called like its community."""
    return Facility.objects.create(
        region=tree.community, kind="volunteer_station", name="铁西志愿服务站", since=date(2021, 1, 1)
    )


def test_it_is_found_by_keyboard_alone(signed_in: Open, street_clerk: User, tree: Tree, station: Facility) -> None:
    page = signed_in(street_clerk)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.keyboard.press("/")
    box = page.locator("#seek-q")
    expect(box).to_be_focused()
    page.keyboard.type("铁西")
    hits = page.locator("#seek-hits a")
    expect(hits.first).to_contain_text("铁西居委会")
    expect(page.locator("#seek-hits h2")).to_have_text(["地区", "设施"])
    violations = Axe().run(page, options=RULES).response["violations"]
    assert [each["id"] for each in violations] == []
    page.keyboard.press("ArrowDown")
    expect(hits.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(hits).to_have_count(0)
    box.fill("tx")
    expect(hits.first).to_contain_text("铁西居委会")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("铁西居委会")
    assert not any("q=" in url for url in asked)


def test_enter_leads_to_the_page_of_results(signed_in: Open, street_clerk: User, station: Facility) -> None:
    for scripts in (True, False):
        page = signed_in(street_clerk, scripts=scripts)
        page.goto("/regions/facilities/")
        page.locator("#seek-q").fill("志愿服务站")
        page.locator("#seek-q").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("搜索")
        page.get_by_role("region", name="设施").get_by_role("link", name="铁西志愿服务站").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("铁西志愿服务站")


def test_a_number_stands_in_no_address(signed_in: Open, street_clerk: User, tree: Tree) -> None:
    page = signed_in(street_clerk)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.locator("#seek-q").press_sequentially(NUMBER)
    expect(page.locator("#seek-hits")).to_contain_text("号码不在这里查")
    page.locator("#seek-q").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("搜索")
    expect(page.locator("#main")).to_contain_text("号码不在这里查")
    assert page.locator("#search-q").input_value() == ""
    assert not any(NUMBER[:8] in url for url in asked)


def test_signed_out_in_the_meantime_it_leads_to_the_login(signed_in: Open, street_clerk: User) -> None:
    page = signed_in(street_clerk)
    page.goto("/")
    UserSession.objects.all().delete()
    page.locator("#seek-q").fill("铁西")
    expect(page.get_by_label("用户名")).to_be_visible()
    expect(page.locator("#seek-hits")).to_have_count(0)


def test_a_phone_leads_to_the_page(signed_in: Open, street_clerk: User, station: Facility) -> None:
    page = signed_in(street_clerk, size=PHONE)
    page.goto("/")
    page.locator(".seek-ph").click()
    page.locator("#search-q").fill("tx")
    page.get_by_role("button", name="查询").click()
    page.get_by_role("link", name="铁西居委会").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("铁西居委会")


def test_a_filter_is_kept_and_forgotten(signed_in: Open, street_clerk: User, station: Facility) -> None:
    for scripts in (True, False):
        page = signed_in(street_clerk, scripts=scripts)
        page.goto("/regions/facilities/?kind=volunteer_station")
        page.locator("#save-filter summary").click()
        page.get_by_label("筛选名称").fill("志愿服务站点")
        page.get_by_role("button", name="保存", exact=True).click()
        page.goto("/regions/facilities/")
        page.get_by_role("link", name="志愿服务站点", exact=True).click()
        expect(page.locator(".saved [aria-current]")).to_have_text("志愿服务站点")
        assert "kind=volunteer_station" in page.url
        page.get_by_role("button", name="删除筛选“志愿服务站点”").click()
        expect(page.locator(".saved")).to_have_count(0)
