"""With a finger on a phone, with the keys alone: what was built for a mouse has to work for both."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from governance.accounts.models import User
from tests.attainment.computed import Messages
from tests.browser.conftest import PHONE
from tests.browser.example import SLUG, loaded
from tests.factories.places import Tree
from tests.factories.users import PASSWORD

Open = Callable[..., Page]
DASHBOARD = f"/attainment/?policy={SLUG}"
ROOMS = f"/attainment/indicators/example_rooms/?policy={SLUG}"
# What a finger has to hit: everything that acts, apart from links inside a line of text.
LOW = """() => [...document.querySelectorAll(
    'button, summary, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio]), a.btn, nav.pages a, .kc'
)].filter(each => each.checkVisibility({visibilityProperty: true}) && !each.closest('.visually-hidden, table'))
  .map(each => [each.getBoundingClientRect(), each.outerHTML.slice(0, 120)])
  .filter(([box]) => box.height > 1 && box.height < 39.5).map(([box, html]) => `${box.height} ${html}`)"""
# Where the focus is, and whether one can see it there.
FOCUS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const style = getComputedStyle(at), ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    at.dataset.stop ??= String(window.stops = (window.stops ?? 0) + 1);
    return {stop: at.dataset.stop, html: at.outerHTML.slice(0, 120), text: at.textContent.trim(), href: at.href || '',
            seen: (ring || style.boxShadow !== 'none') && at.checkVisibility({visibilityProperty: true})};
}"""
# What the keys have to reach: of a group of choices only one, and nothing that is folded away.
STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(
    each => !each.disabled && each.type !== 'hidden' && each.tabIndex >= 0
        && each.checkVisibility({visibilityProperty: true})).length"""


def tab(page: Page) -> dict[str, str] | None:
    """Press the key, see where the focus went and that it can be seen; None outside the page."""
    page.keyboard.press("Tab")
    at = page.evaluate(FOCUS)
    assert at is None or at["seen"], at["html"]
    return at  # type: ignore[no-any-return]


def tab_to(page: Page, text: str) -> None:
    """Go on to what begins with these words."""
    for _step in range(200):
        at = tab(page)
        if at is not None and at["text"].startswith(text):
            return
    raise AssertionError(f"no key leads to {text}")


def follow(page: Page, heading: str) -> None:
    """Press what has the focus and see where it leads."""
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_a_phone_shows_all_of_it_and_lets_itself_be_touched(
    signed_in: Open, tree: Tree, street_clerk: User, messages: Messages
) -> None:
    loaded(tree, messages)
    page = signed_in(street_clerk, size=PHONE)
    wrong = []
    for address in ("/", DASHBOARD, ROOMS, "/regions/facilities/", "/regions/facilities/add/"):
        page.goto(address)
        beside = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wrong += [f"{address}: {beside} px too wide"] * (beside > 0)
        wrong += [f"{address}: {low}" for low in page.evaluate(LOW)]
        page.locator(".menu summary").click()
        expect(page.get_by_role("navigation", name="主导航").get_by_role("link", name="工作台")).to_be_visible()
        wrong += [f"{address}, menu: {low}" for low in page.evaluate(LOW)]
    assert wrong == []


def test_the_keys_lead_from_the_login_to_an_indicator_and_back(
    page: Page, tree: Tree, street_clerk: User, messages: Messages
) -> None:
    loaded(tree, messages)
    page.goto("/")
    while page.evaluate("document.activeElement.name") != "username":
        assert tab(page) is not None
    page.keyboard.type(street_clerk.username)
    assert tab(page) is not None
    page.keyboard.type(PASSWORD)
    follow(page, "工作台")
    tab_to(page, "社会工作室覆盖率")
    follow(page, "社会工作室覆盖率")
    at = tab(page)
    assert at is not None
    assert at["text"] == "跳到正文"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Shift+Tab")  # back out of the text, to the way that leads up
    page.goto(page.url)
    tab_to(page, f"{tree.street.name}达标看板")
    follow(page, f"{tree.street.name}达标看板")
    tab_to(page, "社会工作室覆盖率")
    follow(page, "社会工作室覆盖率")


def test_the_keys_reach_everything_once_and_leave_again(
    signed_in: Open, tree: Tree, street_clerk: User, messages: Messages
) -> None:
    loaded(tree, messages)
    page = signed_in(street_clerk)
    for address in ("/", DASHBOARD, ROOMS, "/regions/facilities/", "/regions/facilities/add/"):
        page.goto(address)
        if page.evaluate("document.activeElement !== document.body"):
            page.evaluate("document.activeElement.blur()")
        there, seen = page.evaluate(STOPS), []
        for _step in range(there + 20):
            at = tab(page)
            if at is not None and at["stop"] in seen[-1:]:  # year, month and day of one input
                continue
            if at is None or at["stop"] in seen:  # out of the page, or around it
                break
            seen.append(at["stop"])
        assert len(seen) >= there, f"{address}: {len(seen)} of {there}, the last was {at}"
