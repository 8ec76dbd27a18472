"""The bell, the messages and the help, as a person meets them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from governance.accounts.models import User
from governance.desk.models import Message
from governance.kit.messages import Kind, tell
from tests.browser.conftest import DESK, PHONE

Open = Callable[..., Page]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_number_on_the_bell_goes_down_as_messages_are_read(
    signed_in: Open, street_clerk: User, scripts: bool
) -> None:
    for number in range(4):
        tell(users=[street_clerk], kind=Kind.DUE, key=f"due:{number}", title=f"第{number}件将到期", url="/due/")
    page = signed_in(street_clerk, scripts=scripts)
    page.goto("/")
    bell = page.locator("#bell .badge-n")
    expect(bell).to_have_text("4")
    page.locator("#bell").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("消息")

    page.get_by_role("button", name="第2件将到期", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("到期事项")
    expect(bell).to_have_text("3")

    page.goto("/messages/")
    page.get_by_role("button", name="标为已读：第1件将到期").click()
    expect(bell).to_have_text("2")
    page.get_by_role("button", name="全部标为已读").click()
    expect(bell).to_have_count(0)
    expect(page.get_by_role("link", name="第2件将到期")).to_be_visible()
    assert not Message.objects.unread().exists()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_help_leads_to_what_is_told_of_the_page(signed_in: Open, street_clerk: User, size: object) -> None:
    page = signed_in(street_clerk, size=size)
    page.goto("/volunteers/volunteers/")
    if size == PHONE:  # where the bar has no room
        page.locator("#me summary").click()
    page.get_by_role("link", name="帮助").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("志愿者")
    page.get_by_role("link", name="使用说明").first.click()
    expect(page.get_by_role("link", name="数据依据")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide
