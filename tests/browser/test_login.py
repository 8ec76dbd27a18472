"""The clerk at the door, with a phone, with paper, and with a page that was open for too long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from governance.accounts.models import Authenticator, User, UserSession
from tests.accounts.phone import code_of
from tests.browser.conftest import PHONE
from tests.factories.places import Tree
from tests.factories.users import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, address: str = "/accounts/login/") -> None:
    page.goto(address)
    page.get_by_label("用户名").fill("street_clerk")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_a_clerk_enrols_her_phone_and_signs_in_with_it_and_with_paper(page: Page, street_clerk: User) -> None:
    sign_in(page)
    page.goto("/accounts/settings/")
    page.get_by_role("link", name="启用动态口令").click()
    page.get_by_role("button", name="开始启用").click()
    picture = page.get_by_alt_text("动态口令二维码")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100"), "the picture is allowed to show"
    page.get_by_label("口令").fill(code_of(street_clerk, -30))
    page.get_by_role("button", name="启用").click()
    codes = page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("window.printed")
    page.get_by_role("link", name="已经收好，继续").click()
    page.locator("#me summary").click()
    page.get_by_role("button", name="退出").click()

    sign_in(page)
    page.get_by_label("手机上的 6 位口令").fill("000000")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("口令不对")
    page.get_by_label("手机上的 6 位口令").fill(code_of(street_clerk))
    page.get_by_role("button", name="登录").click()
    expect(page.locator("#me")).to_be_visible()
    page.locator("#me summary").click()
    page.get_by_role("button", name="退出").click()

    sign_in(page)
    page.get_by_label("手机上的 6 位口令").fill(codes[0])
    page.get_by_role("button", name="登录").click()
    expect(page.locator("#messages")).to_contain_text("还剩 9 个")


def test_it_fits_a_phone(windows: Any, street_clerk: User) -> None:
    page = windows.open(street_clerk, PHONE)
    for address in ("/accounts/settings/", "/accounts/second-factor/", "/accounts/password/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.goto("/accounts/second-factor/")
    page.get_by_role("button", name="开始启用").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Authenticator.objects.filter(user=street_clerk, confirmed_at__isnull=True).exists()


def test_a_form_that_was_open_for_long_is_not_lost(signed_in: Any, street_clerk: User, tree: Tree) -> None:
    page: Page = signed_in(street_clerk)
    page.clock.install()
    page.goto(reverse("regions:facility_add"))
    page.get_by_label("名称").first.fill("写了很久的名称")
    page.locator("form[data-guard]").evaluate("form => { form.noValidate = true; }")  # the rest is left empty
    page.clock.fast_forward("31:00")
    UserSession.objects.update(seen_at=timezone.now() - timedelta(minutes=31))
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#ended")).to_contain_text("填好的内容都还在")
    with page.expect_popup() as opened:
        page.locator("#ended a").click()
    other = opened.value
    other.get_by_label("用户名").fill("street_clerk")
    other.get_by_label("密码").fill(PASSWORD)
    other.get_by_role("button", name="登录").click()
    expect(other.get_by_role("heading", name="已登录")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        page.get_by_role("button", name="保存").click()
    assert sent.value.status != 403, "the token is the new one"
    expect(page.get_by_label("名称").first).to_have_value("写了很久的名称")


def test_a_list_that_meets_an_ended_session_leads_to_the_door_and_back(signed_in: Any, street_clerk: User) -> None:
    page: Page = signed_in(street_clerk)
    page.goto(reverse("regions:facility_list"))
    UserSession.objects.update(seen_at=timezone.now() - timedelta(minutes=31))
    page.locator("#filters [name=q]").fill("阅览室")
    page.wait_for_url("**/accounts/login/?next=*")
    page.get_by_label("用户名").fill("street_clerk")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/facilities/**")
