"""The ways that people take through the portal, with a keyboard, a mouse, a phone, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from governance.accounts.models import User
from governance.desk.models import Job
from governance.regions.models import Facility
from tests.browser.conftest import PHONE
from tests.factories import make_region
from tests.factories.places import Tree
from tests.factories.users import PASSWORD

Open = Callable[..., Page]


def facilities(tree: Tree, number: int = 3) -> None:
    """Register stations in one community and an incubator in the street."""
    for index in range(number):
        Facility.objects.create(
            region=tree.community,
            kind="volunteer_station",
            name=f"铁西志愿服务站{index + 1:02}",
            since=date(2021, 1, 1),
        )
    Facility.objects.create(region=tree.street, kind="incubator", name="泰山路孵化基地", since=date(2022, 1, 1))


def rows(page: Page) -> Any:
    """Return the rows of the list."""
    return page.locator("#rows tbody tr")


def test_sign_in_and_walk_to_a_community(page: Page, street_clerk: User, tree: Tree) -> None:
    page.goto("/")
    page.get_by_label("用户名").fill(street_clerk.username)
    page.get_by_label("密码").fill("not the password")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("用户名或密码不对")
    expect(page.get_by_label("用户名")).to_have_value(street_clerk.username)

    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("工作台")
    page.get_by_role("link", name="铁西居委会").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("铁西居委会")
    expect(page.get_by_label("上级地区").get_by_role("link")).to_have_text(["泰山路街道"])
    expect(page.get_by_role("link", name="登记设施")).to_have_attribute(
        "href", f"/regions/facilities/add/?region={tree.community.code}"
    )


def test_a_list_is_filtered_sorted_and_paged_without_loading_the_page_again(
    signed_in: Open, street_clerk: User, tree: Tree
) -> None:
    facilities(tree, 25)
    page = signed_in(street_clerk)
    page.goto("/regions/facilities/")
    page.evaluate("window.stayed = true")
    expect(page.locator("#count")).to_have_text("共 26 条")

    page.get_by_label("第 2 页").click()
    expect(rows(page)).to_have_count(6)
    page.get_by_role("searchbox", name="搜索").fill("孵化")
    expect(rows(page)).to_have_count(1)
    expect(page.locator("#count")).to_have_text("共 1 条")
    assert "q=%E5%AD%B5%E5%8C%96" in page.url
    assert "page=" not in page.url
    expect(page.get_by_role("link", name="导出 Excel")).to_have_attribute(
        "href", "/regions/facilities/export.xlsx?q=%E5%AD%B5%E5%8C%96"
    )

    page.locator("#id_kind").select_option("volunteer_station")
    expect(page.get_by_role("heading", name="没有同时符合 2 个条件的设施")).to_be_visible()
    page.get_by_role("link", name="去掉“搜索：孵化”").click()
    expect(page.locator("#count")).to_have_text("共 25 条")
    expect(page.get_by_role("searchbox", name="搜索")).to_have_value("")

    page.get_by_role("link", name="名称", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("名称")
    page.get_by_role("link", name="名称", exact=True).click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("名称")
    expect(rows(page).first).to_contain_text("铁西志愿服务站25")
    page.get_by_text("列 7/9").click()
    page.get_by_role("checkbox", name="地址").check()
    expect(page.get_by_role("columnheader", name="地址")).to_be_visible()
    expect(page.locator("#shown")).to_have_text("8")
    page.get_by_role("button", name="恢复默认").click()
    expect(page.locator("#shown")).to_have_text("7")
    assert page.evaluate("window.stayed")

    page.go_back()
    expect(page.get_by_role("columnheader", name="地址")).to_be_visible()
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()


def test_a_wrong_region_is_refused_at_its_field(signed_in: Open, street_clerk: User, tree: Tree) -> None:
    facilities(tree)
    page = signed_in(street_clerk)
    page.goto("/regions/facilities/")
    page.get_by_label("地区", exact=True).fill("没有的地方")
    page.get_by_label("地区", exact=True).press("Enter")
    expect(page.locator("#err_region")).to_contain_text("没有“没有的地方”这个地区")
    expect(page.get_by_role("heading", name="筛选条件有误，所以没有列出任何记录")).to_be_visible()


def test_a_list_is_filtered_without_scripts(signed_in: Open, street_clerk: User, tree: Tree) -> None:
    facilities(tree)
    page = signed_in(street_clerk, scripts=False)
    page.goto("/regions/facilities/")
    page.locator("#id_kind").select_option("incubator")
    page.get_by_role("button", name="查询").click()
    expect(rows(page)).to_have_count(1)
    page.get_by_role("link", name="名称", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("名称")
    expect(rows(page)).to_have_count(1)
    page.locator("#choose summary").click()
    page.locator("input[name=columns][value=address]").check()
    page.get_by_role("button", name="应用").click()
    expect(page.locator("#rows thead")).to_contain_text("地址")
    expect(rows(page)).to_have_count(1)
    page.locator("#me summary").click()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")


def test_the_switcher_goes_to_a_place_by_its_initials(signed_in: Open, street_clerk: User, tree: Tree) -> None:
    page = signed_in(street_clerk)
    page.goto("/")
    page.locator("#switch summary").click()
    expect(page.locator("#switch-q")).to_be_focused()
    expect(page.locator("#switch-list a")).to_have_count(3)
    page.keyboard.type("xbcwh")
    suggested = page.locator("#switch-list a")
    expect(suggested).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("湘滨村委会")

    page.locator("#switch summary").click()
    expect(page.locator("#switch-q")).to_be_focused()
    page.keyboard.type("嵩山路街道")
    expect(page.locator("#switch-list")).to_contain_text("您的地区内没有“嵩山路街道”")
    page.keyboard.press("Escape")
    expect(page.locator("#switch-q")).to_be_hidden()


def test_the_switcher_works_without_scripts(signed_in: Open, street_clerk: User, tree: Tree) -> None:
    make_region("430211002005", "铁西第二居委会", tree.street)
    page = signed_in(street_clerk, scripts=False)
    page.goto("/")
    page.locator("#switch summary").click()
    page.locator("#switch-q").fill("铁西")
    page.get_by_role("button", name="前往").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("找地区")
    page.get_by_role("link", name="铁西第二居委会").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("铁西第二居委会")


def test_a_refused_form_keeps_what_was_typed_and_leads_to_the_field(
    signed_in: Open, street_clerk: User, tree: Tree
) -> None:
    page = signed_in(street_clerk)
    page.goto(f"/regions/facilities/add/?region={tree.community.code}")
    expect(page.get_by_label("所在地区")).to_have_value(f"{tree.community.code} 铁西居委会")
    page.locator("#id_kind").select_option("volunteer_station")
    page.get_by_label("名称").fill("铁西志愿服务站")
    page.get_by_label("启用日期").fill("2021-05-18")
    page.get_by_label("停用日期").fill("2020-01-01")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#errors")).to_be_focused()
    expect(page.get_by_label("名称")).to_have_value("铁西志愿服务站")
    page.locator("#errors").get_by_role("link", name="停用日期").click()
    expect(page.get_by_label("停用日期")).to_be_focused()

    page.get_by_label("停用日期").fill("")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("铁西志愿服务站")
    expect(page.locator("#messages")).to_contain_text("已保存：铁西志愿服务站")


def test_a_page_that_somebody_has_written_in_asks_before_it_is_left(signed_in: Open, street_clerk: User) -> None:
    page = signed_in(street_clerk)
    page.goto("/regions/facilities/add/")
    page.get_by_label("名称").fill("半截")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="取消").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("设施")
    assert asked == ["beforeunload"]


def test_the_page_of_a_job_follows_it(signed_in: Open, bureau_admin: User, tree: Tree) -> None:
    job = Job.objects.create(
        name="regions.import_divisions", title="导入区划：a.csv", by=bureau_admin, region=tree.county
    )
    page = signed_in(bureau_admin)
    page.goto(job.get_absolute_url())
    expect(page.get_by_text("等待开始")).to_be_visible()
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(
        status="running", done=1250, total=5000, message="写入村（社区）", started_at=now
    )
    expect(page.get_by_text("写入村（社区） · 1,250 / 5,000")).to_be_visible()
    assert page.locator("progress").evaluate("bar => [bar.value, bar.max]") == [1250, 5000]
    Job.objects.filter(pk=job.pk).update(status="done", report={"added": 4988, "refused": 12}, finished_at=now)
    expect(page.get_by_role("row", name="新增")).to_contain_text("4,988")
    assert page.locator("#job").get_attribute("hx-get") is None


def test_the_language_is_switched(signed_in: Open, street_clerk: User) -> None:
    page = signed_in(street_clerk)
    page.goto("/accounts/settings/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.locator("#id_language").select_option("en")
    page.locator("form.form button").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#messages .note")).to_be_visible()
    page.locator("#id_language").select_option("zh-hans")
    page.locator("form.form button").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_the_menu_folds_on_a_phone_with_and_without_scripts(signed_in: Open, street_clerk: User) -> None:
    for scripts in (True, False):
        page = signed_in(street_clerk, size=PHONE, scripts=scripts)
        page.goto("/regions/facilities/")
        menu = page.get_by_role("navigation", name="主导航")
        expect(menu).to_be_hidden()
        page.locator(".menu summary").click()
        menu.get_by_role("link", name="小区").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("小区")
        expect(menu).to_be_hidden()


def test_the_first_key_leads_past_the_navigation(signed_in: Open, street_clerk: User, tree: Tree) -> None:
    facilities(tree)
    page = signed_in(street_clerk)
    page.goto("/regions/facilities/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("f")
    expect(page.get_by_role("searchbox", name="搜索")).to_be_focused()
    page.get_by_role("link", name="名称", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort]")).to_have_text("名称")
    expect(page.get_by_role("link", name="名称", exact=True)).to_be_focused()


def test_printing_shows_all_rows_and_asks_the_printer(signed_in: Open, street_clerk: User, tree: Tree) -> None:
    facilities(tree, 25)
    page = signed_in(street_clerk)
    page.goto("/regions/facilities/?q=铁西&print=1")
    page.wait_for_function("window.printed")
    expect(rows(page)).to_have_count(25)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="主导航")).to_be_hidden()
    expect(page.locator(".main > .only-print")).to_contain_text("泰山路街道（430211002000）")
    expect(page.locator("#rows .only-print")).to_contain_text("搜索 铁西")


def test_the_description_of_the_api_opens_under_the_content_security_policy(
    signed_in: Open, bureau_admin: User
) -> None:
    page = signed_in(bureau_admin)
    page.goto("/api/v1/docs/")
    expect(page.locator(".opblock").first).to_be_visible(timeout=30_000)
