"""What is masked is shown for a purpose: one record, for a minute, so many times a day, and on the trail without a word of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.deliberation.listings import DISPUTES
from governance.deliberation.models import Dispute
from governance.kit.errors import DomainError
from governance.kit.listing import LISTINGS, Listing
from governance.kit.revealing import SECONDS, reveal
from governance.kit.sealed import SealedField
from governance.people.listings import PERSONS
from governance.people.models import Person
from tests.contracts.surfaces import text_of
from tests.factories import make, make_user
from tests.factories.people import make_person
from tests.factories.places import Tree

NUMBER, PHONE, EMAIL = "11010519491231002X", "13812348000", "zhang@example.org"
ASKED = {"wanted": ["identity_number", "phone"], "purpose": "identity", "note": "窗口核对证件"}


@pytest.fixture
def person(tree: Tree) -> Person:
    return make_person(tree.community, "张小三", identity_number=NUMBER, phone=PHONE, email=EMAIL)


def url_of(person: Person) -> str:
    return reverse("people:person_reveal", args=[person.pk])


def looks() -> Any:
    return AuditEvent.objects.filter(action__endswith=".reveal")


@pytest.mark.parametrize("listing", [each for each in LISTINGS.values()], ids=lambda listing: listing.name)  # noqa: C416
def test_everything_that_is_sealed_can_be_revealed_and_asks_for_a_permission_of_its_own(listing: Listing) -> None:
    fields = listing.model._meta.concrete_fields
    sealed = {field.name for field in fields if isinstance(field, SealedField)}
    assert sealed <= set(listing.reveals) <= {field.name for field in fields}
    declared = {name for name, _label in listing.model._meta.permissions}
    assert bool(listing.reveals) == (f"reveal_{listing.model._meta.model_name}" in declared)


def test_the_page_shows_it_for_a_minute_and_nothing_keeps_it(person: Person, street_clerk: User, as_user: Any) -> None:
    client = as_user(street_clerk)
    assert url_of(person) in text_of(client.get(person.get_absolute_url()))
    answer = client.post(url_of(person), ASKED)
    body = text_of(answer)
    assert NUMBER in body
    assert PHONE in body
    assert EMAIL not in body
    assert answer["Refresh"] == f"{SECONDS}; url={person.get_absolute_url()}"
    assert "no-store" in answer["Cache-Control"]
    assert f'data-revealed="{SECONDS}"' in body
    assert NUMBER not in text_of(client.get(url_of(person)))
    event = looks().get()
    assert event.after == {"fields": ["identity_number", "phone"], "purpose": "identity", "note": "窗口核对证件"}
    assert (event.actor, event.record_id, event.surface) == (street_clerk, str(person.pk), "page")
    kept = f"{event.before}{event.after}{event.record_name}{dict(client.session)}"
    assert not any(secret in kept for secret in (NUMBER, PHONE, EMAIL, "张小三"))


def test_a_part_of_the_page_is_answered_with_the_panel(person: Person, street_clerk: User, as_user: Any) -> None:
    client = as_user(street_clerk)
    part = {"HX-Request": "true"}
    asked = text_of(client.get(url_of(person), headers=part))
    assert "<html" not in asked
    assert 'name="purpose"' in asked
    refused = client.post(url_of(person), ASKED | {"note": "看"}, headers=part)
    assert refused.status_code == 200  # else the browser would not put it in
    assert "4" in text_of(refused)
    assert not looks().exists()
    shown = text_of(client.post(url_of(person), ASKED, headers=part))
    assert "<html" not in shown
    assert NUMBER in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"wanted": []},
        {"wanted": ["gender"]},
        {"purpose": ""},
        {"purpose": "curiosity"},
        {"note": "看"},
        {"note": "字" * 201},
        {"note": f"核对 {NUMBER}"},
        {"note": "核对\u202e证件"},
    ],
    ids=str,
)
def test_without_a_purpose_nothing_is_shown(
    wrong: dict[str, Any], person: Person, street_clerk: User, as_user: Any
) -> None:
    answer = as_user(street_clerk).post(url_of(person), ASKED | wrong)
    assert answer.status_code == 400
    assert PHONE not in text_of(answer)
    assert not looks().exists()


def test_nobody_outside_and_nobody_without_the_permission(
    person: Person, tree: Tree, next_street_clerk: User, no_post: User, auditor: User, system_admin: User, as_user: Any
) -> None:
    viewer = make_user("viewer", tree.street, "viewer")
    for user, status in ((next_street_clerk, 404), (no_post, 403), (auditor, 403), (system_admin, 403), (viewer, 403)):
        for method in ("get", "post"):
            answer = getattr(as_user(user), method)(url_of(person), ASKED)
            assert answer.status_code == status, (user, method)
            assert PHONE not in text_of(answer)
        with pytest.raises(PermissionDenied):
            reveal(PERSONS, person, by=user, fields=["phone"], purpose="identity", note="窗口核对证件")
    assert url_of(person) not in text_of(as_user(viewer).get(person.get_absolute_url()))
    assert not looks().exists()


def test_so_many_times_a_day_whatever_the_record(
    person: Person, tree: Tree, street_clerk: User, bureau_admin: User, settings: Any, as_user: Any
) -> None:
    settings.REVEALS_PER_DAY = 2
    client = as_user(street_clerk)
    dispute = make(Dispute, tree.community, "纠纷", parties="张三与李四", summary="噪音")
    shown = reveal(DISPUTES, dispute, by=street_clerk, fields=["parties"], purpose="service", note="上门调解准备")
    assert shown == {"parties": "张三与李四"}
    assert client.post(url_of(person), ASKED).status_code == 200
    answer = client.post(url_of(person), ASKED)
    assert answer.status_code == 400
    assert "已达 2 次的上限" in text_of(answer)
    assert PHONE not in text_of(answer)
    assert looks().count() == 2
    reveal(PERSONS, person, by=bureau_admin, fields=["phone"], purpose="identity", note="窗口核对证件")
    with pytest.raises(DomainError) as refused:
        reveal(PERSONS, person, by=street_clerk, fields=["phone"], purpose="identity", note="窗口核对证件")
    assert refused.value.code == "reveals_used_up"


def test_the_admin_shows_masks(person: Person, bureau_admin: User, as_user: Any) -> None:
    client = as_user(bureau_admin)
    for page in (
        reverse("admin:people_person_changelist"),
        reverse("admin:people_person_change", args=[person.pk]),
        reverse("admin:people_person_history", args=[person.pk]),
    ):
        body = text_of(client.get(page))
        assert "张*三" in body
        assert not any(secret in body for secret in (NUMBER, PHONE, EMAIL, "张小三"))
