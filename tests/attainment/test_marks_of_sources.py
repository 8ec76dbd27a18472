"""Records that change mark their places, by every way in which Django writes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction

from governance.attainment.periods import month_of
from governance.regions.models import Region
from tests.attainment.marked import DAY, MONTH, forget, marks
from tests.factories.places import Tree
from tests.trial.models import Certificate, Group, Post, Session, Undertaking

JULY, AUGUST = date(2024, 7, 5), date(2024, 8, 5)


@pytest.fixture
def here(tree: Tree) -> int:
    forget()
    return tree.community.pk


@pytest.fixture
def there(tree: Tree) -> int:
    return tree.village.pk


def a_group(home: int, since: date | None = DAY, until: date | None = None) -> Group:
    group = Group.objects.create(home_id=home, since=since, until=until)
    forget()
    return group


def a_certificate(home: int) -> Certificate:
    post = Post.objects.create(home_id=home, person=1, since=date(2020, 1, 1))
    certificate = Certificate.objects.create(holder=post, level="senior", since=DAY)
    forget()
    return certificate


def test_a_row_that_is_added_or_removed_marks_its_home_from_its_start(here: int) -> None:
    group = Group.objects.create(home_id=here, since=DAY)
    assert marks() == [(here, False, MONTH)]
    group.delete()
    assert marks() == [(here, False, MONTH)]


def test_a_row_without_a_start_is_there_from_ever(here: int) -> None:
    Group.objects.bulk_create([Group(home_id=here, since=DAY), Group(home_id=here, since=None)])
    assert marks() == [(here, False, None)]
    Group.objects.filter(since=None).update(since=JULY)
    assert marks() == [(here, False, None)]
    Group.objects.filter(since=JULY).update(since=AUGUST)
    assert marks() == [(here, False, month_of(JULY))]


def test_a_row_that_moves_marks_both_places(here: int, there: int) -> None:
    group = a_group(here)
    group.home_id = there
    group.save()
    assert marks() == sorted([(here, False, MONTH), (there, False, MONTH)], key=str)


def test_a_row_moved_in_time_marks_from_the_earlier_start(here: int) -> None:
    group = a_group(here, since=JULY)
    Group.objects.filter(pk=group.pk).update(since=DAY)
    assert marks() == [(here, False, MONTH)]
    Group.objects.filter(pk=group.pk).update(since=AUGUST)
    assert marks() == [(here, False, MONTH)]


def test_an_end_that_moves_marks_from_the_earlier_end(here: int) -> None:
    group = a_group(here)
    Group.objects.filter(pk=group.pk).update(until=AUGUST)
    assert marks() == [(here, False, month_of(AUGUST))]
    Group.objects.filter(pk=group.pk).update(until=JULY)
    assert marks() == [(here, False, month_of(JULY))]
    Group.objects.filter(pk=group.pk).update(until=None)
    assert marks() == [(here, False, month_of(JULY))]


def test_an_end_that_moves_with_something_else_marks_from_the_start(here: int) -> None:
    group = a_group(here)
    Group.objects.filter(pk=group.pk).update(until=AUGUST, party=True)
    assert marks() == [(here, False, MONTH)]


def test_an_end_of_one_row_does_not_hide_the_change_of_another(here: int) -> None:
    ended, changed = a_group(here, since=DAY), a_group(here, since=JULY)
    ended.until, changed.party = AUGUST, True
    Group.objects.bulk_update([ended, changed], ["until", "party"])
    assert marks() == [(here, False, month_of(JULY))]


def test_a_change_of_what_is_not_read_marks_nothing(here: int, tree: Tree) -> None:
    group = a_group(here)
    group.save()
    Group.objects.update(area=None)
    Session.objects.filter(pk=-1).update(held=False)
    Region.objects.filter(pk=here).update(name="新名")
    assert marks() == []


def test_a_key_that_changes_marks_too(here: int) -> None:
    group = a_group(here)
    Group.objects.filter(pk=group.pk).update(id=group.pk + 1000, party=True)
    assert marks() == [(here, False, MONTH)]


def test_an_event_without_a_day_has_not_happened(here: int) -> None:
    session = Session.objects.create(home_id=here, on=None)
    assert marks() == []
    Session.objects.filter(pk=session.pk).update(hours=Decimal("2.5"))
    assert marks() == []
    Session.objects.filter(pk=session.pk).update(on=DAY)
    assert marks() == [(here, False, MONTH)]
    Session.objects.filter(pk=session.pk).update(on=None)
    assert marks() == [(here, False, MONTH)]


def test_one_table_of_two_declarations_marks_a_place_once(here: int) -> None:
    Undertaking.objects.create(home_id=here, amount=5, started_on=DAY)
    assert marks() == [(here, False, MONTH)]


def test_ten_thousand_rows_in_one_statement_mark_each_home_once(here: int, there: int) -> None:
    days = (JULY, DAY, AUGUST)
    rows = [Group(home_id=(here, there)[number % 2], since=days[number % 3]) for number in range(10_000)]
    Group.objects.bulk_create(rows)
    once = sorted([(here, False, MONTH), (there, False, MONTH)], key=str)
    assert marks() == once
    Group.objects.update(party=True)
    assert marks() == once
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trial_group")
    assert marks() == once


def test_a_certificate_marks_the_home_of_its_holders_post(here: int) -> None:
    certificate = a_certificate(here)
    Certificate.objects.update(until=JULY)
    assert marks() == [(here, False, month_of(JULY))]
    Certificate.objects.update(level="junior")
    assert marks() == [(here, False, MONTH)]
    certificate.delete()
    assert marks() == [(here, False, MONTH)]


def test_a_certificate_that_goes_to_another_holder_marks_both_homes(here: int, there: int) -> None:
    certificate = a_certificate(here)
    certificate.holder = Post.objects.create(home_id=there, person=2, since=DAY)
    forget()
    certificate.save()
    assert marks() == sorted([(here, False, MONTH), (there, False, MONTH)], key=str)


def test_a_post_that_moves_marks_both_homes_for_its_certificates_from_ever(here: int, there: int) -> None:
    certificate = a_certificate(here)
    post = certificate.holder
    post.home_id = there
    post.save()
    assert marks() == sorted([(here, False, None), (there, False, None)], key=str)
    Post.objects.update(until=JULY)  # which no certificate reads
    assert marks() == [(there, False, month_of(JULY))]


def test_a_holder_who_comes_after_the_certificate_brings_it_home(here: int) -> None:
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(
            "INSERT INTO trial_certificate (holder_id, level, since) VALUES (987654, 'senior', %s)", [date(2019, 5, 1)]
        )
        assert marks() == []  # its home cannot be told yet: the key is looked at when the transaction ends
        Post.objects.create(pk=987654, home_id=here, person=1, since=DAY)
    assert marks() == [(here, False, month_of(date(2019, 5, 1)))]


def test_what_is_removed_with_its_holder_marks_the_home(here: int) -> None:
    a_certificate(here).holder.delete()
    assert {(here, False, MONTH), (here, False, month_of(date(2020, 1, 1)))} == set(marks())


def test_what_is_rolled_back_leaves_nothing(here: int) -> None:
    with transaction.atomic():
        Group.objects.create(home_id=here, since=DAY)
        transaction.set_rollback(True)
    assert marks() == []
