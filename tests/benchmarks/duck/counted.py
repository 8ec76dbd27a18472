"""What the second engine is told of a set of tables: how PostgreSQL gives them, and what is counted of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

REGISTERED = "since"  # the column of the day from which a row of a stock counts, unless a measure names its own


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Measures by name, in SQL over tables that have `home`, and `since` and `until` or a day.

    A name of a table may be a statement in brackets where what is counted has to be brought together first.
    """

    tables: Mapping[str, tuple[str, str]]  # as PostgreSQL gives them, and as DuckDB keeps them
    stocks: Mapping[str, Mapping[str, str | tuple[str, str]]]  # table -> measure -> condition, or it and its first day
    flows: Mapping[str, tuple[str, Mapping[str, str]]]  # table -> its day, and measure -> what is added up
    derived: Mapping[str, str]  # of the communities' own values; `community`, `urban` and `rural` are 1 or 0
    figures: Mapping[str, str]  # measure -> code of the reported number
    distinct: str  # the measure of persons with an event
    persons: str  # their events: home, person, day

    @property
    def flowing(self) -> list[str]:
        """The measures of a year's events."""
        return [name for _day, sums in self.flows.values() for name in sums]

    @property
    def standing(self) -> list[str]:
        """The measures that hold until something changes."""
        return [*(name for table in self.stocks.values() for name in table), *self.figures, self.distinct]

    @property
    def names(self) -> list[str]:
        """All measures."""
        return [*self.standing, *self.flowing, *self.derived]

    def starts(self, table: str) -> dict[str, dict[str, str]]:
        """Return what each column of a first day begins: measures with their conditions."""
        found: dict[str, dict[str, str]] = {}
        for name, told in self.stocks[table].items():
            condition, day = (told, REGISTERED) if isinstance(told, str) else told
            found.setdefault(day, {})[name] = condition
        return found

    def ends(self, table: str) -> dict[str, str]:
        """Return what the last day ends."""
        return {name: told if isinstance(told, str) else told[0] for name, told in self.stocks[table].items()}


FIGURES = (
    """SELECT region_id, measure, "on", value::bigint FROM attainment_reportedfigure WHERE state = 'approved'""",
    "home INTEGER, measure VARCHAR, day DATE, amount BIGINT",
)
