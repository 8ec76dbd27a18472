"""A related record is named in one way everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.kit.picker import RecordField, key_of, resolve
from governance.kit.references import Refusal, reference_for
from governance.kit.scoping import Scope
from governance.regions.listings import ESTATES, FACILITIES
from governance.regions.models import Estate, Facility
from tests.factories.places import Tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def rooms(tree: Tree) -> dict[str, Facility]:
    """Two rooms of one name in the street, one in the next street, one with a name of its own."""
    places = {"first": tree.community, "second": tree.street, "next": tree.next_community, "own": tree.community}
    return {
        name: Facility.objects.create(
            region=place,
            kind="social_work_room",
            name="江畔社工室" if name == "own" else "社工室",
            since=date(2024, 1, 1),
        )
        for name, place in places.items()
    }


def field(user: User) -> RecordField:
    return RecordField(Facility.objects.nameable_by(user), listing=FACILITIES)


def test_by_number_by_a_name_of_its_own_and_as_picked(rooms: dict[str, Facility], street_clerk: User) -> None:
    own, asked = rooms["own"], field(street_clerk)
    for text in (str(own.pk), f"#{own.pk}", "江畔社工室", asked.prepare_value(own), asked.prepare_value(own.pk)):
        assert asked.clean(text) == own, text


@pytest.mark.parametrize("text", ["社工室", "没有的", "9" * 30, "#x", "社\u202e工室"])
def test_what_is_not_clear_is_refused(text: str, rooms: dict[str, Facility], street_clerk: User) -> None:
    with pytest.raises(ValidationError):
        field(street_clerk).clean(text)


def test_a_record_of_the_next_street_is_like_none(rooms: dict[str, Facility], street_clerk: User) -> None:
    refused = {}
    for number in (rooms["next"].pk, 999999999):
        with pytest.raises(ValidationError) as refusal:
            field(street_clerk).clean(str(number))
        refused[number] = refusal.value.messages[0].replace(str(number), "")
    assert len(set(refused.values())) == 1


def test_many_at_once_cost_two_queries(
    rooms: dict[str, Facility], street_clerk: User, django_assert_num_queries: Any
) -> None:
    names = {
        (str(rooms["own"].pk),),
        (f"#{rooms['own'].pk}",),
        ("江畔社工室",),
        ("社工室",),
        (str(rooms["next"].pk),),
        ("没有的",),
    }
    scope = street_clerk.scope_for("regions.view_facility")
    with django_assert_num_queries(2):
        found = resolve(FACILITIES, names, scope)
    own = rooms["own"].pk
    assert {name: pk for (name,), pk in found.items() if not isinstance(pk, Refusal)} == {
        str(own): own,
        f"#{own}": own,
        "江畔社工室": own,
    }
    assert set(found) == names
    nothing = resolve(FACILITIES, names, Scope(())).values()
    assert all(isinstance(each, Refusal) for each in nothing)


def test_a_natural_key_goes_before_the_number(rooms: dict[str, Facility]) -> None:
    class Coded:
        """A listing whose records have an address as their key."""

        natural, model = ("address",), Facility

    own = rooms["own"]
    assert key_of(Coded, own) == f"#{own.pk}"  # type: ignore[arg-type]
    own.address = "A-1"
    assert key_of(Coded, own) == "A-1"  # type: ignore[arg-type]


def test_suggestions_are_those_that_one_may_name(
    rooms: dict[str, Facility], street_clerk: User, next_street_clerk: User, no_post: User, as_user: Any
) -> None:
    url = reverse("regions:facility_choices")
    told = {
        user: as_user(user).get(url, {"q": "社工室"}).content.decode() for user in (street_clerk, next_street_clerk)
    }
    assert told[street_clerk].count("<option") == 3
    assert told[next_street_clerk].count("<option") == 1
    picked = as_user(street_clerk).get(url, {"facility": f"{rooms['own'].pk} 江畔社工室"}).content.decode()
    assert picked.count("<option") == 1
    assert "<option" not in as_user(no_post).get(url).content.decode()
    assert Client().get(url).status_code == 302


def test_places_are_named_in_their_own_way() -> None:
    reference = reference_for(Estate._meta.get_field("community"))
    assert reference is not None
    assert reference.key(Estate._meta.get_field("community").related_model(code="430211002001")) == "430211002001"


@pytest.mark.parametrize("surface", ["action", "form"])
def test_a_place_of_the_wrong_level_is_refused_in_the_same_words(
    surface: str, tree: Tree, street_clerk: User, as_user: Any
) -> None:
    words = "这里只能选：村（社区）。"
    if surface == "form":
        body = as_user(street_clerk).post(reverse("regions:estate_add"), {"community": tree.street.code, "name": "甲"})
        assert (body.status_code, words in body.content.decode()) == (400, True)
        return
    assert ESTATES.add is not None
    with pytest.raises(ValidationError) as refusal:
        ESTATES.add(by=street_clerk, community=tree.street, name="甲")
    assert len(refusal.value.error_dict["community"]) == 1
    assert words in refusal.value.message_dict["community"][0]


def test_a_listing_keeps_its_address_only_once() -> None:
    with pytest.raises(ValueError, match="has a listing already"):
        replace(FACILITIES)
