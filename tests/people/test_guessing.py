"""What an attacker learns who tries numbers and names: the fifth wrong one is the last within the hour, on every way."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.kit.errors import DomainError
from governance.people.actions import change
from governance.people.entry import MISMATCH, MISMATCHES, Entry, known, refuse_guessing
from governance.people.models import Person
from tests.factories.people import make_person
from tests.factories.places import Tree
from tests.kit.test_sealed import key
from tests.people.conftest import NUMBER, OTHER_NUMBER
from tests.people.test_entry import enter


def tried(user: User, entries: list[Entry]) -> dict[Entry, str]:
    return refuse_guessing(entries, known(entries), by=user)


def test_many_wrong_at_once_count_so_that_they_cannot_be_tried_again_and_again(street_clerk: User, tree: Tree) -> None:
    there = [make_person(tree.community, f"张{turn}三") for turn in range(MISMATCHES)]
    wrong = [Entry.of("李四", each.identity_number.open()) for each in there]
    make_person(tree.other_county, "王小五", identity_number=NUMBER)
    # five of one's own under a wrong name, and a guess about a stranger: a wrong guess must not be free
    assert set(tried(street_clerk, [*wrong, Entry.of("王五", NUMBER)])) > set(wrong)
    assert AuditEvent.objects.filter(action=MISMATCH, actor=street_clerk).count() == MISMATCHES
    with pytest.raises(Exception, match="次数过多"):
        enter(street_clerk, tree.community, "王小五", NUMBER)


def test_what_went_wrong_before_counts_together_with_what_a_file_brings(street_clerk: User, tree: Tree) -> None:
    there = [make_person(tree.next_community, f"张{turn}三") for turn in range(MISMATCHES + 1)]
    wrong = [Entry.of("李四", each.identity_number.open()) for each in there]
    assert "不一致，" in tried(street_clerk, wrong[:1])[wrong[0]]
    assert all("次数过多" in told for told in tried(street_clerk, wrong[1:]).values())


def test_the_same_file_checked_again_holds_nobody_up(street_clerk: User, tree: Tree) -> None:
    there = [make_person(tree.next_community, f"张{turn}三") for turn in range(MISMATCHES - 1)]
    wrong = [Entry.of("李四", each.identity_number.open()) for each in there]
    for _turn in range(3):
        assert all("不一致，" in told for told in tried(street_clerk, wrong).values())
    assert AuditEvent.objects.filter(action=MISMATCH).count() == MISMATCHES - 1
    kept = str(AuditEvent.objects.filter(action=MISMATCH).values("before", "after", "record_name"))
    assert not any(each.identity_number.open() in kept or each.name in kept for each in there)


def taken(user: User, person: Person, number: str) -> str:
    with pytest.raises(DomainError) as refused:
        change(person, by=user, identity_number=number)
    assert refused.value.field == "identity_number"
    return refused.value.reason


def test_numbers_cannot_be_tried_by_giving_them_to_somebody(street_clerk: User, tree: Tree) -> None:
    there = [make_person(tree.other_county, f"张{turn}三") for turn in range(MISMATCHES + 1)]
    person = make_person(tree.community, "李四", identity_number=None)
    for each in there[:MISMATCHES]:
        assert "已建档" in taken(street_clerk, person, each.identity_number.open())
    assert "次数过多" in taken(street_clerk, person, there[-1].identity_number.open())
    assert "次数过多" in taken(street_clerk, person, OTHER_NUMBER)  # known and unknown are told alike
    person.refresh_from_db()
    assert person.identity_number is None
    assert change(person, by=street_clerk, name="李小四").name == "李小四"  # the rest goes on


def test_a_number_of_somebody_whom_one_sees_costs_nothing(street_clerk: User, tree: Tree) -> None:
    make_person(tree.community, "张三", identity_number=NUMBER)
    person = make_person(tree.community, "李四", identity_number=None)
    for _turn in range(MISMATCHES + 1):
        assert "已建档" in taken(street_clerk, person, NUMBER)
    assert change(person, by=street_clerk, identity_number=OTHER_NUMBER).identity_number == OTHER_NUMBER
    person.refresh_from_db()
    changed = change(person, by=street_clerk, identity_number=str(person.identity_number), name="李小四")
    assert changed.identity_number == OTHER_NUMBER  # the mask that a form sends back


def test_a_number_under_an_older_key_is_taken_too(street_clerk: User, tree: Tree, settings: Any) -> None:
    make_person(tree.next_community, "张三", identity_number=NUMBER)
    person = make_person(tree.community, "李四", identity_number=None)
    settings.INDEX_KEYS = [key(), *settings.INDEX_KEYS]
    assert "已建档" in taken(street_clerk, person, NUMBER)


@pytest.mark.parametrize("surface", ["page", "api"])
def test_who_gives_a_taken_number_is_told_at_its_field(
    surface: str, street_clerk: User, tree: Tree, as_user: Any
) -> None:
    make_person(tree.next_community, "张三", identity_number=NUMBER)
    person = make_person(tree.community, "李四", identity_number=None)
    client = as_user(street_clerk)
    if surface == "page":
        page = reverse("people:person_change", args=[person.pk])
        seen = person.changed_at.isoformat()
        answer = client.post(page, {"name": "李四", "identity_number": NUMBER, "seen": seen})
        assert answer.status_code == 400
        assert "该证件号码已建档。" in str(answer.context["form"].errors["identity_number"])
    else:
        address = reverse("api:person-detail", args=[person.pk])
        answer = client.patch(address, {"identity_number": NUMBER}, content_type="application/json")
        assert answer.status_code == 409
        assert "该证件号码已建档。" in answer.content.decode()
    assert AuditEvent.objects.filter(action=MISMATCH, actor=street_clerk).count() == 1
