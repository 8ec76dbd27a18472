"""The cells of a file as values, column by column: each text is read once, each related record looked up once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.kit.homes import home_of
from governance.kit.imports.heads import MENU_AT_MOST, Column, Heading, Headings
from governance.kit.imports.naming import Names, names_of, read_named
from governance.kit.imports.parsing import KEPT, empty_of, normal, one_line, plain_text
from governance.kit.imports.reading import Sheet
from governance.kit.references import Refusal, ToBeMade
from governance.kit.scoping import Scope, permission


@dataclass(slots=True)
class Cells:
    """Values by field, one for each row; errors by row and heading; `made` are, by field and row, records to be made."""

    values: dict[str, list[Any]] = field(default_factory=dict)
    errors: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    made: dict[str, dict[int, ToBeMade]] = field(default_factory=dict)


def read_cells(headings: Headings, sheet: Sheet, listing: Any, by: Any) -> Cells:
    """Return the values of all columns that fill a field."""
    cells = Cells()
    relations: dict[str, list[tuple[int, Heading]]] = defaultdict(list)
    for place, heading in enumerate(headings.all):
        if heading.column is None:
            continue
        if heading.column.is_relation:
            relations[heading.column.name].append((place, heading))
        else:
            _read_column(cells, heading, [row[place] for row in sheet.rows])
    names = names_of(listing)
    for name, parts in relations.items():
        parts.sort(key=lambda part: part[1].column.part if part[1].column is not None else 0)
        keys = [tuple(row[place] for place, _heading in parts) for row in sheet.rows]
        headings_of_it = [heading for _place, heading in parts]
        if names is not None and names.field == name:
            _read_named(cells, headings_of_it, keys, names, by)
        else:
            _read_relation(cells, headings_of_it, keys, listing, by)
    return cells


def _read_named(cells: Cells, headings: list[Heading], keys: list[tuple[str, ...]], names: Names, by: Any) -> None:
    """Read what names records that are found or made; a column that the file lacks is empty."""
    column = headings[0].column
    assert column is not None  # noqa: S101  the caller asked
    assert column.reference is not None  # noqa: S101  only those are named so
    parts = {each.column.part: each.text for each in headings if each.column is not None}
    full = {key: _full(key, list(parts), len(column.reference.columns)) for key in set(keys)}
    found = read_named(column.reference.model, [full[key] for key in keys], names, by)
    for row, wrong in found.errors.items():
        cells.errors[row][parts.get(wrong.part, headings[0].text)] = str(wrong.reason)
    cells.values[column.name], cells.made[column.name] = found.values, found.made


def _full(key: tuple[str, ...], parts: list[int], width: int) -> tuple[str, ...] | Refusal:
    cell = [""] * width
    for part, text in zip(parts, key, strict=True):
        try:
            cell[part] = one_line(plain_text(text))
        except ValidationError as error:
            return Refusal(" ".join(error.messages), part)
    return tuple(cell)


def _read_column(cells: Cells, heading: Heading, texts: list[str]) -> None:
    column = heading.column
    assert column is not None  # noqa: S101  the caller asked
    known: dict[str, tuple[Any, str]] = {}
    values: list[Any] = []
    for row, text in enumerate(texts):
        found = known.get(text)
        if found is None:
            found = known[text] = _one(column, text)
        values.append(found[0])
        if found[1]:
            cells.errors[row][heading.text] = found[1]
    cells.values[column.name] = values


def _one(column: Column, text: str) -> tuple[Any, str]:
    """Return a cell's value and no error, or no value and why."""
    if column.sealed and "*" in text:
        return KEPT, ""
    try:
        return column.parse(text), ""
    except ValidationError as error:
        return None, " ".join(error.messages)


def _read_relation(cells: Cells, headings: list[Heading], keys: list[tuple[str, ...]], listing: Any, by: Any) -> None:
    column = headings[0].column
    assert column is not None  # noqa: S101  the caller asked
    distinct, found = _plain_keys(set(keys)), dict[tuple[str, ...], Any]()
    asked = {plain for plain in distinct.values() if isinstance(plain, tuple) and any(plain)}
    resolved = _resolved(column, asked, listing, by) if asked else {}
    menu = column.reference is None  # rows that are the same for everybody may go by a word
    known = {plain: told for plain, told in resolved.items() if isinstance(told, int) or (menu and told is not None)}
    related: Any = column.field.related_model
    records = related._default_manager.in_bulk(set(known.values()))
    for key, plain in distinct.items():
        if isinstance(plain, str):
            found[key] = plain
        elif not any(plain):
            found[key] = _empty(column)
        else:
            found[key] = records.get(known.get(plain))
            if found[key] is None:
                told = None if plain in known else resolved.get(plain)
                reason = getattr(told, "reason", told)
                found[key] = str(reason or _("没有“%(given)s”。") % {"given": " ".join(plain)[:50]})
    values: list[Any] = []
    for row, key in enumerate(keys):
        value = found[key]
        if isinstance(value, str):
            cells.errors[row][headings[0].text] = value
            value = None
        values.append(value)
    cells.values[column.name] = values


def _plain_keys(keys: set[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...] | str]:
    """Return each key without what spreadsheets add, or the reason why it cannot be read."""
    plain: dict[tuple[str, ...], tuple[str, ...] | str] = {}
    for key in keys:
        try:
            plain[key] = tuple(plain_text(part) for part in key)
        except ValidationError as error:
            plain[key] = " ".join(error.messages)
    return plain


def _empty(column: Column) -> Any:
    try:
        return empty_of(column.field)
    except ValidationError as error:
        return " ".join(error.messages)


def _resolved(column: Column, keys: set[tuple[str, ...]], listing: Any, by: Any) -> Any:
    """Return the key of the record that each text means, or the refusal; the home lies where `by` may write."""
    if column.reference is not None:
        home = column.name == home_of(listing.model)
        return column.reference.resolve(keys, _writable(listing, by) if home else by)
    queryset: Any = column.field.related_model._default_manager.all()[:MENU_AT_MOST]  # type: ignore[union-attr]
    known = {normal(str(record)): record.pk for record in queryset}
    known |= {normal(str(pk)): pk for pk in known.values()}
    return {key: known.get(normal(key[0])) for key in keys}


def _writable(listing: Any, by: Any) -> Scope:
    verbs = ("add", "change")
    return Scope.over(path for verb in verbs for path in by.scope_for(permission(listing.model, verb)).paths)
