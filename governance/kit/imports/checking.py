"""Each row of a file held against the rules, without writing anything and without a query for a single row.

Cells are read column by column, each text once; places and other records are looked up at once; what is there already
is fetched at once. What only the database can say about many rows is asked afterwards (`rules`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from governance.kit.errors import DomainError
from governance.kit.imports.cells import Cells, read_cells
from governance.kit.imports.existing import Existing, find_existing
from governance.kit.imports.heads import Headings, columns_of, imports_of, natural_of
from governance.kit.imports.naming import names_of, settled
from governance.kit.imports.parsing import KEPT
from governance.kit.imports.reading import Sheet
from governance.kit.imports.stored import stored_values
from governance.kit.limits import limit_of, misfit
from governance.kit.rules import RULES
from governance.kit.scoping import region_path_of
from governance.kit.states import STATES

Progress = Callable[[str, int, int], None]
ROWS_A_STEP = 2000


@dataclass(slots=True)
class Row:
    """A row of the file: what it says, what is wrong with it, and what it would write.

    `errors` are told by heading, those of the whole row under the empty one; `values` are written by column of the
    database; `before` are the shown old values of what changes, by heading.
    """

    number: int
    cells: list[str]
    verdict: str = "refused"
    errors: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    target: int | None = None
    seen: datetime | None = None


def check(listing: Any, sheet: Sheet, headings: Headings, *, by: Any, progress: Progress | None = None) -> list[Row]:
    """Return every row with its verdict: new, change, same or refused."""
    columns = columns_of(listing)
    cells = read_cells(headings, sheet, listing, by)
    existing = find_existing(listing, headings, sheet, cells, natural_of(listing), by)
    judge = _Judge(listing, headings, cells, existing, by, headings.missing(columns))
    rows: list[Row] = []
    for place, number in enumerate(sheet.numbers):
        if progress is not None and place % ROWS_A_STEP == 0:
            progress(_("正在核对"), place, len(sheet.numbers))
        row = Row(number, sheet.rows[place], errors=cells.errors.get(place, {}))
        judge.look_at(row, place)
        rows.append(row)
    return rows


class _Judge:
    """Puts what a row says on a record, and asks the record's own rules."""

    def __init__(
        self, listing: Any, headings: Headings, cells: Cells, existing: Existing, by: Any, missing: list[str]
    ) -> None:
        self.listing, self.model, self.by = listing, listing.model, by
        self.headings, self.cells, self.existing, self.missing = headings, cells, existing, missing
        said = imports_of(listing)
        self.rule = (said.rule if said is not None else None) or RULES.get(self.model)
        self.states = STATES.get(self.model)
        self.rows_of: Any = type(self.model._default_manager.get_queryset())
        self.may_change = listing.allows(by, "change")
        self.columns = {each.column.name: each for each in headings.all if each.column is not None}
        self.fields = [each.name for each in self.model._meta.concrete_fields]
        keys = (each for each in self.model._meta.concrete_fields if isinstance(each, ForeignKey))
        self.limits = {each.name: limit for each in keys if (limit := limit_of(each))}
        self.names = names_of(listing)
        self.keys = {each.name: each.attname for each in self.model._meta.concrete_fields if each.is_relation}
        self._allowed: dict[tuple[str, str], bool] = {}
        self._deciding: dict[str, Collection[Any]] = {}

    def look_at(self, row: Row, place: int) -> None:
        """Give the row its verdict."""
        refusal = self.existing.refused.get(place)
        if refusal:
            row.errors.setdefault(*refusal)
        stored = self.existing.records.get(place)
        row.target = None if stored is None else stored.pk
        if row.errors:
            return
        try:
            self._put(row, place, stored)
        except ValidationError as error:
            self._note(row, error)
        except DomainError as refusal_of_rule:
            row.errors[self.headings.text(refusal_of_rule.field or "")] = refusal_of_rule.reason

    def _put(self, row: Row, place: int, stored: Any) -> None:
        given = {name: values[place] for name, values in self.cells.values.items()}
        entry = None
        if self.names is not None and self.names.field in given:
            entry = self.cells.made[self.names.field].get(place)
            given |= settled(self.names, given[self.names.field], entry, stored, self.model)
        kept = [name for name, value in given.items() if value is KEPT]
        if stored is None:
            if kept:
                raise DomainError(_("请填写完整的内容，不要带 *。"), field=kept[0])
            if self.missing:
                raise DomainError(_("新增的记录缺少列：%(columns)s。") % {"columns": _("、").join(self.missing)})
            record = self.model(**given)
        else:
            record = copy(stored)
            record._state = copy(stored._state)
            record._state.fields_cache = dict(stored._state.fields_cache)
            for name, value in given.items():
                if value is not KEPT and self._differs(stored, name, value):
                    setattr(record, name, value)
        record.clean_fields(exclude=self.fields)  # the cells are clean; a model may fill in what follows from them
        row.values = stored_values(record, stored)
        if entry is not None and self.names is not None and self.keys[self.names.field] in row.values:
            row.values[self.names.field] = self.names.naming.sealed(entry)
        row.verdict = "new" if stored is None else "change" if row.values else "same"
        if row.verdict == "same":
            return
        try:
            self._ask(row, place, record, stored)
        except (DomainError, ValidationError):
            row.verdict = "refused"
            raise

    def _differs(self, stored: Any, name: str, value: Any) -> bool:
        if name in self.keys:
            return bool(getattr(stored, self.keys[name]) != (None if value is None else value.pk))
        return bool(getattr(stored, name) != value)

    def _ask(self, row: Row, place: int, record: Any, stored: Any) -> None:
        """Ask rights, state and rules; raise the refusal."""
        verb = "add" if stored is None else "change"
        if stored is not None:
            if not self.may_change:
                raise DomainError(_("已有这条记录，您没有修改它的权限。"))
            seen = self.existing.seen.get(place)
            if seen is not None and seen != stored.changed_at:
                raise DomainError(_("这条记录在导出之后被别人修改过，请重新导出再改。"))
            if self.states is not None:
                changed = [each.name for each in self.model._meta.concrete_fields if each.column in row.values]
                self.states.require_free(record, self.by, "change", changed)
            row.before = {
                each.text: "" if each.column.sealed else _text(each.column.told(stored))
                for each in self.columns.values()
                if each.column is not None and each.column.field.column in row.values
            }
            row.seen = getattr(stored, "changed_at", None)
        if not (self._may(verb, record) and (stored is None or self._may(verb, stored))):
            home = self.rows_of.region_path.split("__")[0]
            raise DomainError(_("您的岗位不能在这个地区办理这件事。"), field=home)
        for name, limit in self.limits.items():
            related = getattr(record, name)
            if related is not None and (reason := misfit(limit, related)):
                raise ValidationError({name: reason})
        record.clean()
        if self.rule is not None:
            self.rule(record)

    def _may(self, verb: str, record: Any) -> bool:
        """Ask whether `by` may; records of one place get one answer, unless their kind has a rule of its own."""
        decided_by = getattr(self.rows_of, "decided_by", "")
        if decided_by:
            return getattr(record, self.keys[decided_by]) in self._deciders(verb, decided_by)
        if "allows" in vars(self.rows_of):
            return bool(self.rows_of.allows(self.by, verb, record))
        key = (verb, region_path_of(record))
        if key not in self._allowed:
            self._allowed[key] = bool(self.rows_of.allows(self.by, verb, record))
        return self._allowed[key]

    def _deciders(self, verb: str, name: str) -> Collection[Any]:
        """Return the related records for which `by` may, of all that the file names, asked once."""
        if verb not in self._deciding:
            named = {value.pk for value in self.cells.values.get(name, ()) if isinstance(value, Model)}
            held = {getattr(record, self.keys[name]) for record in self.existing.records.values()}
            self._deciding[verb] = self.rows_of.deciders(self.by, verb, self.model, named | held)
        return self._deciding[verb]

    def _note(self, row: Row, error: ValidationError) -> None:
        if not hasattr(error, "error_dict"):
            row.errors[""] = " ".join(error.messages)
            return
        for name, texts in error.message_dict.items():
            row.errors[self.headings.text("" if name == "__all__" else name)] = " ".join(texts)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
