"""The places right below one, set beside each other: how far each indicator is reached there.

Where the text gives the place a number of its own the cell is a verdict; else it is set beside the number of the whole as
a reference, and nothing is judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from governance.attainment.compute.questions import Question, questions
from governance.attainment.dashboard.asked import Asked
from governance.attainment.dashboard.cards import gap_of
from governance.attainment.dashboard.reference import lacking_of, reference_of
from governance.attainment.results.answers import Answers
from governance.attainment.results.requests import PERMISSION
from governance.attainment.results.rows import row_of
from governance.attainment.rounding import shown
from governance.kit.measures.vocabulary import Vocabulary
from governance.policies.models import Indicator
from governance.policies.vocabulary import vocabulary
from governance.regions.models import Region

# The lowest share of the reference for each colour, the best first; below the last one is the worst.
SCALE = (Fraction(1), Fraction(95, 100), Fraction(9, 10), Fraction(8, 10))
NONE = "rx"


@dataclass(frozen=True)
class Cell:
    """An indicator at a place: the value as shown, how it stands to its number, and what is lacking."""

    place: Region
    row: dict[str, Any]
    text: str
    colour: str
    lacking: int | None
    gap: str

    @property
    def value(self) -> Fraction | None:
        """The exact value."""
        value: Fraction | None = self.row["value"]
        return value


@dataclass(frozen=True)
class Column:
    """An indicator: the number that cells are held against, and its cells by the order of places."""

    question: Question
    reference: Fraction | None
    cells: list[Cell]

    @property
    def judged(self) -> bool:
        """Whether the places have numbers of their own."""
        return any(cell.row["target"] is not None for cell in self.cells)


def children(asked: Asked, user: Any) -> QuerySet[Region]:
    """Return the places right below that were valid then and whose results the user may see, in the order of the tree."""
    rows = Region.objects.filter(parent=asked.region).alive_on(asked.day)
    found: QuerySet[Region] = rows.filter(user.scope_for(PERMISSION).q("path")).order_by("path")
    return found


def columns(
    asked: Asked, places: list[Region], slugs: frozenset[str] = frozenset(), *, whole: bool = False
) -> list[Column]:
    """Return a column for each indicator with a number that speaks of any of the places; of those named; or of the `whole`
    policy, wishes without a number included.
    """
    words = vocabulary()
    wanted = [
        each for each in questions(asked.policy, words)
        if (each.asked.slug in slugs if slugs else whole or each.indicator.role == Indicator.Role.TARGET)
    ]  # fmt: skip
    answers = Answers(places, [each.asked for each in wanted], asked.day, asked.today)
    found = []
    for question in wanted:
        reference = reference_of(question, places[0].level, asked.day) if places else None
        rows = [row_of(question, place, *answers.of(question.asked, place), asked.today) for place in places]
        cells = [_cell(place, row, question, reference, words) for place, row in zip(places, rows, strict=True)]
        if any(row["status"] != "not_applicable" for row in rows):
            found.append(Column(question, reference, cells))
    return found


def _cell(
    place: Region, row: dict[str, Any], question: Question, reference: Fraction | None, words: Vocabulary
) -> Cell:
    value = row["value"]
    against = row["target"] if row["target"] is not None else reference
    text = str(row["reason"]) if row["status"] == "not_applicable" else shown(value, against)
    lacking = row["gap"]
    if lacking is None and value is not None and against is not None:
        lacking = lacking_of(row["numerator"], row["denominator"], question, against, place.level)
    gap = gap_of(row | {"gap": lacking}, question, words, place.level)
    return Cell(place, row, text, colour(value, against, question.asked.direction), lacking, gap)


def colour(value: Fraction | None, against: Fraction | None, direction: str) -> str:
    """Return the class of a cell on the reference scale."""
    if value is None or not against:
        return NONE
    share = value / against
    if direction == "at_most":
        share = Fraction(1) if value <= against else against / value
    return f"r{sum(share < step for step in SCALE)}"
