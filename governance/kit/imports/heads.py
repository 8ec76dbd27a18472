"""The columns of an import: one for each field of the listing's form, and which of them the headings of a file mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, partial
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from governance.kit.choices import flat
from governance.kit.imports.columns import Imports, NoImport
from governance.kit.imports.naming import NAMES
from governance.kit.imports.parsing import Parser, normal, parser_of
from governance.kit.privacy import Classification, classification_of
from governance.kit.references import Reference, reference_for
from governance.kit.tables import plain
from governance.kit.wording import bracketed
from governance.kit.written import WRITTEN

MENU_AT_MOST = 5000  # rows of a menu that are read to find one by its name


@dataclass(eq=False)
class Column:
    """One column: the field it fills, and of a reference of several parts which one."""

    name: str
    heading: str
    field: models.Field[Any, Any]
    input: forms.Field
    reference: Reference | None = None
    part: int = 0
    required: bool = False
    sealed: bool = False
    note: Any = ""
    label: Callable[[], str] | None = None
    others: tuple[str, ...] = ()

    @cached_property
    def words(self) -> dict[str, Any] | None:
        """The values that may be chosen by what they are called; None where anything may be written."""
        base = getattr(self.field, "base_field", self.field)
        if base.choices:
            pairs = base.flatchoices
        elif isinstance(self.input, forms.ChoiceField) and not isinstance(self.input, forms.ModelChoiceField):
            offered: Any = self.input.choices
            pairs = flat(offered)
        else:
            return None
        return {str(word): value for value, word in pairs if value not in ("", None)}

    @property
    def is_part(self) -> bool:
        """Whether the record is named by several cells, of which this is one."""
        return self.reference is not None and len(self.reference.columns) > 1

    @property
    def is_relation(self) -> bool:
        """Whether the cell names a record."""
        return isinstance(self.field, models.ForeignKey)

    @cached_property
    def parse(self) -> Parser:
        """What reads a cell of a field that names no record."""
        return parser_of(self.field, self.words)

    @cached_property
    def known_as(self) -> frozenset[str]:
        """Every heading that means this column, as compared: the label in both languages and the field's name."""
        names = {self.heading}
        if not self.is_part:
            names.add(self.name)
        for language in ("zh-hans", "en"):
            with override(language):
                names.add(self.label() if self.label is not None else self.heading)
        return frozenset(normal(name) for name in names)

    @cached_property
    def also_known_as(self) -> frozenset[str]:
        """Further headings that mean it where no other column is called so."""
        return frozenset(normal(name) for name in self.others) - self.known_as

    @property
    def pattern(self) -> str:
        """How the cells are laid out in a spreadsheet: text, number or date."""
        if self.is_relation or self.words is not None:
            return "text"
        if isinstance(self.field, models.DateTimeField):
            return "text"
        if isinstance(self.field, models.DateField):
            return "date"
        return "number" if isinstance(self.field, models.IntegerField | models.DecimalField) else "text"

    def told(self, record: models.Model) -> Any:
        """Return the record's value as a file tells it, so that reading it again gives the same."""
        value = getattr(record, self.name)
        if value is None or value == "":
            return None
        if isinstance(value, models.Model):
            return self.reference.key(value) if self.reference is not None else str(value)
        if self.words is not None:
            known = {stored: word for word, stored in self.words.items()}
            value = [known.get(each, each) for each in value] if isinstance(value, list) else known.get(value, value)
        if isinstance(value, bool):
            return str(_("是")) if value else str(_("否"))
        return plain(value)


@dataclass(slots=True)
class Heading:
    """A column of the file: what it fills, or that it is only shown, or that nobody knows it."""

    text: str
    kind: str  # a field's name, "number", "seen", "shown" or "unknown"
    column: Column | None = None
    near: str = ""


@dataclass(slots=True)
class Headings:
    """The columns of a file in order."""

    all: list[Heading] = field(default_factory=list)

    def of(self, kind: str) -> int | None:
        """Return the place of the column of this kind that fills no field; a field may be called `number` too."""
        places = (place for place, each in enumerate(self.all) if each.kind == kind and each.column is None)
        return next(places, None)

    def text(self, name: str) -> str:
        """Return the heading of the column that fills a field, or nothing."""
        return next((each.text for each in self.all if each.column is not None and each.column.name == name), "")

    def missing(self, columns: list[Column]) -> list[str]:
        """Return the headings of required columns that the file lacks."""
        there = {(each.column.name, each.column.part) for each in self.all if each.column is not None}
        return [column.heading for column in columns if column.required and (column.name, column.part) not in there]


