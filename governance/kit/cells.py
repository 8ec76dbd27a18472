"""Cells of a table, made quickly: what all cells of a column share is worked out once, not for each cell.

The table package does the same per cell (signature, choices, link), which takes most of a list's time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from inspect import signature
from operator import attrgetter
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django_tables2.columns import BoundColumn

EMPTY = "—"
Maker = Callable[[Any], Any]


def html_of(column: BoundColumn) -> Callable[[Any], SafeString]:
    """Return what turns a record into the HTML of its cell; a missing value is a dash."""
    value_of, render = _value_of(column), _bind(column, column.render)
    address_of = _address_of(column)

    def cell(record: Any) -> SafeString:
        value = value_of(record)
        if value is None or value == "":
            return SafeString(EMPTY)
        shown = render(value, record)
        return (
            format_html('<a href="{}">{}</a>', address_of(record), shown) if address_of else conditional_escape(shown)
        )

    return cell


def plain_of(column: BoundColumn) -> Maker:
    """Return what turns a record into the bare value of its cell, for files and the admin."""
    value_of, bare = _value_of(column), _bind(column, column.column.value)

    def cell(record: Any) -> Any:
        value = value_of(record)
        return None if value is None or value == "" else bare(value, record)

    return cell


def _value_of(column: BoundColumn) -> Maker:
    """Return what reads the column's value from a record; of a choice its word."""
    name = str(column.accessor)
    read = attrgetter(name.replace("__", "."))
    try:
        field: Any = column._table._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        field = None
    words = dict(field.flatchoices) if getattr(field, "choices", None) and hasattr(field, "flatchoices") else None

    def value(record: Any) -> Any:
        try:
            found = read(record)
        except AttributeError:  # a relation on the way is empty
            return None
        return words.get(found, found) if words is not None else found

    return value


def _bind(column: BoundColumn, function: Callable[..., Any]) -> Callable[[Any, Any], Any]:
    """Return `function` of value and record, given whatever else of the table it asks for by name."""
    names = signature(function).parameters
    every = any(parameter.kind is parameter.VAR_KEYWORD for parameter in names.values())
    known = {"column": column.column, "bound_column": column, "table": column._table}
    fixed = {name: thing for name, thing in known.items() if every or name in names}
    bound = partial(function, **fixed)
    if every or "record" in names:
        return lambda value, record: bound(value=value, record=record)
    return lambda value, record: bound(value=value)


def _address_of(column: BoundColumn) -> Maker | None:
    """Return what gives the address behind a cell: the column's own rule, or the page of the record."""
    if column.link is None:
        return None
    own = column.link.url
    return own if callable(own) else lambda record: record.get_absolute_url()
