"""Rows by COPY: what they hold comes back as it was, and nothing stays switched off."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from governance.kit.bulkload import copy, indexes_off, take_keys, triggers_off
from projects.models import Need, NeedsSurvey
from tests.factories.places import Tree

pytestmark = pytest.mark.django_db

COLUMNS = ("community_id", "title", "field", "group", "source", "description", "listed_on", "refreshed_on")
AWKWARD = "反斜线 \\ 制表\t换行\n回车\r 结尾 \\N"


def replica() -> str:
    """Return whether triggers are off in this session."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        return str(cursor.fetchone()[0])


def test_what_is_copied_comes_back_as_it_was(tree: Tree) -> None:
    rows = (
        (tree.community.pk, f"需求{number}", "elderly_care", "all", "visit", AWKWARD, None, "2026-03-01")
        for number in range(3)
    )
    assert copy(Need, COLUMNS, rows) == 3
    need = Need.objects.get(title="需求2")
    assert (need.description, need.listed_on, need.outcome) == (AWKWARD, None, "")
    assert need.refreshed_on.isoformat() == "2026-03-01"
    assert need.changed_at is not None


def test_a_row_that_is_wrong_refuses_all(tree: Tree) -> None:
    good = (tree.community.pk, "需求", "elderly_care", "all", "visit", "", "2026-02-01", "2026-03-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        copy(Need, COLUMNS, [good, (*good[:-1], "2026-01-01")])  # refreshed before it was listed
    assert not Need.objects.exists()


def test_keys_are_given_once(tree: Tree) -> None:
    first, second = take_keys(Need, 3), take_keys(Need, 2)
    assert len({*first, *second}) == 5
    assert take_keys(Need, 0) == []


def test_triggers_are_on_again_even_after_a_failure() -> None:
    before = replica()
    with pytest.raises(ZeroDivisionError), transaction.atomic(), triggers_off():
        raise ZeroDivisionError(replica())
    assert replica() == before
    with triggers_off():
        assert replica() == "replica"
    assert replica() == before


def test_indexes_are_built_again_and_their_rules_asked(tree: Tree) -> None:
    def told() -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [NeedsSurvey._meta.db_table])
            return {name for (name,) in cursor.fetchall()}

    columns, row = ("community_id", "title", "method", "done_on"), (tree.community.pk, "调研", "走访", "2026-03-01")
    before = told()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with foreign keys still to be asked cannot be changed
    with indexes_off([NeedsSurvey]):
        assert "needs_survey_once" not in told()
        copy(NeedsSurvey, columns, [row])
    assert told() == before
    with pytest.raises(IntegrityError), transaction.atomic(), indexes_off([NeedsSurvey]):
        copy(NeedsSurvey, columns, [row])
    assert told() == before
