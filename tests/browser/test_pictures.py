"""A picture of numbers is kept as a file, with its name and whether it is made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from governance.accounts.models import User
from tests.attainment.computed import Messages
from tests.browser.example import SLUG, loaded
from tests.factories.places import Tree

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.django_db(transaction=True)
def test_the_history_of_an_indicator_is_kept_as_a_picture(
    signed_in: Callable[..., Page], tree: Tree, bureau_admin: User, messages: Messages, tmp_path: Path
) -> None:
    loaded(tree, messages)
    page = signed_in(bureau_admin)
    page.goto(f"/attainment/indicators/example_rooms/?policy={SLUG}&region={tree.county.code}")
    chart = page.locator("[data-chart=history]")
    chart.locator("svg").wait_for()
    size = chart.bounding_box()
    assert size is not None
    page.locator("summary", has_text="导出").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="图片（PNG）").click()
    file = tmp_path / "picture.png"
    started.value.save_as(file)
    assert started.value.suggested_filename == "社会工作室覆盖率.png"
    content = file.read_bytes()
    assert content.startswith(PNG)
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    assert width == 2 * int(size["width"])
    assert height > 2 * size["height"]  # the line above it
    with page.expect_download() as started:
        page.get_by_role("link", name="Excel 表格").click()
    assert started.value.suggested_filename.endswith(".xlsx")
