"""The level above sees who has confirmed a month and who has not, and confirmed figures show as such."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.attainment.dashboard.confirmed import confirmation_of, last_ended
from governance.attainment.periods import as_text, last_day
from governance.policies.models import Policy
from governance.regions.models import Region
from tests.attainment.test_confirmed_months import confirmed
from tests.attainment.test_dashboard import policy as policy
from tests.factories import make_user
from tests.factories.places import Tree

MONTHS = "/attainment/confirmed_months/below/"


# ---- who has and who has not ----


def test_the_level_above_sees_who_has_and_who_has_not(
    street_clerk: User, bureau_admin: User, tree: Tree, as_user: Any
) -> None:
    row = confirmed(street_clerk, tree.street, note="还有一家补录")
    client = as_user(bureau_admin)
    page = client.get(MONTHS)
    assert (page.context["region"], page.context["confirmed"], page.context["total"]) == (tree.county, 1, 2)
    body = page.content.decode()
    for text in ("泰山路街道", "嵩山路街道", "周敏", "还有一家补录", "1/2 个地区已确认", row.get_absolute_url()):
        assert text in body, text
    assert [each["said"].name for each in client.get(MONTHS, {"state": "no"}).context["rows"]] == ["嵩山路街道"]
    assert [each["said"].name for each in client.get(MONTHS, {"state": "yes"}).context["rows"]] == ["泰山路街道"]
    earlier = client.get(MONTHS, {"month": as_text(last_ended() - 1)})
    assert (earlier.context["confirmed"], earlier.context["total"]) == (0, 2)
    assert f'href="{MONTHS}"' in client.get(reverse("attainment:confirmed_month_list")).content.decode()
    assert "下级 1/2 已确认" in client.get(reverse("desk:workbench")).content.decode()


def test_the_page_below_shows_nothing_of_other_places(street_clerk: User, tree: Tree, as_user: Any) -> None:
    client = as_user(street_clerk)
    for place in (tree.county, tree.next_street, tree.other_county):
        assert client.get(MONTHS, {"region": place.code}).status_code == 404
    assert client.get(MONTHS, {"region": "1"}).status_code == 404
    assert client.get(MONTHS, {"month": "2025-13"}).status_code == 404
    own = client.get(MONTHS)
    assert own.context["total"] == 0  # communities do not confirm
    assert "由乡镇（街道）一并确认" in own.content.decode()


def test_a_month_that_has_not_ended_is_the_last_that_has(bureau_admin: User, tree: Tree, as_user: Any) -> None:
    page = as_user(bureau_admin).get(MONTHS, {"month": as_text(last_ended() + 1)})
    assert page.context["month"] == as_text(last_ended())
    assert page.context["after"] is None


def test_more_places_cost_no_more(
    bureau_admin: User, tree: Tree, as_user: Any, django_assert_max_num_queries: Any
) -> None:
    client = as_user(bureau_admin)
    client.get(MONTHS)
    with django_assert_max_num_queries(
        7
    ):  # session, user, posts, unread messages, place, the place itself, those below
        client.get(MONTHS)


# ---- confirmed figures show as such ----


def test_confirmed_figures_show_as_such(
    policy: Policy, street_clerk: User, bureau_admin: User, tree: Tree, as_user: Any
) -> None:
    row = confirmed(street_clerk, tree.street)
    asked = {"policy": policy.slug, "region": tree.street.code, "month": as_text(last_ended())}
    day = timezone.localtime(row.confirmed_at).date().isoformat()
    for url in ("/attainment/", "/attainment/indicators/incubators/"):
        body = as_user(street_clerk).get(url, asked).content.decode()
        assert f"泰山路街道已确认 · 周敏 {day}" in body, url
        above = as_user(bureau_admin).get(url, asked | {"region": tree.county.code}).content.decode()
        assert ("下级 1/2 已确认" in above) == (url == "/attainment/"), url
        assert "本月数据未确认，去确认" in above, url
        running = as_user(street_clerk).get(url, asked | {"month": ""}).content.decode()
        assert "已确认" not in running, url
        assert "未确认" not in running, url


def test_a_community_has_the_word_of_its_street(street_clerk: User, tree: Tree) -> None:
    row = confirmed(street_clerk, tree.street)
    found = confirmation_of(street_clerk, tree.community, last_ended())
    assert found is not None
    assert (found.own.number, found.own.name, found.below) == (row.pk, tree.street.name, 0)
    narrow = make_user("of_the_community", tree.community, "clerk")
    assert confirmation_of(narrow, tree.community, last_ended()) is None  # her street is not hers to see


def test_what_others_confirm_is_not_shown_at_the_root_of_a_public_policy(
    policy: Policy, street_clerk: User, bureau_admin: User, tree: Tree, as_user: Any
) -> None:
    confirmed(bureau_admin, tree.county)
    asked = {"policy": policy.slug, "region": tree.county.code, "month": as_text(last_ended())}
    page = as_user(street_clerk).get("/attainment/", asked)
    assert page.status_code == 200
    assert page.context["confirmation"] is None


def test_places_that_were_not_there_are_not_counted(bureau_admin: User, tree: Tree) -> None:
    Region.objects.filter(pk=tree.next_street.pk).update(until=last_day(last_ended()))
    found = confirmation_of(bureau_admin, tree.county, last_ended())
    assert found is not None
    assert (found.confirmed, found.below) == (0, 1)
