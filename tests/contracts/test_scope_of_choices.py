"""Menus, suggestions, cards and counts: nothing of the next street hides in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse

from governance.kit.listing import LISTINGS, Listing
from governance.kit.scoping import region_path_of
from governance.regions.models import Region
from tests.contracts.conftest import World
from tests.factories import make, make_record
from tests.factories.making import home_field, written
from tests.factories.places import Tree
from tests.stage import staged

FORMS = [listing for listing in LISTINGS.values() if listing.form and "page" in listing.surfaces]


def traces(tree: Tree) -> tuple[str, ...]:
    return ("邻街", tree.next_community.name, tree.next_community.code, tree.next_street.name, tree.next_street.code)


def fill(tree: Tree) -> None:
    for model in LISTINGS:
        make_record(model, tree.community, "本街记录")
        make_record(model, tree.next_community, "邻街记录")


@pytest.fixture(scope="module")
def filled(world: World, django_db_blocker: Any) -> Iterator[None]:
    """Records of every kind in both streets, made once for all tests of this module."""
    with staged(django_db_blocker, lambda: fill(world.tree)):
        yield


@pytest.fixture
def busy(filled: None, tree: Tree) -> Tree:
    """The places with records of every kind in both streets."""
    return tree


@pytest.mark.parametrize("listing", [each for each in FORMS if each.add], ids=lambda each: each.name)
@pytest.mark.parametrize("surface", ["page", "admin"])
def test_the_menus_of_forms(listing: object, surface: str, almighty: Client, busy: Tree) -> None:
    name, app, model = listing.name, listing.app, listing.model._meta.model_name  # type: ignore[attr-defined]
    url = reverse(f"{app}:{name}_add") if surface == "page" else reverse(f"admin:{app}_{model}_add")
    body = almighty.get(url).content.decode()
    for trace in traces(busy):
        assert trace not in body, trace


@pytest.mark.parametrize("text", ["", "临江", "邻街", "ljsq", "430211001", "430211001004", "嵩山路街道"])
@pytest.mark.parametrize("how", ["", "&switch=1"])
def test_the_suggestions_of_places(text: str, how: str, almighty: Client, busy: Tree) -> None:
    body = almighty.get(f"{reverse('regions:region_choices')}?q={text}{how}").content.decode()
    for trace in (busy.next_community.name, busy.next_community.code, busy.next_street.code):
        assert trace not in (body.replace(text, "") if text else body), trace


@pytest.mark.parametrize("text", ["临江社区", "430211001004", "ljsq", "430211001999"])
def test_the_switcher_without_scripts(text: str, almighty: Client, busy: Tree) -> None:
    response = almighty.get(reverse("regions:region_go"), {"q": text})
    assert response.status_code == 200
    body = response.content.decode().replace(text, "")
    assert busy.next_community.name not in body
    assert busy.next_community.get_absolute_url() not in body


@pytest.mark.parametrize("page", ["/", "/regions/430211002000/", "/regions/430211002001/", "/admin/"])
def test_pages_made_of_cards(page: str, almighty: Client, busy: Tree) -> None:
    body = almighty.get(page).content.decode()
    for trace in traces(busy):
        assert trace not in body, trace


# A record of the next street that points to one of ours must not show on the page of ours.
POINTERS = [
    pytest.param(listing, field, id=f"{listing.name}-{field.name}")
    for listing in LISTINGS.values()
    if listing.model not in written("MAKERS")
    for field in listing.model._meta.concrete_fields
    if isinstance(field, ForeignKey) and field.editable and field is not home_field(listing.model)
    if field.related_model in LISTINGS and "page" in LISTINGS[field.related_model].surfaces
    if field.related_model is not Region
]


@pytest.mark.parametrize(("listing", "field"), POINTERS)
def test_what_points_here_from_the_next_street_is_not_told(
    listing: Listing, field: Any, almighty: Client, tree: Tree
) -> None:
    ours = make_record(field.related_model, tree.community, "本街记录又一条")
    with transaction.atomic():
        try:
            made = make(listing.model, tree.next_community, "邻街记录又一条", **{field.name: ours})
        except (IntegrityError, ObjectDoesNotExist) as refused:
            pytest.skip(f"the database lets nothing point across: {refused}")
    if region_path_of(made).startswith(tree.street.path):
        pytest.skip("it is homed where it points to")
    body = almighty.get(LISTINGS[field.related_model].url("detail", ours)).content.decode()
    for trace in traces(tree):
        assert trace not in body, trace


def test_a_filter_by_a_foreign_place_names_nothing(almighty: Client, busy: Tree) -> None:
    body = almighty.get(reverse("regions:facility_list"), {"region": busy.next_community.code}).content.decode()
    assert "邻街记录" not in body
    assert busy.next_community.name not in body


def test_a_message_about_a_place_that_is_not_found_names_only_what_one_may_see(almighty: Client, busy: Tree) -> None:
    response = almighty.post(reverse("regions:estate_add"), {"community": "临江社", "name": "x"})
    assert response.status_code == 400
    assert busy.next_community.name not in response.content.decode()
