"""Numbers as pages show them: a year is not counted in thousands, money has its two decimals, the rest what counts."""

from __future__ import annotations

from typing import Any, ClassVar

import django_tables2
from django.db.models import DecimalField, IntegerField

from governance.kit.tables import NumberColumn, grouped


def is_year(field: Any) -> bool:
    """Return whether a field holds a year of the calendar."""
    return isinstance(field, IntegerField) and (field.name == "year" or field.name.endswith("_year"))


def is_money(field: Any) -> bool:
    """Return whether a field holds yuan, which are called `amount` and have two decimals everywhere."""
    return isinstance(field, DecimalField) and field.name == "amount" and field.decimal_places == 2


def yuan(value: Any) -> str:
    """Return `27,881.00`."""
    return f"{value:,.2f}"


def figure(field: Any, value: Any) -> str:
    """Return the number that a field holds as text."""
    if is_year(field):
        return str(value)
    return yuan(value) if is_money(field) else grouped(value)


class MoneyColumn(NumberColumn):
    """Yuan, always to the fen, so that amounts stand digit below digit."""

    def render(self, value: Any) -> str:
        """Return the amount."""
        return yuan(value)


class YearColumn(django_tables2.Column):
    """A year."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "nw"}}

    def render(self, value: Any) -> str:
        """Return its digits."""
        return str(value)

    def value(self, value: Any) -> Any:
        """Return the number for exports."""
        return value


def number_column(field: Any, options: dict[str, Any]) -> django_tables2.Column:
    """Return the column of a field that holds numbers."""
    if is_year(field):
        return YearColumn(**options)
    return MoneyColumn(**options) if is_money(field) else NumberColumn(**options)
