"""What is sealed: unreadable in the database, a mask wherever it turns up, found again by its checksum alone."""

from __future__ import annotations

import base64
import copy
import json
import os
import pickle
from typing import Any

import pytest
from django.core import checks
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection
from django.test import override_settings

from governance.kit import keyring
from governance.kit.keyring import Unreadable, check_keys, index_of, indexes_of, is_current, seal, unseal
from governance.kit.masks import mask_account, mask_email, mask_identity, mask_name, mask_phone
from governance.kit.sealed import Sealed
from governance.people.models import Person
from tests.factories.people import make_person
from tests.factories.places import Tree

NUMBER, PHONE = "11010519491231002X", "13812348000"


def key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def test_a_text_is_sealed_differently_each_time_and_opens_again() -> None:
    first, second = seal(NUMBER, "a.b.c"), seal(NUMBER, "a.b.c")
    assert first != second
    assert NUMBER.encode() not in first
    assert unseal(first, "a.b.c") == unseal(second, "a.b.c") == NUMBER


def test_what_is_moved_to_another_column_or_touched_cannot_be_opened() -> None:
    token = seal(NUMBER, "a.b.c")
    with pytest.raises(Unreadable):
        unseal(token, "a.b.d")
    with pytest.raises(Unreadable):
        unseal(token[:-1] + bytes([token[-1] ^ 1]), "a.b.c")


def test_keys_are_replaced_while_the_portal_runs(settings: Any) -> None:
    token, index = seal(NUMBER, "a.b.c"), index_of(NUMBER, "identity")
    settings.SEALING_KEYS, settings.INDEX_KEYS = (
        [key(), *settings.SEALING_KEYS],
        [key(), *settings.INDEX_KEYS],
    )
    assert unseal(token, "a.b.c") == NUMBER
    assert not is_current(token)
    assert is_current(seal(NUMBER, "a.b.c"))
    assert index_of(NUMBER, "identity") != index
    assert index in indexes_of(NUMBER, "identity")
    settings.SEALING_KEYS = settings.SEALING_KEYS[:1]
    with pytest.raises(Unreadable):
        unseal(token, "a.b.c")


def test_the_checksum_depends_on_the_purpose_and_the_key(settings: Any) -> None:
    assert index_of(NUMBER, "identity") != index_of(NUMBER, "phone")
    before = index_of(NUMBER, "identity")
    settings.INDEX_KEYS = [key()]
    assert index_of(NUMBER, "identity") != before


@pytest.mark.parametrize(
    ("sealing", "index", "expected"),
    [
        ([], [], ["kit.E011", "kit.E011"]),
        (["c2hvcnQ="], [key()], ["kit.E011"]),
        (["not base64!"], [key()], ["kit.E011"]),
        ([key()], [], ["kit.E011"]),
        (["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="] * 2, [key()], ["kit.E011"]),
        ([key()], [key()], []),
    ],
)
def test_production_does_not_run_without_keys(sealing: list[str], index: list[str], expected: list[str]) -> None:
    with override_settings(SEALING_KEYS=sealing, INDEX_KEYS=index):
        found = [each for each in checks.run_checks(tags=["security"]) if (each.id or "").startswith("kit.E01")]
        assert [each.id for each in found] == expected
        assert all(each.is_serious() for each in found)
        assert not any(given in str(each) for each in found for given in sealing + index)


def test_one_key_for_both_purposes_is_refused() -> None:
    same = key()
    with override_settings(SEALING_KEYS=[same], INDEX_KEYS=[same]):
        assert [each.id for each in check_keys()] == ["kit.E012"]


def test_without_keys_nothing_is_written_in_plain(settings: Any) -> None:
    settings.SEALING_KEYS = []
    with pytest.raises(ImproperlyConfigured):
        seal(NUMBER, "a.b.c")


def test_a_sealed_text_shows_its_mask_and_nothing_more() -> None:
    sealed = Sealed("a.b.c", mask_identity, text=NUMBER)
    assert str(sealed) == f"{sealed}" == "110************02X"
    assert NUMBER not in repr(sealed)
    assert NUMBER not in repr({"x": sealed})
    with pytest.raises(TypeError):
        pickle.dumps(sealed)
    with pytest.raises(TypeError):
        json.dumps(sealed)
    assert copy.deepcopy(sealed) is sealed
    assert sealed.open() == NUMBER


@pytest.mark.parametrize(
    ("masked", "shown"),
    [
        (mask_name("张三"), "张*"),
        (mask_name("张小三"), "张*三"),
        (mask_name("欧阳修"), "欧阳*"),
        (mask_name("欧阳小修"), "欧阳*修"),
        (mask_name("欧阳"), "欧*"),
        (mask_name("李"), "*"),
        (mask_name(""), "*"),
        (mask_identity(NUMBER), "110************02X"),
        (mask_identity("1234567"), "******"),
        (mask_phone(PHONE), "138****8000"),
        (mask_phone("110"), "******"),
        (mask_email("zhang@example.org"), "z****@example.org"),
        (mask_email("zhang"), "******"),
        (mask_account("6222021234567890123"), "***************0123"),
        (mask_account("1234"), "******"),
    ],
)
def test_masks(masked: str, shown: str) -> None:
    assert masked == shown


def test_the_database_holds_nothing_in_plain(tree: Tree) -> None:
    person = make_person(tree.community, "张小三", identity_number=NUMBER, phone=PHONE, email="zhang@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text, row_to_json(p)::text FROM people_person p WHERE id = %s", [person.pk])
        rows = "".join(cursor.fetchone())
    for secret in (NUMBER, PHONE, "zhang@example.org"):
        assert secret not in rows
        assert secret.encode().hex() not in rows  # nor as bytes
    stored = Person.objects.get(pk=person.pk)
    assert (stored.identity_number.open(), stored.phone.open(), stored.email.open()) == (
        NUMBER,
        PHONE,
        "zhang@example.org",
    )


def test_an_untouched_text_keeps_its_token_and_a_mask_sent_back_changes_nothing(tree: Tree) -> None:
    person = make_person(tree.community, "张小三", identity_number=NUMBER, phone=PHONE)
    token = person.phone.token
    person.phone = "138****8000"
    person.save()
    person.refresh_from_db()
    assert person.phone.open() == PHONE
    assert person.phone.token == token
    person.phone = "139 1234 8000"
    person.save()
    person.refresh_from_db()
    assert person.phone.open() == "13912348000"
    assert bytes(person.phone_index) == keyring.index_of("13912348000", "phone")


def test_nobody_looks_up_or_sorts_by_what_is_sealed(tree: Tree) -> None:
    with pytest.raises(FieldError):
        Person.objects.filter(identity_number=NUMBER)
    with pytest.raises(FieldError):
        Person.objects.filter(phone__contains="138")
    assert not Person.objects.filter(identity_number__isnull=False).exists()
