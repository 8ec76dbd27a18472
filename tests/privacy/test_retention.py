"""How long what is personal is kept: declared for every table, announced before it is emptied, and safe to be killed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from governance.accounts.models import User
from governance.attainment.models import DirtyMark
from governance.audit.models import AuditEvent
from governance.desk.models import Message
from governance.kit import records, retention
from governance.kit.erasing import GONE, private_fields
from governance.kit.homes import home_of
from governance.kit.privacy import Classification, classification_of
from governance.people.models import Person
from governance.privacy import nightly, overdue
from governance.privacy.models import RetentionItem, RetentionRun
from tests.architecture.test_models import MODELS
from tests.contracts.surfaces import text_of
from tests.factories import make
from tests.factories.people import make_person
from tests.factories.places import Tree
from volunteers.models import PartyReport, Volunteer

S = RetentionRun.State
TODAY = date(2026, 11, 23)
_PRIVATE = {Classification.PERSONAL, Classification.SENSITIVE}


def volunteer(tree: Tree, until: date | None, community: Any = None) -> Person:
    """Record a volunteer whose file nobody has touched for long."""
    person = make_person(community or tree.community, "张小三", role=False)
    make(Volunteer, community or tree.community, "志愿者", person=person, since=date(2015, 1, 1), until=until)
    Person.objects.filter(pk=person.pk).update(changed_at=timezone.now() - timedelta(days=6000))
    return person


def test_every_table_with_something_personal_says_how_long() -> None:
    silent = {
        model._meta.label
        for model in MODELS
        if set(classification_of(model).values()) & _PRIVATE
        and model not in retention.PERIODS
        and model not in retention.APART
    }
    assert silent == set()
    assert all(str(period.why) and period.length > 0 for period in retention.PERIODS.values())
    assert all(str(why) for why in retention.APART.values())


def test_every_period_can_be_asked_and_emptied(db: None) -> None:
    for period in retention.PERIODS.values():
        assert home_of(period.model), period.model
        assert period.model._default_manager.filter(overdue._ended(period, TODAY)).count() >= 0
    kinds = overdue.kinds()
    assert kinds[-1].model is Person
    assert all(private_fields(each.model) for each in kinds)


def test_months_before() -> None:
    assert retention.months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert retention.months_before(date(2026, 1, 15), 36) == date(2023, 1, 15)


def test_a_person_is_held_back_by_any_open_record(tree: Tree) -> None:
    gone = volunteer(tree, date(2020, 1, 1))
    volunteer(tree, None)
    volunteer(tree, date(2025, 1, 1))
    both = volunteer(tree, date(2020, 1, 1))
    make(PartyReport, tree.community, "报到", person=both, since=date(2021, 1, 1), until=None)
    found = {each.record for each in overdue.overdue(TODAY) if each.kind == "people.person"}
    assert found == {gone.pk}
    assert not list(overdue.overdue(TODAY, inside=tree.next_street.path))


def test_lengths_can_be_set(tree: Tree, settings: Any) -> None:
    volunteer(tree, date(2020, 1, 1))
    settings.RETENTION_MONTHS = {"volunteers.volunteer": 240}
    assert not list(overdue.overdue(TODAY))


def test_first_it_is_told_then_done(tree: Tree, bureau_admin: User, street_clerk: User, as_user: Any) -> None:
    person = volunteer(tree, date(2020, 1, 1))
    (run,) = nightly.announce(TODAY)
    assert (run.region, run.due_on, run.total, run.state) == (tree.county, TODAY + timedelta(days=7), 1, S.ANNOUNCED)
    assert Message.objects.filter(user=bureau_admin).count() == 1
    assert not Message.objects.filter(user=street_clerk).exists()
    page = text_of(as_user(bureau_admin).get("/privacy/retention/?count=1"))
    assert run.get_absolute_url() in page
    assert tree.community.name in page
    assert as_user(street_clerk).post(f"{run.get_absolute_url()}move/stop/").status_code == 403
    assert nightly.announce(TODAY) == []  # while one is open
    assert nightly.carry_out(TODAY + timedelta(days=6)) == 0
    person.refresh_from_db()
    assert person.erased_at is None
    rows = Volunteer.objects.count()
    marks = DirtyMark.objects.count()
    assert nightly.carry_out(TODAY + timedelta(days=7)) == 1
    person.refresh_from_db()
    assert person.name == GONE
    assert Volunteer.objects.count() == rows
    assert DirtyMark.objects.count() == marks  # no number is counted anew, for none can have changed
    run.refresh_from_db()
    assert (run.state, run.done, run.skipped) == (S.DONE, 1, 0)
    events = list(
        AuditEvent.objects.filter(model="privacy.retentionrun").order_by("pk").values_list("action", flat=True)
    )
    assert events == ["privacy.retentionrun.announce", "privacy.retentionrun.done"]
    assert nightly.carry_out(TODAY + timedelta(days=8)) == 0
    assert nightly.announce(TODAY + timedelta(days=8)) == []


def test_what_is_stopped_is_not_done(tree: Tree, bureau_admin: User) -> None:
    person = volunteer(tree, date(2020, 1, 1))
    (run,) = nightly.announce(TODAY)
    records.move(run, "stop", by=bureau_admin, reason="档案还在核对")
    assert nightly.carry_out(TODAY + timedelta(days=30)) == 0
    person.refresh_from_db()
    assert person.erased_at is None
    assert len(nightly.announce(TODAY)) == 1  # what is still over comes again on a list of its own


def test_what_came_back_meanwhile_is_left(tree: Tree) -> None:
    person = volunteer(tree, date(2020, 1, 1))
    (run,) = nightly.announce(TODAY)
    make(PartyReport, tree.community, "报到", person=person, since=date(2026, 11, 24), until=None)
    assert nightly.carry_out(run.due_on) == 0
    run.refresh_from_db()
    assert (run.state, run.done, run.skipped) == (S.DONE, 0, 1)
    assert RetentionItem.objects.get().state == "kept"


def test_killed_half_way_it_goes_on(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    for _turn in range(3):
        volunteer(tree, date(2020, 1, 1))
    (run,) = nightly.announce(TODAY)
    monkeypatch.setattr(nightly, "BATCH", 1)
    batches = nightly._batches(run, run.due_on)
    assert next(batches) == 1
    batches.close()  # what was done is committed with its batch
    run.refresh_from_db()
    assert (run.state, run.done) == (S.RUNNING, 1)
    assert nightly.carry_out(run.due_on) == 2
    run.refresh_from_db()
    assert (run.state, run.done) == (S.DONE, 3)
    assert Person.objects.exclude(erased_at=None).count() == 3


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"state": "stopped"}, "stopped_whole"),
        ({"done": 5}, "counts_add_up"),
        ({"state": "done"}, "finished_has_time"),
    ],
)
def test_the_database_keeps_the_rules_of_runs(change: dict[str, Any], rule: str, tree: Tree) -> None:
    run = RetentionRun.objects.create(region=tree.county, due_on=TODAY)
    with pytest.raises(IntegrityError, match=f"retentionrun_{rule}"), transaction.atomic():
        RetentionRun.objects.filter(pk=run.pk).update(**change)
    with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
        RetentionRun.objects.create(region=tree.county, due_on=TODAY)


def test_every_kind_that_is_named_exists() -> None:
    assert all(apps.get_model(each.model._meta.label_lower) is each.model for each in overdue.kinds())
