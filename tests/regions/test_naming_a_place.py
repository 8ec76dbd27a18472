"""A place is named by its code, or by a name that only one place has."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from governance.accounts.models import User
from governance.regions.models import Estate, Region
from tests.factories import make_region
from tests.factories.places import Tree


@pytest.mark.parametrize("given", ["430211002001", "铁西居委会", " 430211002001 "])
def test_a_code_or_a_name_will_do(given: str, street_clerk: User, tree: Tree, as_user: Any) -> None:
    response = as_user(street_clerk).post(reverse("regions:estate_add"), {"community": given, "name": "金谷"})
    assert response.status_code == 302, response.content.decode()
    assert Estate.objects.get().community == tree.community


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("铁西", "铁西居委会（430211002001）"),
        ("430211002000", "这里只能选"),
        ("", "必填"),
        ("999999999999", "没有“999999999999”这个地区"),
    ],
)
def test_a_place_that_will_not_do_is_explained(
    given: str, message: str, street_clerk: User, tree: Tree, as_user: Any
) -> None:
    response = as_user(street_clerk).post(reverse("regions:estate_add"), {"community": given, "name": "金谷"})
    assert response.status_code == 400
    body = response.content.decode()
    assert message in body
    assert "金谷" in body


def test_a_name_that_two_places_have_asks_for_the_code(bureau_admin: User, tree: Tree, as_user: Any) -> None:
    make_region("430211001005", tree.community.name, tree.next_street)
    response = as_user(bureau_admin).post(reverse("regions:estate_add"), {"community": "铁西居委会", "name": "金谷"})
    assert "不止一个" in response.content.decode()


def test_a_link_fills_the_form(street_clerk: User, tree: Tree, as_user: Any) -> None:
    page = as_user(street_clerk).get(reverse("regions:facility_add"), {"region": tree.community.code})
    assert tree.community.code in page.content.decode()


@pytest.mark.parametrize("text", ["铁西", "txjwh", "430211002001"])
def test_the_switcher_goes_straight_to_the_one_place_meant(
    text: str, street_clerk: User, tree: Tree, as_user: Any
) -> None:
    response = as_user(street_clerk).get(reverse("regions:region_go"), {"q": text})
    assert response.status_code == 302
    assert response["Location"] == tree.community.get_absolute_url()


def test_a_place_loaded_in_part_says_so_wherever_it_is_summed(bureau_admin: User, tree: Tree, as_user: Any) -> None:
    client = as_user(bureau_admin)
    assert "只载入了部分下级" not in client.get(tree.county.get_absolute_url()).content.decode()
    Region.objects.filter(pk=tree.street.pk).update(partial=True)
    for page in (tree.county.get_absolute_url(), tree.street.get_absolute_url(), "/"):
        assert "只载入了部分下级" in client.get(page).content.decode(), page
    assert "只载入了部分下级" not in client.get(tree.next_street.get_absolute_url()).content.decode()


def test_an_unknown_place_is_404(street_clerk: User, as_user: Any) -> None:
    assert as_user(street_clerk).get("/regions/430299999999/").status_code == 404


def test_findings_list_places_whose_code_and_name_disagree(street_clerk: User, tree: Tree, as_user: Any) -> None:
    make_region("430211002202", "金龙社区", tree.street)
    body = as_user(street_clerk).get(reverse("regions:region_list"), {"finding": "true"}).content.decode()
    assert "金龙社区" in body
    assert tree.community.name not in body
    assert tree.village.name not in body


def test_renaming_a_place_renews_its_initials(bureau_admin: User, tree: Tree, partner: Any, as_user: Any) -> None:
    url = reverse("api:region-detail", args=[tree.community.code])
    response = as_user(bureau_admin).patch(url, {"name": "重庆路社区"}, content_type="application/json")
    assert response.status_code == 200
    assert Region.objects.get(pk=tree.community.pk).initials == "cqlsq"
    assert partner.patch(url, {"name": "x"}, content_type="application/json").status_code == 403
