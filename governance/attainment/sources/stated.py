"""What is stated of places: capability items, registers that are kept, reported figures. One query each, packed like records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Field, Func, IntegerField, Q, TextField, Value
from django.db.models.functions import Coalesce

from governance.attainment.models import ReportedFigure
from governance.attainment.periods import first_day
from governance.attainment.rollup.facts import Figures, Statements
from governance.attainment.rollup.tree import NEVER, Ints
from governance.attainment.sources.compiled import Calendar, compiled, months_of, once
from governance.attainment.sources.fields import Code, Number, column
from governance.attainment.sources.packed import Homes, read
from governance.kit.measures.sources import RESPONDENTS, figure_names
from governance.kit.measures.vocabulary import Item
from governance.regions.models import CapabilityComponent, RegionCapability, RegisterCoverage

_WHOLE = -1
_ALWAYS = Calendar(date.min, date.max)
_LAST_DAY = (date.max - date.min).days
_KEY = BigIntegerField()


def _listed(name: str, lookup: str, values: Sequence[Any], kind: Field[Any, Any]) -> Number:
    """Return where in a list the value of a row stands, from 1 up; 0 if it does not."""
    among = Value(list(values), output_field=ArrayField(kind))
    position = Func(among, F(lookup), function="array_position", output_field=IntegerField())
    return Number(name, Coalesce(position, Value(0)), len(values).bit_length())


def _months(days: Ints) -> Ints:
    return months_of(np.datetime64(date.min) + days)


class Stated:
    """The statements of items, with their components."""

    def __init__(self, places: Homes, items: Mapping[str, Item], months: tuple[int, int]) -> None:
        self._items = {item: at for at, item in enumerate(items, 1)}
        calendar = Calendar(first_day(months[0]), first_day(months[1] + 1))
        parts = list(
            CapabilityComponent.objects.filter(item__in=list(items)).order_by("pk").values_list("pk", "item", "slug")
        )
        #: by its number in the query, a component's number in its item
        self._part = np.array([_WHOLE, *(items[item].components.index(slug) for _, item, slug in parts)])
        began = Q(item__in=list(items), since__lt=calendar.until)
        rows = RegionCapability.objects.filter(began, Q(until__isnull=True) | Q(until__gt=calendar.first))
        numbers = (
            calendar.start("since", F("since")),
            calendar.end("until", F("until")),
            _listed("item", "item_id", list(items), TextField()),
            *([_listed("part", "component_id", [pk for pk, _, _ in parts], _KEY)] if parts else ()),
            Code("subject", (Q(statement=RegionCapability.Statement.SUBJECT_TO),)),
        )
        self._with_parts = bool(parts)
        statement = once(
            ("statements", tuple(items), tuple(parts), calendar), lambda: compiled(rows, "region", numbers)
        )
        self._table = read(statement, places, places.keys)
        self._days = calendar.months

    def of(self, item: str) -> Statements:
        """Return what was stated of an item."""
        chosen = self._table["item"] == self._items[item]
        part = self._table["part"][chosen] if self._with_parts else np.zeros(int(chosen.sum()), dtype=np.int64)
        since, until = self._days[self._table["since"][chosen]], self._days[self._table["until"][chosen]]
        return Statements(self._table.home[chosen], self._part[part], self._table["subject"][chosen], since, until)


class Kept:
    """From which month on registers are kept."""

    def __init__(self, places: Homes, registers: Sequence[str]) -> None:
        self._registers = {register: at for at, register in enumerate(registers, 1)}
        rows = RegisterCoverage.objects.filter(register__in=registers)
        numbers = (_listed("register", "register", registers, TextField()), _ALWAYS.start("since", F("since")))
        statement = once(("registers", tuple(registers)), lambda: compiled(rows, "region", numbers))
        self._table = read(statement, places, places.keys)

    def of(self, register: str) -> dict[int, int]:
        """Return by home the month from which a register is declared to be kept."""
        chosen = self._table["register"] == self._registers[register]
        months = _months(self._table["since"][chosen])
        return dict(zip(self._table.home[chosen].tolist(), months.tolist(), strict=True))


class Reported:
    """Approved figures up to the last month asked for."""

    def __init__(self, places: Homes, names: Sequence[str], last: int) -> None:
        known = figure_names()
        self._halves = {name: (known[name][0].code, known[name][1]) if name in known else (name, "") for name in names}
        codes = sorted({code for code, _ in self._halves.values()})
        self._codes = {code: at for at, code in enumerate(codes, 1)}
        rows = ReportedFigure.objects.approved().filter(measure__in=codes, on__lt=first_day(last + 1))
        numbers = [
            _listed("measure", "measure", codes, TextField()),
            _ALWAYS.start("on", F("on")),
            _ALWAYS.end("until", F("until")),
            column("value", ReportedFigure, "value", hundredths=True),
        ]
        if any(half == RESPONDENTS for _, half in self._halves.values()):
            numbers.append(column("out_of", ReportedFigure, "out_of"))
        key = ("figures", tuple(codes), len(numbers), last)
        self._table = read(once(key, lambda: compiled(rows, "region", numbers)), places, places.keys)
        self._measure = self._table["measure"]

    def of(self, name: str) -> Figures:
        """Return the figures under a name; the second half of a pair is its number of respondents."""
        code, half = self._halves[name]
        chosen = np.flatnonzero(self._measure == self._codes[code])
        on, until = self._table["on"][chosen], self._table["until"][chosen]
        amount = self._table["out_of"][chosen] * 100 if half == RESPONDENTS else self._table["value"][chosen]
        ends = np.where(until == _LAST_DAY, NEVER, _months(until))
        return Figures(self._table.home[chosen], on + 1, _months(on), ends, amount)
