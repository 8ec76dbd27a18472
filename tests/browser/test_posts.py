"""A clerk goes on leave, a post passes on, and a street enters for a community: by hand, in the browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from governance.accounts.models import User
from governance.regions.models import Facility
from tests.browser.conftest import PHONE
from tests.factories import make_user
from tests.factories.places import Tree

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_clerk_finds_a_stand_in_and_enters_for_a_community(
    signed_in: Callable[..., Page], street_clerk: User, tree: Tree
) -> None:
    make_user("colleague", tree.street, name="同事")
    page, today = signed_in(street_clerk), timezone.localdate()
    page.goto("/accounts/settings/")
    page.get_by_role("link", name="交人代理").click()
    page.get_by_label("代理人的用户名").fill("nobody")
    page.get_by_label("开始日期").fill(str(today))
    page.get_by_label("结束日期").fill(str(today + timedelta(days=14)))
    page.get_by_role("button", name="保存").click()
    expect(page.locator("form .invalid-feedback, form .errorlist, form .err").first).to_contain_text("没有这个用户名")
    page.get_by_label("代理人的用户名").fill("colleague")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text("起代理")
    page.get_by_role("button", name="提前结束代理").click()
    expect(page.locator("#messages")).to_contain_text("代理已结束")

    page.set_viewport_size(PHONE)
    page.goto(tree.community.get_absolute_url())
    page.get_by_role("button", name="代铁西居委会登记").click()
    banner = page.locator(".behalf")
    expect(banner).to_contain_text("正在代铁西居委会登记")
    page.goto(reverse("regions:facility_add"))
    page.get_by_label("名称").fill("社工室")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    banner.get_by_role("button", name="结束代登记").click()
    expect(page.locator(".behalf")).to_have_count(0)
    assert not Facility.objects.exists()
