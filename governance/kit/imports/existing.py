"""The stored records that the rows of a file mean: by their number in the portal, or by what identifies them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from governance.kit.imports.cells import Cells
from governance.kit.imports.heads import Headings
from governance.kit.imports.parsing import KEPT, parser_of
from governance.kit.imports.reading import Sheet


@dataclass(slots=True)
class Existing:
    """Records by row, refusals (heading and reason) by row, and when the person saw the record last."""

    records: dict[int, Any] = field(default_factory=dict)
    refused: dict[int, tuple[str, str]] = field(default_factory=dict)
    seen: dict[int, datetime] = field(default_factory=dict)


def find_existing(
    listing: Any, headings: Headings, sheet: Sheet, cells: Cells, natural: tuple[str, ...], by: Any
) -> Existing:
    """Find what is there already, inside where `by` may look; each record and each new key comes once in a file."""
    model, found = listing.model, Existing()
    rows: Any = model._default_manager.visible_to(by).select_related(*_others(model))
    _read_seen(found, headings, sheet)
    at = headings.of("number")
    numbered: dict[int, int] = {}
    if at is not None:
        for row, cells_of_row in enumerate(sheet.rows):
            text = cells_of_row[at].removeprefix("'")
            if not text:
                continue
            if text.isascii() and text.isdigit() and len(text) < 19:
                numbered[row] = int(text)
            else:
                found.refused[row] = (headings.all[at].text, _("没有这条记录。新增的记录请把这一格留空。"))
    by_pk = rows.in_bulk(set(numbered.values())) if numbered else {}
    for row, pk in numbered.items():
        if pk in by_pk:
            found.records[row] = by_pk[pk]
        else:
            heading = headings.all[at].text if at is not None else ""
            found.refused[row] = (heading, _("没有这条记录。新增的记录请把这一格留空。"))
    if natural and all(name in cells.values for name in natural):
        _by_natural(found, rows, natural, cells, set(numbered) | set(found.refused), headings)
    _refuse_twice(found, natural, cells, sheet, headings)
    return found


def _others(model: type[models.Model]) -> list[str]:
    """Return the relations that rules may read, and whose old values are told; what is sealed stays sealed."""
    return [each.name for each in model._meta.concrete_fields if isinstance(each, models.ForeignKey)]


def _by_natural(
    found: Existing, rows: Any, natural: tuple[str, ...], cells: Cells, done: set[int], headings: Headings
) -> None:
    """Find records by what identifies them; asked by the field that tells most apart."""
    given = {row: key for row, key in _keys(natural, cells).items() if row not in done}
    if not given:
        return
    distinct = {name: {key[place] for key in given.values()} for place, name in enumerate(natural)}
    narrowest = max(natural, key=lambda name: (None not in distinct[name], len(distinct[name])))
    values = [value for value in distinct[narrowest] if value is not None]
    known: dict[tuple[Any, ...], list[Any]] = {}
    for record in rows.filter(**{f"{narrowest}__in": values}):
        known.setdefault(tuple(_plain(getattr(record, _attname(record, name))) for name in natural), []).append(record)
    for row, key in given.items():
        match = known.get(tuple(_plain(value) for value in key), [])
        if len(match) == 1:
            found.records[row] = match[0]
        elif match:
            found.refused[row] = (headings.text(natural[0]), _("这样的记录不止一条，请填系统编号。"))


def _keys(natural: tuple[str, ...], cells: Cells) -> dict[int, tuple[Any, ...]]:
    """Return the identifying values of each row that has any."""
    columns = [cells.values[name] for name in natural]
    keys = {row: key for row, key in enumerate(zip(*columns, strict=True)) if KEPT not in key}
    return {row: key for row, key in keys.items() if any(value not in (None, "") for value in key)}


def _refuse_twice(found: Existing, natural: tuple[str, ...], cells: Cells, sheet: Sheet, headings: Headings) -> None:
    """Refuse the second row that means the same record, stored or new."""
    first: dict[Any, int] = {}
    keys = _keys(natural, cells) if natural and all(name in cells.values for name in natural) else {}
    for row in range(len(sheet.rows)):
        if row in found.refused or cells.errors.get(row):
            continue
        record = found.records.get(row)
        key: Any = ("pk", record.pk) if record is not None else tuple(_plain(value) for value in keys.get(row, ()))
        if not key:
            continue
        before = first.setdefault(key, row)
        if before != row:
            reason = _("与第 %(row)s 行重复。") % {"row": sheet.numbers[before]}
            found.refused[row] = (headings.text(natural[0]) if natural else "", reason)


def _read_seen(found: Existing, headings: Headings, sheet: Sheet) -> None:
    """Read when the person saw each record last; a time that cannot be read is refused."""
    at = headings.of("seen")
    if at is None:
        return
    read = parser_of(models.DateTimeField(blank=True, null=True))
    known: dict[str, datetime | None] = {}
    for row, cells in enumerate(sheet.rows):
        text = cells[at]
        try:
            if text not in known:
                known[text] = read(text)
        except ValidationError as error:
            found.refused[row] = (headings.all[at].text, " ".join(error.messages))
            continue
        seen = known[text]
        if seen is not None:
            found.seen[row] = seen


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _attname(record: Any, name: str) -> str:
    return str(record._meta.get_field(name).attname)
