"""A small county whose numbers are computed, and workers of one's own: messages are kept until somebody delivers them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from governance.attainment.actions import sending, start_run
from governance.attainment.actions.chunks import compute_chunk
from governance.attainment.actions.finishing import finish_run
from governance.attainment.actions.runs import prepare_run
from governance.attainment.engine import chunks as cuts
from governance.attainment.engine import rebuild
from governance.attainment.models import AttainmentRun, ComputedArea, DirtyMark, Measure, MeasureValue, RunChunk
from governance.attainment.periods import month_of
from governance.policies.models import Policy
from governance.regions.models import Region, RegisterCoverage
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_target
from tests.trial.models import Group, Session

GROUPS = "Stock(source='trial_groups', mark='all', weight=None)"


class Messages(deque[tuple[str, tuple[int, ...]]]):
    """What was sent, in order."""

    def deliver(self, most: int = 1000) -> None:
        """Let a worker take the messages one after another, until there are none."""
        tasks: dict[str, Any] = {sending.RUN: prepare_run, sending.CHUNK: compute_chunk, sending.FINISH: finish_run}
        while self and most:
            name, arguments = self.popleft()
            tasks[name](*arguments)
            most -= 1

    def names(self) -> list[str]:
        """Return the names of the tasks."""
        return [name for name, _arguments in self]


def policy_of(tree: Tree) -> Policy:
    """Make a policy of the county that counts groups, sessions and persons."""
    policy = make_policy(tree.county, "counted", valid_from=date(2025, 1, 15))
    clause = make_clause(policy)
    for position, (slug, numerator, denominator, more) in enumerate(
        (
            ("groups", "stock(trial_groups.all)", "1", {}),
            ("area", "stock(trial_groups.all, area)", "units(community)", {"kind": "average_per_unit"}),
            ("held", "flow(trial_sessions.held, ytd)", "1", {}),
            ("persons", "distinct(trial_sessions.held, last12)", "units(township)", {}),
        ),
        1,
    ):
        indicator = make_indicator(
            clause, slug, position=position, numerator=numerator, denominator=denominator, **({"kind": "count"} | more)
        )
        make_target(indicator, tree.county, value=Decimal(5))
    return policy


def filled(tree: Tree) -> Policy:
    """Make the policy, keep the registers and put a few records in."""
    for register in ("trial_groups", "trial_sessions"):
        RegisterCoverage.objects.create(region=tree.county, register=register, since=date(2025, 2, 1))
    policy = policy_of(tree)
    homes = [tree.community, tree.community, tree.village, tree.next_community, tree.street]
    for number, home in enumerate(homes):
        Group.objects.create(home=home, since=date(2024, 1 + number, 1), area=Decimal("10.25"))
        Session.objects.create(home=home, on=date(2026, 1, 5), held=True, person=number % 2)
    return policy


def computed(messages: Messages) -> AttainmentRun:
    """Compute everything, with chunks as small as they get."""
    run = start_run(by=None)
    messages.deliver()
    run.refresh_from_db()
    return run


def small_chunks(monkeypatch: Any) -> None:
    """Let each township be a chunk of its own."""

    def cut(root: Region, largest: int = 1) -> list[cuts.Cut]:
        townships = Region.objects.under(root).filter(level="township").order_by("path")
        return [cuts.Cut([place.pk], 1) for place in townships]

    monkeypatch.setattr(rebuild, "cut", cut)


def number(region: Region, key: str = GROUPS, month: int | None = None) -> Decimal | None:
    """Return the number that is read for a place now."""
    area = ComputedArea.objects.get(current=True)
    at = area.slots.index(Measure.objects.get(key=key).slot)
    month = month_of(timezone.localdate()) if month is None else month
    row = MeasureValue.objects.get(side=area.side, region=region, month=month)
    found = row.amounts[at]
    return None if found is None else Decimal(found) / 100


def marks() -> int:
    """Return how many free marks there are."""
    return DirtyMark.objects.free().count()


def elsewhere(work: Callable[[], Any]) -> Any:
    """Do something in a session of its own and return what came of it."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def later(run: AttainmentRun, seconds: int) -> None:
    """Let time pass for a run."""
    past = timezone.now() - timedelta(seconds=seconds)
    AttainmentRun.objects.filter(pk=run.pk).update(heard_at=past, created_at=past)
    RunChunk.objects.filter(run=run).update(heard_at=past)
