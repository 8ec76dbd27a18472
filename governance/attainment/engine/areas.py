"""What is computed: the places under the roots of the policies, for the months in which these are judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from governance.attainment.compute.indicator import Asked
from governance.attainment.compute.questions import Question, questions
from governance.attainment.engine.layout import Declared, Layout, layout_of
from governance.attainment.periods import MONTHS, judged_at, month_of
from governance.attainment.rollup.keys import Key
from governance.policies.models import Indicator, Policy
from governance.regions.models import Region

_NAMED = """
    SELECT id, path FROM regions_region WHERE id IN (
        SELECT coalesce(i.region_id, p.region_id) FROM policies_indicator i JOIN policies_policy p ON p.id = i.policy_id
        UNION SELECT region_id FROM policies_target
    ) ORDER BY id
"""


@dataclass(frozen=True)
class Area:
    """A root that lies under no other, with everything below it, for the months `first` to `last`."""

    root: Region
    questions: tuple[Question, ...]
    layout: Layout
    first: int
    last: int

    def reads(self, question: Question) -> frozenset[Key]:
        """Return the keys that the answers of one of its questions are read from."""
        return self._reads[question.indicator.pk]

    @cached_property
    def _reads(self) -> dict[int, frozenset[Key]]:
        known = Declared()  # asked once for all of them
        return {one.indicator.pk: frozenset(layout_of([one.asked], known).keys) for one in self.questions}


def areas(today: date | None = None) -> list[Area]:
    """Return the areas of all policies, in the order of their roots; a number of queries that places do not add to."""
    today = today or timezone.localdate()
    asked = [question for policy in Policy.objects.order_by("pk") for question in questions(policy)]
    codes = {question.asked.root for question in asked}
    found: list[tuple[Region, list[Question]]] = []
    for root in Region.objects.filter(code__in=codes).order_by("path"):
        if found and root.path.startswith(found[-1][0].path):
            continue
        found.append((root, []))
    paths = dict(Region.objects.filter(code__in=codes).values_list("code", "path"))
    for root, own in found:
        own.extend(question for question in asked if paths[question.asked.root].startswith(root.path))
    return [_area(root, own, today) for root, own in found]


def roots_asked() -> QuerySet[Region]:
    """Return the places of which indicators ask something: each lies in an area."""
    roots = Indicator.objects.annotate(root=Coalesce("region_id", "policy__region_id"))
    return Region.objects.filter(pk__in=roots.order_by().values("root"))


def named_places() -> tuple[tuple[int, str], ...]:
    """Return where the places lie that policies name: areas and what is asked of them go by codes and paths."""
    with connection.cursor() as cursor:  # asked at every change: the ORM takes longer to put it than it takes
        cursor.execute(_NAMED)
        return tuple(cursor.fetchall())


def _area(root: Region, own: Sequence[Question], today: date) -> Area:
    asked = [question.asked for question in own]
    first = min(map(first_month, asked))
    last = min(month_of(today), max(last_month(one, today) for one in asked))
    return Area(root, tuple(own), layout_of(asked), min(first, last), last)


def first_month(asked: Asked) -> int:
    """Return the month end before the start of the policy, or its baseline if that is earlier.

    Yearly targets that have ended are answered by their last December, whenever that was.
    """
    days = [asked.valid_from, asked.baseline_on, *(_due_days(asked) if asked.yearly else ())]
    return min(judged_at(day) for day in days if day is not None)


def last_month(asked: Asked, today: date) -> int:
    """Return the month twelve months after the last milestone; without a dated one the running month."""
    due = [day for day in _due_days(asked) if day is not None]
    running = month_of(today)
    if not due or asked.yearly:
        return running
    return min(running, month_of(max(due)) + MONTHS)


def _due_days(asked: Asked) -> Iterable[date | None]:
    yield from (milestone.due for milestone in asked.milestones)
    yield from (milestone.due for own in asked.allocated.values() for milestone in own)
