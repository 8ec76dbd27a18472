"""Entering a role: the person is found by her number or recorded, and a stranger's record tells nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.kit.errors import DomainError
from governance.people import entry as entries
from governance.people.entry import MISMATCHES, Entry
from governance.people.models import Person
from tests.factories.people import identity_number, make_person
from tests.factories.places import Tree
from tests.kit.test_sealed import key
from tests.people.conftest import HELPERS, NUMBER, OTHER_NUMBER
from tests.trial.models import Helper

PHONE = "13812348000"


def enter(user: User, region: Any, name: str, number: str = "", phone: str = "") -> Any:
    return HELPERS["add"](by=user, region=region, person=Entry.of(name, number, phone))


def test_an_unknown_number_records_the_person(street_clerk: User, tree: Tree) -> None:
    helper = enter(street_clerk, tree.community, " 张 小三 ", " 11010519491231002x ", "+86 138-1234-8000")
    person = helper.person
    assert (person.name, person.pinyin, person.gender, person.birth_year) == ("张 小三", "zxs", "female", 1949)
    assert (person.identity_number.open(), person.phone.open()) == (NUMBER, PHONE)
    assert person in Person.objects.visible_to(street_clerk)
    assert AuditEvent.objects.filter(action="people.person.add", record_id=str(person.pk)).count() == 1
    assert not hasattr(helper, "notice")


def test_a_number_inside_the_scope_is_simply_found(street_clerk: User, tree: Tree) -> None:
    person = make_person(tree.community, "张小三", identity_number=NUMBER, phone=PHONE)
    helper = enter(street_clerk, tree.village, "张小三", NUMBER, "13900001111")
    assert helper.person == person
    assert not hasattr(helper, "notice")
    assert not AuditEvent.objects.filter(action="people.person.link").exists()
    person.refresh_from_db()
    assert person.phone.open() == PHONE  # what is stored stays


def test_a_known_number_from_outside_is_linked_and_tells_only_that_it_is_known(
    street_clerk: User, next_street_clerk: User, tree: Tree
) -> None:
    person = make_person(tree.next_community, "张小三", identity_number=NUMBER, phone=PHONE)
    assert person not in Person.objects.visible_to(street_clerk)
    helper = enter(street_clerk, tree.community, "张小三", NUMBER, "13900001111")
    assert helper.person == person
    assert Person.objects.count() == 1
    assert "已建档" in str(helper.notice)
    assert not any(told in str(helper.notice) for told in ("张", NUMBER, PHONE, tree.next_community.name))
    event = AuditEvent.objects.get(action="people.person.link")
    assert (event.actor, event.record_id, event.region_path) == (street_clerk, str(person.pk), tree.community.path)
    assert event.after == {"role": "trial.helper", "record": helper.pk}
    assert person in Person.objects.visible_to(street_clerk)
    assert person in Person.objects.visible_to(next_street_clerk)
    person.refresh_from_db()
    assert person.phone.open() == PHONE


def test_another_name_is_told_without_the_stored_one_and_nothing_is_linked(street_clerk: User, tree: Tree) -> None:
    person = make_person(tree.next_community, "张小三", identity_number=NUMBER)
    with pytest.raises(DomainError) as refused:
        enter(street_clerk, tree.community, "李四", NUMBER)
    assert refused.value.field == "person"
    assert "不一致" in refused.value.reason
    assert not any(told in refused.value.reason for told in ("张", "三", NUMBER))
    assert person not in Person.objects.visible_to(street_clerk)
    assert Helper.objects.filter(region=tree.community).count() == 0
    person.refresh_from_db()
    assert person.name == "张小三"
    event = AuditEvent.objects.get(action=entries.MISMATCH)
    assert (event.actor, event.record_name) == (street_clerk, "张*三")


@pytest.mark.parametrize("typed", ["阿卜杜拉·买买提", "阿卜杜拉•买买提", " 阿卜杜拉 买买提", "阿卜杜拉买买提"])
def test_dots_and_blanks_make_no_other_name(street_clerk: User, tree: Tree, typed: str) -> None:
    person = make_person(tree.next_community, "阿卜杜拉·买买提", identity_number=NUMBER)
    assert enter(street_clerk, tree.community, typed, NUMBER).person == person


def test_names_cannot_be_tried_against_numbers(street_clerk: User, next_street_clerk: User, tree: Tree) -> None:
    make_person(tree.other_county, "张小三", identity_number=NUMBER)
    for turn in range(MISMATCHES):
        with pytest.raises(DomainError, match="不一致，请核对证件"):
            enter(street_clerk, tree.community, f"张{turn}", NUMBER)
    # from now on right and wrong, known and unknown are told alike
    for name, number in (("张小三", NUMBER), ("李四", NUMBER), ("王五", OTHER_NUMBER)):
        with pytest.raises(DomainError, match="次数过多"):
            enter(street_clerk, tree.community, name, number)
    assert AuditEvent.objects.filter(action="people.person.guessing").count() == 3
    assert enter(street_clerk, tree.community, "赵六").person.name == "赵六"  # without a number there is nothing to try
    assert enter(next_street_clerk, tree.next_community, "张小三", NUMBER)  # nobody else is held up


def test_who_may_not_enter_the_role_learns_nothing(street_clerk: User, no_post: User, tree: Tree) -> None:
    make_person(tree.next_community, "张小三", identity_number=NUMBER)
    for user, region in ((no_post, tree.community), (street_clerk, tree.next_community)):
        for name, number in (("张小三", NUMBER), ("李四", NUMBER), ("李四", OTHER_NUMBER)):
            with pytest.raises(PermissionDenied) as refused:
                enter(user, region, name, number)
            assert "已建档" not in str(refused.value)
    assert not AuditEvent.objects.filter(action__startswith="people.person").exists()
    assert Person.objects.count() == 1


def test_a_role_that_is_refused_leaves_no_person(street_clerk: User, tree: Tree) -> None:
    with pytest.raises(ValidationError):
        HELPERS["add"](by=street_clerk, region=tree.community, person=Entry.of("张三", NUMBER), duty="x" * 21)
    assert not Person.objects.exists()
    assert not AuditEvent.objects.filter(action="people.person.add").exists()


def test_without_a_number_a_phone_and_a_name_find_the_person_in_scope_only(street_clerk: User, tree: Tree) -> None:
    near = make_person(tree.community, "张三", identity_number=None, phone=PHONE)
    far = make_person(tree.next_community, "李四", identity_number=None, phone=PHONE)
    assert enter(street_clerk, tree.village, "张三", phone=PHONE).person == near
    assert enter(street_clerk, tree.village, "李四", phone=PHONE).person != far
    assert enter(street_clerk, tree.village, "张三").person not in (near, far)


@pytest.mark.parametrize(
    ("name", "number", "phone"),
    [("", NUMBER, ""), ("张三", "110105194912310021", ""), ("张三", "", "12"), ("长" * 61, "", "")],
)
def test_what_cannot_be_right_is_refused_at_once(name: str, number: str, phone: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Entry.of(name, number, phone)
    assert not number or number not in " ".join(refused.value.messages)


def test_an_entry_is_not_shown_by_accident() -> None:
    entry = Entry.of("张三", NUMBER, PHONE)
    assert not any(told in f"{entry!r} {entry}" for told in ("张三", NUMBER, PHONE))


def test_a_role_never_passes_to_somebody_else(street_clerk: User, tree: Tree) -> None:
    helper = enter(street_clerk, tree.community, "张三", NUMBER)
    other = make_person(tree.community, "李四")
    with pytest.raises(DomainError) as refused:
        HELPERS["change"](helper, by=street_clerk, person=other)
    assert refused.value.field == "person"
    changed: Any = HELPERS["change"](helper, by=street_clerk, person=helper.person, duty="送餐")
    assert changed.duty == "送餐"


def test_numbers_under_an_older_key_are_found(street_clerk: User, tree: Tree, settings: Any) -> None:
    person = make_person(tree.next_community, "张三", identity_number=NUMBER)
    settings.INDEX_KEYS = [key(), *settings.INDEX_KEYS]
    assert enter(street_clerk, tree.community, "张三", NUMBER).person == person


def test_made_numbers_differ() -> None:
    assert len({identity_number(turn) for turn in range(5000)}) == 5000
