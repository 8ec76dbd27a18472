"""How many indicators stand at many places, a page at a time: only the rows of a page are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from governance.attainment.compute.questions import Question
from governance.attainment.evaluator.status import Status
from governance.attainment.periods import as_of
from governance.attainment.results.answers import Answers
from governance.attainment.results.rows import row_of
from governance.regions.models import Region

#: rows that are judged one by one to find those with a status, where no table of statuses tells
MOST = 5_000
_WITH_STATUS = """
    SELECT s.region_id, s.indicator_id FROM attainment_currentstatus s
    JOIN attainment_computedarea a ON a.side = s.side AND a.current
    JOIN regions_region root ON root.id = a.root_id
    JOIN regions_region r ON r.id = s.region_id AND r.path >= root.path AND r.path < root.path || ':'
    WHERE s.region_id = ANY(%s) AND s.indicator_id = ANY(%s) AND s.status = ANY(%s)
"""


class TooManyToJudge(Exception):
    """More rows than are judged at a time."""


@dataclass(frozen=True)
class Standings:
    """Rows of places and indicators as of a day, by the order of the tree and of the text; `statuses`: only those."""

    places: QuerySet[Region]
    questions: Sequence[Question]
    day: date
    today: date
    statuses: frozenset[str] = frozenset()

    def pairs(self) -> Sequence[tuple[int, int]]:
        """Return the place (its key) and the number of the question of each row; raises `TooManyToJudge`."""
        keys = list(self.places.order_by("path").values_list("pk", flat=True))
        if not self.statuses:
            return _All(keys, len(self.questions))
        if Status.NOT_APPLICABLE.value not in self.statuses and self._table_tells():
            return self._told(keys)
        if len(keys) * len(self.questions) > MOST:
            raise TooManyToJudge
        everything = list(_All(keys, len(self.questions)))
        return [
            pair for pair, row in zip(everything, self.rows(everything), strict=True) if row["status"] in self.statuses
        ]

    def rows(self, pairs: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
        """Return the rows of a page; the number of queries does not grow with it."""
        places = {place.pk: place for place in Region.objects.filter(pk__in={pk for pk, _number in pairs})}
        answers = Answers(list(places.values()), [question.asked for question in self.questions], self.day, self.today)
        found = []
        for pk, number in pairs:
            question, place = self.questions[number], places[pk]
            found.append(row_of(question, place, *answers.of(question.asked, place), self.today))
        return found

    def _table_tells(self) -> bool:
        if not self.questions:
            return False
        month, _to_date = as_of(self.day, self.today)
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT a.last = %s FROM attainment_computedarea a JOIN regions_region root ON root.id = a.root_id
                JOIN regions_region r ON r.id = %s AND r.path >= root.path AND r.path < root.path || ':'
                WHERE a.current""",
                [month, self.questions[0].indicator.policy.region_id],
            )
            row: tuple[bool] | None = cursor.fetchone()
        return row == (True,)

    def _told(self, keys: Sequence[int]) -> list[tuple[int, int]]:
        number = {question.indicator.pk: at for at, question in enumerate(self.questions)}
        order = {pk: at for at, pk in enumerate(keys)}
        with connection.cursor() as cursor:
            cursor.execute(_WITH_STATUS, [list(keys), list(number), list(self.statuses)])
            pairs = [(place, number[indicator]) for place, indicator in cursor.fetchall()]
        return sorted(pairs, key=lambda pair: (order[pair[0]], pair[1]))


class _All(Sequence[tuple[int, int]]):
    """Each place with each question, without writing them all down."""

    def __init__(self, keys: Sequence[int], questions: int) -> None:
        self.keys, self.questions = keys, questions

    def __len__(self) -> int:
        return len(self.keys) * self.questions

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self.keys[at // self.questions], at % self.questions
