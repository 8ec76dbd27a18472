"""Nothing serious or critical on any address of the portal, and on pages with real results in all their states."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from zlib import crc32

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from governance.accounts.models import User
from governance.kit.listing import LISTINGS
from governance.policies.models import Clause, Policy
from tests.architecture.access import CAST, table
from tests.architecture.routes import Route, routes
from tests.architecture.test_access import given, whose
from tests.attainment.computed import Messages
from tests.browser.conftest import DESK, PHONE
from tests.browser.example import SLUG, loaded, work
from tests.browser.test_every_page import LONG, RULES
from tests.factories import make_record
from tests.factories.places import Tree
from tests.policies.made import make_indicator, make_target

Open = Callable[..., Page]
GET, _VERBS = table()
# Pages of lists come from one place, so a sample of them says as much, always the same one; EVERY_ADDRESS=1 looks at all.
SAMPLE = 1 if os.environ.get("EVERY_ADDRESS") else 40
OWN = ("admin:policies_policy_load", "admin:deliberation_worktask_delete")  # they look like no other page
AT = f"/attainment/?policy={SLUG}&month=2026-01"


def serious(page: Page, address: str) -> Iterator[str]:
    """Yield what keeps somebody from using the page."""
    # the sheets are not loaded once more: the admin's import others, and what is put together of them is refused
    for violation in Axe().run(page, options=RULES | {"preload": False}).response["violations"]:
        if violation["impact"] in ("serious", "critical"):
            yield f"{address}: {violation['id']} {[node['html'][:160] for node in violation['nodes']][:3]}"


def looked_at(route: Route) -> bool:
    """Return whether an address is a page for the administrator, and in the sample."""
    answers = dict(zip(CAST, GET.get(route.name, "").split(), strict=False))
    file = (route.name.startswith("api:") and route.name != "api:docs") or "kind" in route.parameters
    parts = ("_export", "_template", "_file", "_choices", "_pack", "_refused", "jsi18n", "autocomplete", "still_here")
    if answers.get("bureau_admin") != "200" or file or route.name.endswith(parts):
        return False
    return whose(route) is None or route.name in OWN or crc32(route.name.encode()) % SAMPLE == 0


def test_no_address_keeps_anybody_out(signed_in: Open, tree: Tree, bureau_admin: User) -> None:
    values: dict[str, dict[str, Any]] = {}
    for model, listing in LISTINGS.items():
        record: Any = tree.community if listing.name == "region" else make_record(model, tree.community, LONG[:40])
        values[listing.name] = {listing.key: getattr(record, listing.key), "object_id": record.pk}
    page, wrong, addresses = signed_in(bureau_admin), [], [route for route in routes() if looked_at(route)]
    assert len(addresses) > 20
    for route in addresses:
        address = route.url(given(route, values))
        page.goto(address)
        wrong += serious(page, address)
    assert not wrong, "\n".join(wrong)


def in_every_state() -> None:
    """Ask for more than there is, for something late, for something that nobody records, and for a wish."""
    policy = Policy.objects.get(slug=SLUG)
    clause = Clause.objects.filter(policy=policy).earliest("position")
    for position, (slug, numerator, due) in enumerate(
        (
            ("state_behind", "stock(facilities.training_base)", date(2027, 12, 31)),
            ("state_overdue", "stock(facilities.training_base)", date(2025, 6, 30)),
            ("state_no_data", "stock(volunteers.registered)", date(2027, 12, 31)),
            ("state_shown", "stock(facilities.any)", None),
        ),
        10,
    ):
        more = {} if due else {"role": "shown", "direction": ""}
        indicator = make_indicator(
            clause, slug, name=f"{slug}{LONG[:20]}", numerator=numerator, position=position, **more
        )
        if due:
            make_target(indicator, policy.region, due=due, value=Decimal(40))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_results_keep_nobody_out(
    signed_in: Open, tree: Tree, bureau_admin: User, messages: Messages, size: dict[str, int]
) -> None:
    loaded(tree, messages)
    in_every_state()
    work(messages)
    page, wrong = signed_in(bureau_admin, size=size), []
    given = f"?policy={SLUG}&region={tree.county.code}&month=2026-01"
    evidence = f"/attainment/evidence/?policy={SLUG}&region={tree.county.code}&as_of=2026-01-31"
    slugs = ("example_rooms", "example_estates", "example_floor_area", "state_behind", "state_no_data", "state_shown")
    addresses = [
        "/", AT, f"{AT}&order=clause", f"{AT}&status=overdue", f"/attainment/children/{given}&all=1", f"/attainment/comparison/{given}",
        *(f"/attainment/indicators/{slug}/{given}" for slug in slugs),
        *(f"{evidence}&indicator={slug}" for slug in slugs[:3]),
        f"{evidence}&indicator=example_rooms&side=denominator",
    ]  # fmt: skip
    for address in addresses if size == DESK else addresses[1::3]:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address}: {page.locator('main').inner_text()}"
        for chart in page.locator("[data-chart]").all():
            chart.locator("canvas, svg").first.wait_for()
        for folded in page.locator("main details:not([open], .drop) > summary:visible").all():
            folded.click()
        wrong += serious(page, address)
    assert not wrong, "\n".join(wrong)
