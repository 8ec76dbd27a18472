"""The triggers follow the declarations: installed by a migration, removed with their source, missed by the check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.checks import Tags, run_checks
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.test.utils import CaptureQueriesContext

from governance.attainment.periods import month_of
from governance.attainment.sources import triggers
from governance.audit import triggers as history
from governance.kit.measures.sources import SOURCES, Intervals, Mark, declare
from governance.regions.models import Estate, Facility
from tests.attainment.marked import DAY, MONTH, forget, marks
from tests.factories.places import Tree
from tests.trial.models import Certificate, Group, Post

MARK = {"all": Mark("试验", "个")}


@pytest.fixture(autouse=True)
def declared(tree: Tree) -> Iterator[None]:
    before = dict(SOURCES)
    forget()
    yield
    SOURCES.clear()
    SOURCES.update(before)


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)


def said() -> list[str]:
    found = run_checks(tags=[Tags.database], databases=["default"])
    return [str(message.id) for message in found if str(message.id).startswith("attainment.")]


def test_the_test_database_has_them_all() -> None:
    assert triggers.amiss() == []
    assert said() == []
    tables = {trigger.table for trigger in triggers.wanted()}
    assert {"trial_group", "trial_certificate", "regions_facility", "regions_region", "policies_target"} <= tables


def test_installing_again_changes_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert triggers.install() == []
    assert not any("CREATE" in query["sql"] or "DROP" in query["sql"] for query in asked)
    assert marks() == []


@pytest.mark.parametrize(
    "harm",
    [
        "DROP TRIGGER attainment_marks_trial_group_update ON trial_group",
        "DROP FUNCTION attainment_marks_trial_group_update() CASCADE",
        "ALTER TABLE trial_group DISABLE TRIGGER attainment_marks_trial_group_update",
        "CREATE OR REPLACE FUNCTION attainment_marks_trial_group_update() RETURNS trigger LANGUAGE plpgsql AS"
        " $$BEGIN RETURN NULL; END$$",
    ],
)
def test_what_is_missing_old_or_off_is_found_and_mended(tree: Tree, harm: str) -> None:
    Group.objects.create(home=tree.community, since=DAY)
    execute(harm)
    forget()
    Group.objects.update(party=True)
    assert marks() == []
    assert triggers.amiss() == ["attainment_marks_trial_group_update"]
    assert said() == ["attainment.W001"]
    assert triggers.install() == ["attainment_marks_trial_group_update"]
    assert marks() == [(None, False, None)]
    assert said() == []
    Group.objects.update(party=False)
    assert marks() == [(tree.community.pk, False, MONTH)]


def test_a_source_that_is_declared_gets_its_triggers_and_loses_them_again(tree: Tree) -> None:
    declare(Intervals("t_doubles", "试验", "trial.Post", "home", MARK, depends=("certificates__level",)))
    assert triggers.amiss() == [
        *(f"attainment_marks_trial_certificate_{event}" for event in ("delete", "insert", "update")),
        "attainment_marks_trial_post_update",  # it reads one column more; of added and removed rows it reads the same
    ]
    triggers.install()
    post = Post.objects.create(home=tree.village, person=1, since=DAY)
    forget()
    Certificate.objects.create(holder=post, level="senior", since=DAY)
    assert marks() == [(tree.village.pk, False, MONTH)]
    del SOURCES["trial_groups"]
    assert len(triggers.install()) == 4
    Group.objects.create(home=tree.community, since=DAY)
    forget()
    Group.objects.update(party=True)
    assert marks() == []


def test_a_relation_of_which_nothing_is_named_stands_for_its_table(tree: Tree) -> None:
    declare(Intervals("t_doubles", "试验", "trial.Post", "home", MARK, depends=("certificates",)))
    triggers.install()
    post = Post.objects.create(home=tree.village, person=1, since="2020-01-01")
    Certificate.objects.create(holder=post, level="senior", since=DAY)
    for change in ({"level": "junior"}, {"since": "2024-02-02"}, {"until": "2025-01-01"}):
        forget()
        Certificate.objects.update(**change)
        assert (tree.village.pk, False, month_of(date(2020, 1, 1))) in marks()


def test_a_condition_that_looks_into_a_table_must_name_the_way_to_it(tree: Tree) -> None:
    senior = Q(Exists(Certificate.objects.filter(holder=OuterRef("pk"), level="senior")))
    marked = {"senior": Mark("试验", "个", senior)}
    declare(Intervals("t_seniors", "试验", "trial.Post", "home", marked))
    assert said() == ["attainment.E001"]
    del SOURCES["t_seniors"]
    declare(Intervals("t_seniors", "试验", "trial.Post", "home", marked, depends=("certificates",)))
    triggers.install()
    assert said() == []
    post = Post.objects.create(home=tree.village, person=1, since=DAY)
    Certificate.objects.create(holder=post, level="senior", since="2024-05-05")
    forget()
    Certificate.objects.update(level="junior")
    assert set(marks()) == {(tree.village.pk, False, MONTH)}


def test_a_condition_on_the_level_of_the_home_is_told_by_the_tree(tree: Tree) -> None:
    assert "regions_facility" in {trigger.table for trigger in triggers.wanted()}
    updates = [one.body for one in triggers.wanted() if (one.table, one.event) == ("regions_region", "update")]
    assert "regions_facility" not in updates[0]
    Facility.objects.create(region=tree.community, kind="social_work_room", name="室", since=DAY)
    assert marks() == [(tree.community.pk, False, MONTH)]


def test_a_view_cannot_tell_and_the_check_says_so() -> None:
    execute("ALTER TABLE trial_award RENAME TO trial_award_rows")
    execute("CREATE VIEW trial_award AS SELECT * FROM trial_award_rows")
    assert "attainment.W002" in said()
    triggers.install()
    assert said() == ["attainment.W002"]


def test_tables_and_columns_that_are_not_there_yet_are_passed_over() -> None:
    execute("ALTER TABLE trial_award RENAME COLUMN home_id TO place_id")
    execute("ALTER TABLE trial_session RENAME TO trial_later")
    triggers.install()
    tables = {trigger.table for trigger in triggers.wanted()}
    assert {"trial_award", "trial_session"} & tables == set()
    assert "trial_group" in tables
    assert said() == []


def test_without_the_table_of_marks_there_are_no_triggers(tree: Tree) -> None:
    execute("ALTER TABLE attainment_dirtymark RENAME TO attainment_later")
    triggers.install()
    Estate.objects.create(community=tree.community, name="小区")
    execute("ALTER TABLE attainment_later RENAME TO attainment_dirtymark")
    assert triggers.install() != []
    assert marks() == [(None, False, None)]


def plan(label: str) -> Any:
    return [(SimpleNamespace(app_label=label), False)]


def test_migrations_of_what_is_read_run_without_triggers(tree: Tree) -> None:
    triggers.set_aside(plan=[])
    triggers.set_aside(plan=plan("desk"))
    assert triggers.amiss() == []
    triggers.set_aside(plan=plan("trial"))
    history.set_aside(plan=plan("trial"))
    execute("ALTER TABLE trial_group RENAME COLUMN home_id TO place_id")
    execute(f"INSERT INTO trial_group (place_id, whole, party, category) VALUES ({tree.community.pk}, true, true, '')")
    execute("ALTER TABLE trial_group RENAME COLUMN place_id TO home_id")
    assert marks() == []
    triggers.install()
    assert marks() == [(None, False, None)]
    assert triggers.amiss() == []


def test_long_names_of_tables_fit() -> None:
    name = triggers.Trigger("a" * 60, "update", "").name
    assert len(name) == 63
    assert name != triggers.Trigger("a" * 60, "insert", "").name
