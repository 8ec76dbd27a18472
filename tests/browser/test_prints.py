"""What goes on paper: whole, without the means of a screen, and saying what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from governance.accounts.models import User
from governance.regions.models import Facility
from tests.attainment.computed import Messages
from tests.browser.conftest import SHEET
from tests.browser.example import SINCE, SLUG, loaded
from tests.factories.places import Tree

Open = Callable[..., Page]
WIDE = ViewportSize(width=1920, height=1080)
A4, ACROSS = ("594.95996", "841.91998"), ("841.91998", "594.95996")  # in points
QUARTER = 175  # of the height of a sheet that lies across: a higher head is not repeated
STICKS_OUT = """width => [...document.querySelectorAll("main :is(table, td, th, p, h1, h2, dl, svg, .panel, .kc, .st, .note)")]
  .filter(each => each.getClientRects().length && each.getBoundingClientRect().right > width + 1)
  .map(each => each.outerHTML.slice(0, 90))"""
MORE_COLUMNS = """table => table.querySelectorAll("tr").forEach(row => {
  const cells = [...row.cells].slice(1);
  while (row.cells.length < 31) cells.forEach(cell => row.append(cell.cloneNode(true)));
})"""


def lay(page: Page) -> None:
    """Lay the page out as for a sheet, as the browser does before it prints."""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)


def faults(page: Page, address: str) -> Iterator[str]:
    """Yield what the sheet shows that it should not, or lacks."""
    for selector in (".side", ".bar", ".acts", ".pager", ".tools", ".btn", ".seg"):
        if page.locator(selector).filter(visible=True).count():
            yield f"{address}: {selector} is printed"
    if sticking := page.evaluate(STICKS_OUT, SHEET["width"]):
        yield f"{address}: sticks out {sticking[:3]}"
    if page.evaluate(
        "[...document.querySelectorAll('thead')].some(h => getComputedStyle(h).display != 'table-header-group')"
    ):
        yield f"{address}: a head is not repeated"


def sheets(page: Page) -> list[tuple[str, str]]:
    """Print, and return the width and height of each sheet."""
    page.emulate_media(media="null")
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    return [(width.decode(), height.decode()) for width, height in boxes]


@pytest.mark.django_db(transaction=True)
def test_results_on_paper(signed_in: Open, tree: Tree, bureau_admin: User, messages: Messages, settings: Any) -> None:
    loaded(tree, messages)
    settings.DEMO = True
    at = f"?policy={SLUG}&region={tree.county.code}&month=2026-01"
    page = signed_in(bureau_admin, size=WIDE)
    wrong: list[str] = []
    for address in (
        f"/attainment/{at}",
        f"/attainment/indicators/example_rooms/{at}",
        f"/attainment/children/{at}&all=1",
        f"/attainment/comparison/{at}",
        f"/attainment/evidence/?policy={SLUG}&region={tree.county.code}&as_of=2026-01-31&indicator=example_rooms",
        f"/attainment/confirmed_months/below/?region={tree.county.code}&month=2026-01",
    ):
        page.set_viewport_size(WIDE)
        page.emulate_media(media="screen")
        page.goto(address, wait_until="networkidle")
        for paper in (".only-print", ".part", ".signed"):
            assert page.locator(paper).filter(visible=True).count() == 0, address
        lay(page)
        wrong += faults(page, address)
        head = page.locator(".main > .only-print")
        for said in (bureau_admin.name, "演示数据", f"填报单位：{tree.county.name}"):
            expect(head).to_contain_text(said)
        if "months" not in address:
            expect(head).to_contain_text("政策：（虚构）城乡社区服务设施建设行动方案")
        if "comparison" not in address and "months" not in address:
            expect(head).to_contain_text("统计截止日期：2026-01-31")
        expect(page.locator(".foot")).to_contain_text("由程序生成")
    assert wrong == []


@pytest.mark.django_db(transaction=True)
def test_a_picture_fills_the_sheet_whatever_window_it_was_drawn_in_and_its_numbers_are_unfolded(
    signed_in: Open, tree: Tree, bureau_admin: User, messages: Messages
) -> None:
    loaded(tree, messages)
    page = signed_in(bureau_admin, size=WIDE)
    page.goto(f"/attainment/indicators/example_rooms/?policy={SLUG}&region={tree.county.code}&month=2026-01")
    chart, months = page.locator("[data-chart=history] svg"), page.locator("details.dt")
    chart.wait_for()
    before = chart.bounding_box()
    expect(months.locator("tbody tr").first).to_be_hidden()
    lay(page)
    drawn, around = chart.bounding_box(), page.locator("[data-chart=history]").bounding_box()
    assert before
    assert drawn
    assert around
    assert before["width"] > SHEET["width"]
    assert abs(drawn["width"] - around["width"]) <= 1
    assert drawn["height"] > 200
    last = chart.locator("text").last.bounding_box()
    assert last
    assert last["x"] + last["width"] <= around["x"] + around["width"]
    expect(months.locator("tbody tr").first).to_be_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size(WIDE)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(months.locator("tbody tr").first).to_be_hidden()
    assert chart.bounding_box() == before


@pytest.mark.django_db(transaction=True)
def test_a_table_of_many_indicators_lies_across_and_repeats_its_head(
    signed_in: Open, tree: Tree, bureau_admin: User, messages: Messages
) -> None:
    loaded(tree, messages)
    page = signed_in(bureau_admin)
    page.goto(f"/attainment/children/?policy={SLUG}&region={tree.county.code}&month=2026-01&all=1")
    assert set(sheets(page)) == {A4}
    page.locator(".heat").evaluate(MORE_COLUMNS)
    assert sheets(page)[-1] == ACROSS
    page.emulate_media(media="print")
    page.set_viewport_size(ViewportSize(width=1032, height=700))
    assert page.evaluate(STICKS_OUT, 1032) == []
    assert page.locator(".heat thead").evaluate("head => head.offsetHeight") < QUARTER


def test_a_part_of_a_list_says_that_it_is_a_part(signed_in: Open, tree: Tree, street_clerk: User) -> None:
    for number in range(25):
        Facility.objects.create(region=tree.street, kind="incubator", name=f"{number}号", since=SINCE)
    page = signed_in(street_clerk)
    page.goto("/regions/facilities/")
    expect(page.locator(".part")).to_be_hidden()
    lay(page)
    expect(page.locator(".part")).to_have_text("这里只印了第 1–20 条，共 25 条")
    assert list(faults(page, page.url)) == []


def test_the_admin_on_paper(signed_in: Open, tree: Tree, bureau_admin: User, settings: Any) -> None:
    settings.DEMO = True
    Facility.objects.create(region=tree.street, kind="incubator", name="长名称" * 30, since=SINCE)
    page = signed_in(bureau_admin)
    for address in ("/admin/", "/admin/regions/facility/", "/admin/regions/facility/add/"):
        page.emulate_media(media="screen")
        page.goto(address)
        expect(page.locator(".sheet")).to_be_hidden()
        lay(page)
        expect(page.locator(".sheet")).to_contain_text("演示数据")
        for selector in ("#header", "#nav-sidebar", "#changelist-filter", ".submit-row", ".object-tools"):
            expect(page.locator(selector).filter(visible=True)).to_have_count(0)
        assert page.evaluate(STICKS_OUT, SHEET["width"]) == [], address
        assert len(sheets(page)) <= (3 if address == "/admin/" else 2), address
