"""Whoever writes, and whatever the session is set to: COPY, psql, another search path, two at once, all or nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection

from governance.regions.models import Region
from tests.attainment.marked import DAY, MONTH, forget, marks
from tests.factories import make_tree
from tests.trial.models import Group, Post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> int:
    place = make_tree().community.pk
    forget()
    return place


@pytest.fixture
def session() -> Iterator[Any]:
    """Another session, as psql opens it."""
    other = psycopg2.connect(**connection.get_connection_params())
    other.autocommit = True
    yield other
    other.close()


def insert(session: Any, home: int, table: str = "trial_group") -> None:
    with session.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (home_id, since, whole, party, category) VALUES (%s, %s, true, false, '')",
            [home, DAY],
        )


def test_a_copy_marks(here: int) -> None:
    rows = io.StringIO(f"{here}\t2024-07-01\tt\tf\t\n{here}\t{DAY}\tt\tf\t\n")
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY trial_group (home_id, since, whole, party, category) FROM STDIN", rows)
    assert marks() == [(here, False, MONTH)]


def test_another_session_marks(here: int, session: Any) -> None:
    insert(session, here)
    assert marks() == [(here, False, MONTH)]
    with session.cursor() as cursor:
        cursor.execute("UPDATE trial_group SET party = true")
        assert marks() == [(here, False, MONTH)]
        cursor.execute("DELETE FROM trial_group")
        assert marks() == [(here, False, MONTH)]
        cursor.execute("TRUNCATE trial_group")
        assert marks() == [(None, False, None)]


def test_another_search_path_finds_the_marks(here: int, session: Any) -> None:
    with session.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE attainment_dirtymark (region_id bigint, below boolean, month integer)")
        cursor.execute("SET search_path = pg_temp, pg_catalog")
    insert(session, here, "public.trial_group")
    assert marks() == [(here, False, MONTH)]


def test_another_role_marks_with_no_more_than_leave_to_insert(here: int, session: Any) -> None:
    with session.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS marks_clerk")
        cursor.execute("CREATE ROLE marks_clerk")
        try:
            cursor.execute("GRANT INSERT ON trial_group, attainment_dirtymark TO marks_clerk")
            cursor.execute("SET ROLE marks_clerk")
            insert(session, here)
            assert marks() == [(here, False, MONTH)]
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute("DROP OWNED BY marks_clerk")
            cursor.execute("DROP ROLE marks_clerk")


def test_marks_come_and_go_with_their_transaction(here: int, session: Any) -> None:
    session.autocommit = False
    insert(session, here)
    assert marks() == []
    session.rollback()
    assert marks() == []
    insert(session, here)
    session.commit()
    assert marks() == [(here, False, MONTH)]


@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_a_transaction_of_any_kind_marks(here: int, session: Any, level: str) -> None:
    session.autocommit = False
    with session.cursor() as cursor:
        cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        cursor.execute("SAVEPOINT one")
        insert(session, here)
        cursor.execute("ROLLBACK TO SAVEPOINT one")
        insert(session, here)
    session.commit()
    assert marks() == [(here, False, MONTH)]


def test_writers_of_the_same_place_do_not_wait_for_one_another(here: int, session: Any) -> None:
    session.autocommit = False
    insert(session, here)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
        try:
            Group.objects.create(home_id=here, since=DAY)
        finally:
            cursor.execute("RESET lock_timeout")
    session.commit()
    assert marks() == [(here, False, MONTH)] * 2


def test_a_post_that_moves_while_another_session_adds_a_certificate_marks_where_it_goes(
    here: int, session: Any
) -> None:
    post = Post.objects.create(home_id=here, person=1, since=DAY)
    there = Region.objects.get(code="430211002201").pk
    forget()
    session.autocommit = False
    with session.cursor() as cursor:
        cursor.execute(
            "INSERT INTO trial_certificate (holder_id, level, since) VALUES (%s, 'senior', %s)", [post.pk, DAY]
        )
        Post.objects.filter(pk=post.pk).update(home_id=there)  # which does not see the certificate yet
    session.commit()
    assert {place for place, _below, _month in marks()} == {here, there}


def test_an_emptied_database_is_marked(here: int) -> None:
    Group.objects.create(home_id=here, since=DAY)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE trial_group, attainment_dirtymark")
    assert marks() == [(None, False, None)]


def test_rows_that_are_loaded_from_a_file_mark(here: int, tmp_path: Any) -> None:
    Group.objects.create(home_id=here, since=DAY)
    file = tmp_path / "groups.json"
    call_command("dumpdata", "trial.Group", output=str(file), verbosity=0)
    Group.objects.all().delete()
    forget()
    call_command("loaddata", str(file), verbosity=0)
    assert marks() == [(here, False, MONTH)]