def imports_of(listing: Any) -> Imports | None:
    """Return what the listing says about its import, or None where it has none."""
    said = listing.imports
    if isinstance(said, NoImport) or listing.add is None or listing.form is None:
        return None
    if said is None:
        return Imports() if listing.add in WRITTEN or listing.add in NAMES else None
    return said if isinstance(said, Imports) else None


def import_address(listing: Any, user: Any) -> str | None:
    """Return where files of the listing are uploaded, for those who may add records."""
    open_to = imports_of(listing) is not None and listing.allows(user, "add")
    return str(listing.url("import")) if open_to else None


def natural_of(listing: Any) -> tuple[str, ...]:
    """Return the fields that find a record without its number."""
    said = imports_of(listing)
    return tuple((said.natural if said is not None else ()) or listing.natural)


def columns_of(listing: Any) -> list[Column]:
    """Return the columns that a file may fill, in the order of the form."""
    said, model = imports_of(listing), listing.model
    if said is None:
        return []
    known, inputs = classification_of(model), listing.form.base_fields
    columns: list[Column] = []
    fields = said.fields or tuple(name for name in listing.form._meta.fields if name in inputs)
    labels = {name: _label(model, inputs, name) for name in fields}
    made = NAMES[listing.add].field if listing.add in NAMES else ""
    for name in fields:
        own, asked = model._meta.get_field(name), inputs[name]
        if isinstance(own, models.FileField):
            continue
        reference = reference_for(own) if isinstance(own, models.ForeignKey) else None
        sealed = known.get(name, Classification.SENSITIVE) is Classification.SENSITIVE
        parts = reference.columns if reference is not None else (("", ""),)
        for part, (suffix, heading) in enumerate(parts):
            # two names in a row, such as that of a person and that of a unit, are told apart by the field's own
            clash = bool(heading) and str(heading) in {str(label) for each, label in labels.items() if each != name}
            label = partial(_heading, labels[name], heading, clash=clash)
            others = reference.others.get(suffix, ()) if reference is not None and name == made and not clash else ()
            columns.append(
                Column(
                    name, label(), own, asked, reference, part, asked.required and not part,
                    sealed or (reference is not None and suffix in reference.sealed),
                    reference.notes.get(suffix, "") if reference is not None else "", label,
                    (*(said.headings.get(name, ()) if not part else ()), *others),
                )
            )  # fmt: skip
    return columns


def _label(model: Any, inputs: Mapping[str, forms.Field], name: str) -> Any:
    label = inputs[name].label
    return label if label is not None else model._meta.get_field(name).verbose_name


def _heading(label: Any, part: Any, *, clash: bool) -> str:
    return bracketed(label, part) if clash else str(part) or str(label)


def number_heading() -> str:
    """Return the heading of the column that holds the number of a record in this portal."""
    return str(_("系统编号"))


def seen_heading() -> str:
    """Return the heading of the column that says when the record was changed last."""
    return str(_("更新时间"))


def placed(columns: list[Column], headings: list[str], shown: Mapping[str, Any] | tuple[str, ...] = ()) -> Headings:
    """Return what each heading of a file means; `shown` are headings of the list that no file fills."""
    own: dict[str, Column] = {}
    for names in ("known_as", "also_known_as"):
        for column in columns:
            for name in getattr(column, names):
                own.setdefault(name, column)
    fixed: dict[str, str] = {}
    for language in ("zh-hans", "en"):
        with override(language):
            fixed |= {normal(number_heading()): "number", normal(seen_heading()): "seen"}
    only_shown = {normal(str(name)) for name in shown}
    found, taken = Headings(), set[int]()
    for text in headings:
        name = normal(text)
        match = own.get(name)
        if match is not None and id(match) not in taken:
            taken.add(id(match))
            found.all.append(Heading(text, match.name, match))
        elif name in fixed:
            found.all.append(Heading(text, fixed[name]))
        elif not name or name in only_shown:
            found.all.append(Heading(text, "shown"))
        else:
            near = get_close_matches(name, [normal(column.heading) for column in columns], n=1, cutoff=0.4)
            told = next((column.heading for column in columns if near and normal(column.heading) == near[0]), "")
            found.all.append(Heading(text, "unknown", near=told))
    return found
