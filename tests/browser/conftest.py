"""A real browser against a live portal. Whatever a page writes to the console as an error fails its test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize, sync_playwright

from governance.accounts.models import User
from governance.attainment.actions import sending
from tests.attainment.computed import Messages

# The driver runs an event loop in the thread of the test, where Django would refuse to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

DESK, PHONE = ViewportSize(width=1366, height=768), ViewportSize(width=390, height=844)
SHEET = ViewportSize(width=703, height=1009)  # A4 upright inside its margins
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests: the machine's Chromium, or the one that the driver brought."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=found, args=list(QUIET))
        except Error as missing:
            if os.environ.get("CI"):
                raise  # there it has to be
            pytest.skip(f"no Chromium to drive: {str(missing).splitlines()[0]}")
        yield browser
        browser.close()


class Windows:
    """Opens windows on the live portal and keeps what went wrong in them."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[BrowserContext] = []
        self.wrong: list[str] = []

    def open(self, user: User | None = None, size: ViewportSize = DESK, scripts: bool = True) -> Page:
        """Return a window, signed in as `user`."""
        context = self.browser.new_context(
            base_url=self.address, viewport=size, java_script_enabled=scripts, locale="zh-CN"
        )
        self.contexts.append(context)
        context.set_default_timeout(8000)
        if user is not None:
            client = Client()
            client.force_login(user)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.address}])
        if scripts:
            context.add_init_script("window.print = () => { window.printed = true; };")
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._hear(page, message))
        page.on("response", lambda answer: self._check(page, answer))
        return page

    def _hear(self, page: Page, message: Any) -> None:
        # what the server refused is reported by its answer, where refusals on purpose can be told apart
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.wrong.append(f"{page.url}: {message.text}")

    def _check(self, page: Page, answer: Any) -> None:
        if answer.status >= 500 or (answer.status >= 400 and "/static/" in answer.url):
            self.wrong.append(f"{page.url}: {answer.status} {answer.url}")


@pytest.fixture
def windows(browser: Browser, live_server: Any) -> Iterator[Windows]:
    """Opens windows; nothing may have gone wrong in them at the end."""
    windows = Windows(browser, live_server.url)
    yield windows
    for context in windows.contexts:
        context.close()
    assert not windows.wrong, "\n".join(windows.wrong)


@pytest.fixture
def page(windows: Windows) -> Page:
    """A window that nobody has signed in to."""
    return windows.open()


@pytest.fixture
def signed_in(windows: Windows) -> Callable[..., Page]:
    """Return a function that opens a window for a user."""
    return windows.open


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> Messages:
    """What the portal sends to its workers, until a test lets them work."""
    kept = Messages()
    monkeypatch.setattr(sending, "_send", lambda name, arguments: kept.append((name, arguments)))
    return kept
