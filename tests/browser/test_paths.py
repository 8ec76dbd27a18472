"""The ways of those who use the portal, from the login to what they came for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from governance.accounts.models import User
from governance.attainment.models import AttainmentRun
from governance.policies.models import Policy
from tests.attainment.computed import Messages
from tests.browser.example import PACK, SLUG, VALUES, loaded, recorded, work
from tests.factories.places import Tree
from tests.factories.users import PASSWORD

Open = Callable[..., Page]


def sign_in(page: Page, user: User) -> None:
    """Fill in the login that the page has led to."""
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def heading(page: Page, text: str) -> None:
    """See that this is the page."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def figure(page: Page, name: str) -> Locator:
    """Return the number on the card of an indicator."""
    return page.locator(".kc", has_text=name).locator(".fig")


@pytest.mark.django_db(transaction=True)
def test_a_clerk_finds_what_is_missing_enters_it_and_sees_the_number_change(
    page: Page,
    tree: Tree,
    street_clerk: User,
    messages: Messages,
) -> None:
    loaded(tree, messages)
    page.goto("/")
    sign_in(page, street_clerk)
    heading(page, "工作台")
    missing = page.locator(".panel", has=page.get_by_role("heading", name="缺什么"))
    expect(missing.get_by_role("row", name="社会工作室覆盖率")).to_contain_text("差 1 个村（社区）")
    missing.get_by_role("link", name="社会工作室覆盖率").click()

    heading(page, "社会工作室覆盖率")
    expect(page.locator(".sub").first).to_contain_text(tree.street.name)
    expect(page.locator(".sum .t").first).to_contain_text("50%")
    failing = page.locator("#units tbody tr")
    expect(failing).to_have_count(1)
    failing.get_by_role("link", name=tree.village.name).click()

    heading(page, tree.village.name)
    page.get_by_role("link", name="登记设施").click()
    expect(page.get_by_label("所在地区")).to_have_value(f"{tree.village.code} {tree.village.name}")
    page.locator("#id_kind").select_option("social_work_room")
    page.get_by_label("名称").fill("湘滨社会工作室")
    page.get_by_label("启用日期").fill("2022-05-18")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text("已保存：湘滨社会工作室")

    page.goto(f"/attainment/?policy={SLUG}")
    heading(page, f"{tree.street.name}达标看板")
    expect(figure(page, "社会工作室覆盖率")).to_have_text("50%")  # a page reads, it never computes
    work(messages)
    page.reload()
    expect(figure(page, "社会工作室覆盖率")).to_have_text("100%")
    page.locator(".kc", has_text="社会工作室覆盖率").click()
    expect(page.locator("#units tbody tr")).to_have_count(0)


@pytest.mark.django_db(transaction=True)
def test_an_administrator_loads_a_policy_and_finds_it_on_the_dashboard(
    page: Page,
    tree: Tree,
    bureau_admin: User,
    messages: Messages,
    tmp_path: Path,
) -> None:
    recorded(tree)
    page.goto("/admin/policies/policy/")
    sign_in(page, bureau_admin)
    page.get_by_role("link", name="载入政策包").click()
    faulty = tmp_path / "draft.yaml"
    pack = PACK.read_text(encoding="utf-8")
    faulty.write_text(pack.replace("stock(estates.all)", "stock(estate.all)"), encoding="utf-8")
    page.get_by_label("政策包文件").set_input_files(faulty)
    page.get_by_role("button", name="检查并比对").click()
    expect(page.get_by_role("alert")).to_have_text("有 1 处错误，什么都没有载入。")
    expect(page.get_by_role("row", name="stock(estate.all)")).to_contain_text("还没有模块提供台账“estate”")
    text = page.get_by_label("或者粘贴内容")
    text.fill(text.input_value().replace("stock(estate.all)", "stock(estates.all)"))
    page.get_by_role("button", name="检查并比对").click()
    expect(page.get_by_text("3 条条款、4 项指标、4 个目标")).to_be_visible()
    page.get_by_role("button", name="确认载入").click()
    expect(page.locator(".messagelist")).to_contain_text("已载入：（虚构）城乡社区服务设施建设行动方案。")
    assert Policy.objects.get().slug == SLUG

    page.goto("/admin/attainment/attainmentrun/")
    page.locator(".object-tools").get_by_role("link").first.click()
    page.get_by_role("button", name="确定，重新计算").click()
    expect(page.locator(".messagelist")).to_contain_text("已开始重新计算")
    messages.deliver()
    assert AttainmentRun.objects.get(cause="person").status == "done"

    page.get_by_role("link", name="回到门户").click()
    page.goto(f"/attainment/?policy={SLUG}")
    heading(page, f"{tree.county.name}达标看板")
    for name, value in VALUES.items():
        expect(figure(page, name)).to_have_text(value)
    expect(page.locator(".kc", has_text="小区党支部组建率")).to_contain_text("达标")
    page.locator(".kc", has_text="街道（镇）平均孵化面积").click()
    heading(page, "街道（镇）平均孵化面积")
    page.get_by_role("link", name="计入的记录").click()
    expect(page.locator("main")).to_contain_text("泰山路街道孵化基地")
