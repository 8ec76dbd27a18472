"""On what the use of data rests: by purpose, by version, by a guardian for a child, and never changed afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from governance.accounts.models import User
from governance.kit import records
from governance.kit.errors import DomainError
from governance.kit.identity import check_character
from governance.people.models import Person
from governance.privacy import actions
from governance.privacy.models import Consent
from tests.contracts.surfaces import text_of
from tests.factories.people import make_person
from tests.factories.places import Tree
from tests.factories.privacy import make_notice

GIVEN = {"purpose": "service", "basis": "consent", "how": "in_person", "given_on": date(2026, 3, 2)}


@pytest.fixture
def person(tree: Tree, bureau_admin: User) -> Person:
    make_notice(tree.county, bureau_admin, version="2026-1")
    return make_person(tree.community, "张小三")


def give(person: Person, by: User, **values: Any) -> Any:
    return actions.give(by=by, person=person, **GIVEN | values)


def child(tree: Tree) -> Person:
    body = f"430211{timezone.localdate().year - 9}0102001"
    return make_person(tree.community, "张小小", identity_number=body + check_character(body))


def test_it_takes_the_version_that_holds_at_the_place(person: Person, street_clerk: User, as_user: Any) -> None:
    given = give(person, street_clerk)
    assert given.notice.version == "2026-1"
    page = text_of(as_user(street_clerk).get(person.get_absolute_url()))
    assert given.get_absolute_url() in page
    assert "登记和提供服务" in page


def test_a_duty_needs_no_consent_but_its_article(person: Person, street_clerk: User) -> None:
    duty = {"basis": "duty", "how": "", "purpose": "health"}
    with pytest.raises(ValidationError, match="条文"):
        give(person, street_clerk, **duty)
    given = give(person, street_clerk, **duty, duty="《社会救助暂行办法》第十一条")
    assert given.notice is None
    with pytest.raises(DomainError, match="不能撤回"):
        records.move(given, "withdraw", by=street_clerk, withdrawn_on=date(2026, 4, 1))


def test_for_a_child_a_guardian_agrees(tree: Tree, person: Person, street_clerk: User) -> None:
    small = child(tree)
    with pytest.raises(DomainError, match="监护人"):
        give(small, street_clerk, purpose="minor")
    with pytest.raises(ValidationError, match="监护关系"):
        give(small, street_clerk, purpose="minor", how="guardian")
    with pytest.raises(DomainError, match="监护人姓名"):
        give(small, street_clerk, purpose="minor", how="guardian", guardian_relation="parent")
    told = {"how": "guardian", "guardian_name": "张大三", "guardian_relation": "parent"}
    given = give(small, street_clerk, purpose="minor", **told)
    assert str(given.guardian_name) == "******"
    with connection.cursor() as cursor:
        cursor.execute("SELECT guardian_name FROM privacy_consent WHERE id = %s", [given.pk])
        assert "张大三".encode() not in bytes(cursor.fetchone()[0])


def test_paper_needs_its_scan(person: Person, street_clerk: User) -> None:
    with pytest.raises(DomainError, match="扫描件"):
        give(person, street_clerk, how="paper")
    scan = ContentFile(b"%PDF-1.4 signed", name="signed.pdf")
    assert give(person, street_clerk, how="paper", file=scan).file


def test_only_a_withdrawal_changes_it(person: Person, street_clerk: User) -> None:
    given = give(person, street_clerk)
    with pytest.raises(DomainError, match="早于"):
        records.move(given, "withdraw", by=street_clerk, withdrawn_on=GIVEN["given_on"] - timedelta(days=1))  # type: ignore[operator]
    records.move(given, "withdraw", by=street_clerk, withdrawn_on=date(2026, 4, 1))
    for change in (
        "purpose = 'health'",
        "given_on = '2020-01-01'",
        "state = 'standing', withdrawn_on = NULL",
        "how = 'paper'",
    ):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE privacy_consent SET {change} WHERE id = %s", [given.pk])
    with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
        Consent.objects.filter(pk=given.pk).delete()


def test_those_on_an_older_version_are_found(
    tree: Tree, person: Person, street_clerk: User, bureau_admin: User, as_user: Any
) -> None:
    old = give(person, street_clerk)
    make_notice(tree.county, bureau_admin, version="2026-2")
    new = give(person, street_clerk, purpose="identity")
    clerk = as_user(street_clerk)
    older, newer = (text_of(clerk.get(f"/privacy/consents/?older={value}")) for value in "10")
    assert old.get_absolute_url() in older
    assert new.get_absolute_url() not in older
    assert new.get_absolute_url() in newer
    assert old.get_absolute_url() not in newer
    give(person, street_clerk)  # who agrees again is on an older version no longer
    assert old.get_absolute_url() not in text_of(clerk.get("/privacy/consents/?older=1"))


def test_another_street_sees_none(person: Person, street_clerk: User, next_street_clerk: User, as_user: Any) -> None:
    given = give(person, street_clerk)
    assert as_user(next_street_clerk).get(given.get_absolute_url()).status_code == 404
    with pytest.raises(Exception, match="岗位"):
        give(person, next_street_clerk)


def test_forms_that_record_a_person_say_why_and_where_to_read(street_clerk: User, as_user: Any) -> None:
    page = text_of(as_user(street_clerk).get("/volunteers/volunteers/add/"))
    assert "敏感个人信息" in page
    assert 'href="/privacy/"' in page
