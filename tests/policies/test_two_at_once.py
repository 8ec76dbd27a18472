"""Two at once, in two connections: what each would be refused beside the other is refused to one of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from governance.accounts.models import User
from governance.attainment.models import ReportedFigure
from governance.audit.models import AuditEvent
from governance.kit import records
from governance.kit.errors import DomainError
from governance.policies import actions
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from tests.factories import make_tree, make_user
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_target

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place() -> Tree:
    return make_tree()


@pytest.fixture
def admin(place: Tree) -> User:
    return make_user("admin", place.county, "bureau_admin")


def together(monkeypatch: pytest.MonkeyPatch, *acts: Callable[[], Any]) -> list[str]:
    """Do all at the same moment, each having looked before one has written; return how each ended."""
    met = threading.Barrier(len(acts), timeout=0.7)
    full_clean, ends = Target.full_clean, []

    def slow_clean(self: Any, *arguments: Any, **options: Any) -> None:
        full_clean(self, *arguments, **options)
        _meet(met)

    monkeypatch.setattr(Target, "full_clean", slow_clean)

    def one(act: Callable[[], Any]) -> None:
        try:
            act()
            ends.append("done")
        except (DomainError, ValidationError):
            ends.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def _meet(met: threading.Barrier) -> None:
    try:
        met.wait()
    except threading.BrokenBarrierError:
        return  # the other one is held back: that is what is tested


def test_two_targets_that_do_not_go_together(place: Tree, admin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    indicator = make_indicator(make_clause(make_policy(place.county)))
    common = {"by": admin, "indicator": indicator, "region": place.county, "value": Decimal(1)}
    ends = together(
        monkeypatch,
        lambda: actions.add_target(**common, due=date(2025, 12, 31)),
        lambda: actions.add_target(**common, due=None),
    )
    assert ends == ["done", "refused"]
    assert Target.objects.count() == 1


def test_a_whole_is_lowered_while_its_part_is_raised(place: Tree, admin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = make_indicator(make_clause(make_policy(place.county)), "whole")
    part = make_indicator(whole.clause, "part", position=2, subset_of=whole, numerator="units(township)")
    above, below = make_target(whole, place.county), make_target(part, place.county, value=Decimal(100))
    ends = together(
        monkeypatch,
        lambda: actions.change_target(above, by=admin, value=Decimal(120)),
        lambda: actions.change_target(below, by=admin, value=Decimal(150)),
    )
    assert ends == ["done", "refused"]


@pytest.mark.parametrize("what", ["policy", "indicator"])
def test_nothing_that_is_just_being_added_goes_with_what_is_removed(
    what: str, place: Tree, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = make_policy(place.county)
    indicator = make_indicator(make_clause(make_policy(place.county, "another")))
    reached = threading.Event()
    remove = records.remove

    def slow_remove(record: Any, *, by: Any) -> None:
        reached.set()
        threading.Event().wait(0.5)  # somebody adds in between
        remove(record, by=by)

    monkeypatch.setattr(records, "remove", slow_remove)

    def add() -> None:
        reached.wait(5)
        if what == "policy":
            actions.add_clause(by=admin, policy=policy, position=1, quote="甲")
        else:
            values = {"indicator": indicator, "region": place.county, "value": Decimal(1), "due": date(2025, 12, 31)}
            actions.add_target(by=admin, **values)

    def take_away() -> None:
        if what == "policy":
            actions.remove_policy(policy, by=admin)
        else:
            actions.remove_indicator(indicator, by=admin)

    ends = together(monkeypatch, add, take_away)
    assert ends == ["done", "refused"]
    left = Policy.objects.filter(pk=policy.pk) if what == "policy" else Indicator.objects.filter(pk=indicator.pk)
    parts = Clause.objects.filter(policy=policy) if what == "policy" else Target.objects.all()
    assert left.exists() == parts.exists()
    assert not ReferencePoint.objects.exists()


def test_a_figure_is_approved_once(place: Tree, admin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    figure = ReportedFigure.objects.create(
        region=place.county,
        measure="resident_population",
        on=date(2020, 11, 1),
        value=1,
        source="普查",
        state="submitted",
    )
    ends = together(monkeypatch, *[lambda: records.move(figure, "approve", by=admin)] * 4)
    assert ends == ["done", "refused", "refused", "refused"]
    assert AuditEvent.objects.filter(action="attainment.reportedfigure.approve").count() == 1
