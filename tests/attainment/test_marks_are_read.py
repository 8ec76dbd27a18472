"""Reading marks: together by place, taken along by a run, removed exactly as they were read."""

from __future__ import annotations

from typing import Any

import psycopg2
import pytest
from django.db import connection, transaction

from governance.attainment.models import AttainmentRun, DirtyMark
from governance.attainment.sources.marks import Dirty, drop, free_marks, mark_everything, release, take
from tests.attainment.marked import MONTH, forget


@pytest.fixture
def run(db: None) -> AttainmentRun:
    forget()
    return AttainmentRun.objects.create(cause="person")


def mark(region: int | None, month: int | None = None, below: bool = False, **fields: Any) -> DirtyMark:
    return DirtyMark.objects.create(region_id=region, below=below, month=month, **fields)


def test_marks_of_a_place_are_one_from_the_first_month(run: AttainmentRun, django_assert_num_queries: Any) -> None:
    for month in (MONTH + 3, MONTH, MONTH + 7):
        mark(1, month)
    mark(2, MONTH)
    mark(2)
    mark(1, MONTH + 9, below=True)
    mark(3, MONTH, run=run)
    with django_assert_num_queries(1):
        found = free_marks()
    assert found == Dirty(False, {1: MONTH + 9}, {1: MONTH, 2: None})
    assert DirtyMark.objects.count() == 7


def test_nothing_is_dirty_without_marks(run: AttainmentRun) -> None:
    assert not free_marks()
    assert not drop()


def test_a_mark_of_everything_is_told_beside_the_others(run: AttainmentRun) -> None:
    mark(1, MONTH)
    mark_everything()
    assert free_marks() == Dirty(True, {}, {1: MONTH})


def test_what_a_run_takes_along_is_no_longer_free_until_it_is_released(run: AttainmentRun) -> None:
    mark(1, MONTH)
    mark(2, MONTH)
    assert take(run) == 2
    mark(3, MONTH)
    assert free_marks() == Dirty(single={3: MONTH})
    assert release(run) == 2
    assert free_marks() == Dirty(single={1: MONTH, 2: MONTH, 3: MONTH})


def test_a_published_run_removes_what_it_took_along_and_nothing_else(run: AttainmentRun) -> None:
    mark(1, MONTH)
    take(run)
    mark(1, MONTH + 1)
    assert drop(run) == Dirty(single={1: MONTH})
    assert free_marks() == Dirty(single={1: MONTH + 1})


def test_what_is_dropped_comes_back_when_the_work_fails(run: AttainmentRun) -> None:
    mark(1, MONTH)
    with transaction.atomic():
        assert drop() == Dirty(single={1: MONTH})
        assert not free_marks()
        transaction.set_rollback(True)
    assert free_marks() == Dirty(single={1: MONTH})


@pytest.mark.django_db(transaction=True)
def test_a_mark_with_an_earlier_number_that_is_committed_later_is_not_lost() -> None:
    forget()
    session = psycopg2.connect(**connection.get_connection_params())
    try:
        with session.cursor() as cursor:
            cursor.execute("INSERT INTO attainment_dirtymark (region_id, month) VALUES (1, %s)", [MONTH])
        mark(2, MONTH)
        with transaction.atomic():
            assert drop() == Dirty(single={2: MONTH})
            session.commit()
        assert free_marks() == Dirty(single={1: MONTH})
    finally:
        session.close()
