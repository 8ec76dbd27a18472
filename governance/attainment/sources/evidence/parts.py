"""Evidence: querysets of records, and how they make up a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import QuerySet, Sum

from governance.kit.measures.sources import Text

#: how a record counts: as one, with an amount of its own, or by its value, each value once
ONE, SUM, VALUE = "one", "sum", "value"


@dataclass(frozen=True)
class EvidencePart:
    """Records of one model, counted in a unit; the look-ups tell where they are homed and which of their fields matter.

    `home` is empty where the records are places themselves. `amount`: what a record adds to a sum. `value`: where its
    value is found; `given`: the value that all of them have; `names`: how values are called. `since` may be several look-ups, of which the latest holds.
    """

    label: Text
    queryset: QuerySet[Any]
    home: str = ""
    unit: Text = ""
    counted_as: str = ONE
    amount: str = ""
    value: str = ""
    given: str = ""
    names: Mapping[str, Text] = field(default_factory=dict)
    since: tuple[str, ...] = ()
    until: str = ""
    on: str = ""

    @cached_property
    def size(self) -> int:
        """The number of records, counted once."""
        return self.queryset.count()

    def visible_to(self, user: Any) -> EvidencePart:
        """Return the part of it that a user may see."""
        return replace(self, queryset=self.queryset.visible_to(user))  # type: ignore[attr-defined]

    def values(self) -> set[str]:
        """Return the values that occur."""
        if self.given:
            return {self.given} if self.queryset.exists() else set()
        return set(self.queryset.order_by().values_list(self.value, flat=True).distinct())

    def sum(self) -> Fraction:
        """Return the sum of what the records add."""
        return Fraction(self.queryset.order_by().aggregate(_sum=Sum(self.amount))["_sum"] or 0)


@dataclass(frozen=True)
class Evidence:
    """What a number is made of. `missing`: there is no number, `why` is the code of the reason.

    `behind`: where the place is itself what is counted, the records on which that rests; they are not counted. `stated`:
    a number that was entered and rests on no record.
    """

    parts: tuple[EvidencePart, ...] = ()
    behind: tuple[EvidencePart, ...] = ()
    missing: bool = False
    why: str = ""
    stated: Fraction | None = field(default=None)

    def count(self) -> int:
        """Return the number of records."""
        return sum(part.size for part in self.parts)

    def values(self) -> list[str]:
        """Return the values that occur in what is counted by value."""
        return sorted(set().union(*(part.values() for part in self.parts if part.counted_as == VALUE)))

    @property
    def unit(self) -> str:
        """The unit of the number, in words."""
        return next((str(part.unit) for part in self.parts if part.unit), "")

    def number(self) -> Fraction | None:
        """Return the number that the records make up; None where it is missing."""
        if self.missing:
            return None
        if self.stated is not None:
            return self.stated
        ones = sum(part.size for part in self.parts if part.counted_as == ONE)
        sums = sum((part.sum() for part in self.parts if part.counted_as == SUM), start=Fraction(0))
        return ones + sums + len(self.values())

    def visible_to(self, user: Any) -> Evidence:
        """Return the records that a user may see; how many lie outside is the difference of the counts."""
        return replace(
            self,
            parts=tuple(part.visible_to(user) for part in self.parts),
            behind=tuple(part.visible_to(user) for part in self.behind),
        )
