"""Tables whose columns follow from the fields of the model: what a field is decides how its column looks.

A table names the fields; a column that it declares itself stays as it is. What no surface may show (a sensitive field)
or no file may hold (a personal one) is decided here, once for all lists.
"""

from __future__ import annotations

from typing import Any, ClassVar

import django_tables2
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.text import Truncator
from django_tables2.columns import BoundColumn
from django_tables2.tables import DeclarativeColumnsMetaclass

from governance.kit.figures import number_column
from governance.kit.homes import home_of, is_place, region_path
from governance.kit.privacy import Classification, classification_of
from governance.kit.references import reference_for
from governance.kit.scoping import ScopedQuerySet, may
from governance.kit.states import states_of
from governance.kit.tables import YES_NO, DateColumn, Table, TimeColumn, badge
from governance.kit.wording import bracketed, listed

SHOWN = 7
LONG = 60
MASK = "••••••"
_NAMES = ("name", "title")
_bracketed = lazy(bracketed, str)


def own_page(record: Any) -> str:
    """Return the address of the record itself, whatever the cell shows."""
    return str(record.get_absolute_url())


class WordColumn(django_tables2.Column):
    """The word of a choice; of a state with its colour and icon, as everywhere."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "sec nw"}}

    def render(self, value: Any, record: Any, bound_column: BoundColumn) -> str:
        """Return the word, or the badge."""
        states = states_of(record)
        if states is None or states.field != bound_column.name:
            return str(value)
        look, icon = states.looks[states.of(record)]
        return badge(look, icon, str(value))

    def value(self, value: Any) -> Any:
        """Return the word for exports."""
        return value


class TextColumn(django_tables2.Column):
    """A text; a long one is cut on the page and whole in files."""

    def render(self, value: Any) -> str:
        """Return its beginning."""
        return Truncator(value).chars(LONG)

    def value(self, value: Any) -> Any:
        """Return the text for exports."""
        return value


class WordsColumn(django_tables2.Column):
    """Several values in a row, each by its word."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "sec"}}

    def __init__(self, words: dict[Any, Any], **options: Any) -> None:
        super().__init__(**options)
        self.words = words

    def render(self, value: Any) -> str:
        """Return the words."""
        return listed(self.words.get(each, each) for each in value)

    def value(self, value: Any) -> str:
        """Return the words for exports."""
        return self.render(value)


class FileColumn(django_tables2.Column):
    """Whether there is a file; it is fetched on the record's page."""

    def render(self, value: Any) -> str:
        """Return that there is one."""
        return str(YES_NO[0] if value else YES_NO[1])

    def value(self, value: Any) -> str:
        """Return the same for exports."""
        return self.render(value)


class MaskedColumn(django_tables2.Column):
    """That something sensitive is on record, and no more: never the value, never in a file."""

    def __init__(self, **options: Any) -> None:
        super().__init__(orderable=False, exclude_from_export=True, **options)

    def render(self, value: Any) -> str:
        """Return the mask."""
        return MASK

    def value(self, value: Any) -> str:
        """Return the mask."""
        return MASK


class RelatedColumn(django_tables2.Column):
    """A related record by what it is called, with its page behind it for those who may open that."""

    def __init__(self, field: models.ForeignKey[Any, Any], *, linked: bool, **options: Any) -> None:
        super().__init__(verbose_name=field.verbose_name, **options)
        self.name, self.linked = field.name, linked

    def render(self, value: Any, record: Any, table: Any) -> str:
        """Return the name, linked or bare."""
        user = getattr(getattr(table, "request", None), "user", None)
        related = getattr(record, self.name)
        if not self.linked or user is None or not may(user, "view", related):
            return str(value)
        return format_html('<a href="{}">{}</a>', related.get_absolute_url(), value)

    def value(self, value: Any) -> str:
        """Return the name for exports."""
        return str(value)


class _Columns(DeclarativeColumnsMetaclass):
    """Makes the columns that a table names and does not declare."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        meta = attrs.get("Meta")
        model = getattr(meta, "model", None)
        if model is None:
            return super().__new__(mcs, name, bases, attrs)
        declared = {key: each for key, each in attrs.items() if isinstance(each, django_tables2.Column)}
        wanted = tuple(meta.fields)  # type: ignore[union-attr]
        made = _made(name, model, wanted, declared, personal=getattr(meta, "personal", False))
        fields = tuple(
            column for each in wanted for column in (each, f"{each}_code") if column == each or column in made
        )
        hidden = {each for each in made if each not in wanted or isinstance(made[each], MaskedColumn)}
        attrs = attrs | made
        attrs["Meta"] = type("Meta", (meta,), {  # type: ignore[arg-type]
            "fields": tuple(dict.fromkeys(fields)),
            "shown": tuple(meta.shown) or tuple(each for each in wanted if each not in hidden)[:SHOWN],  # type: ignore[union-attr]
            "related": tuple(dict.fromkeys((*meta.related, *_related(model, wanted, declared | made)))),  # type: ignore[union-attr]
        })  # fmt: skip
        return super().__new__(mcs, name, bases, attrs)


class ListTable(Table, metaclass=_Columns):
    """A table that names fields of its model in `Meta.fields`; the columns follow from them.

    The record's name, else the first column, leads to its page. A place has its code in a column behind it.
    `Meta.shown` defaults to the first seven; `Meta.personal = True` lets personal fields into files.
    """

    class Meta(Table.Meta):
        personal = False


def _made(
    table: str, model: type[models.Model], wanted: tuple[str, ...], declared: dict[str, Any], *, personal: bool
) -> dict[str, Any]:
    """Return the columns that are not declared, by name; an unknown name is refused."""
    made: dict[str, Any] = {}
    title = _title(model, wanted)
    for name in wanted:
        if name in declared:
            continue
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            if name.endswith("_code") and name.removesuffix("_code") in (*declared, *made):
                continue  # named by hand where it stands; it is made with its place
            raise TypeError(f"{table}: {model.__name__} has no field {name!r}, and no column is declared") from None
        options: dict[str, Any] = {"linkify": own_page} if name == title else {}
        level = classification_of(model).get(name)
        if level is Classification.PERSONAL and not personal:
            options["exclude_from_export"] = True
        made[name] = MaskedColumn() if level is Classification.SENSITIVE else _column(field, options)
        if name == title:
            made[name].attrs = {"td": {"class": "w"}}
        if isinstance(field, models.ForeignKey) and is_place(field.related_model) and f"{name}_code" not in declared:
            made[f"{name}_code"] = _code(model, field)
    return made


def _title(model: type[models.Model], wanted: tuple[str, ...]) -> str:
    """Return the column that leads to the record: its name where each has one, else the first."""
    own = {field.name for field in model._meta.concrete_fields if not field.blank}
    return next((name for name in _NAMES if name in wanted and name in own), wanted[0])


def _column(field: Any, options: dict[str, Any]) -> django_tables2.Column:
    """Return the column that fits a field."""
    if isinstance(field, models.ForeignKey):
        return _related_column(field, options)
    if field.choices:
        return WordColumn(**options)
    if isinstance(field, models.DateTimeField):
        return TimeColumn(**options)
    if isinstance(field, models.DateField):
        return DateColumn(**options)
    if isinstance(field, models.BooleanField):
        return django_tables2.BooleanColumn(yesno=YES_NO, attrs={"td": {"class": "sec"}}, **options)
    if isinstance(field, models.IntegerField | models.DecimalField | models.FloatField):
        return number_column(field, options)
    if isinstance(field, ArrayField):
        words = dict(getattr(field.base_field, "flatchoices", None) or ())
        return WordsColumn(words, orderable=False, **options)
    if isinstance(field, models.FileField):
        return FileColumn(orderable=False, **options)
    return TextColumn(**options)


def _related_column(field: models.ForeignKey[Any, Any], options: dict[str, Any]) -> django_tables2.Column:
    """Return the column of a related record: what its kind shows, else its name, else the whole of it as text."""
    model = field.related_model
    reference = reference_for(field)
    named = reference.show if reference is not None else "name"
    own = {each.name for each in model._meta.get_fields()}
    if named in own:
        options["accessor"] = f"{field.name}{LOOKUP_SEP}{named}"
    if is_place(model):
        options["order_by"] = f"{field.name}{LOOKUP_SEP}path"
    return RelatedColumn(field, linked="linkify" not in options and _linked(model), **options)


def _linked(model: Any) -> bool:
    """Return whether a row can tell without a query of its own whether the related record may be opened.

    That is so where the rule is the kit's: one region, which is read with the row. Places stay bare: each row has one.
    """
    rows = model._default_manager.get_queryset()
    plain = getattr(type(rows), "allows", None)
    return (
        hasattr(model, "get_absolute_url")
        and not is_place(model)
        and plain is not None
        and plain.__func__ is ScopedQuerySet.allows.__func__  # type: ignore[attr-defined]
        and region_path(model).endswith(f"{LOOKUP_SEP}path")
    )


def _code(model: type[models.Model], field: models.ForeignKey[Any, Any]) -> django_tables2.Column:
    """Return the column with a place's code; of a place that is not the home it says whose."""
    path = f"{field.name}{LOOKUP_SEP}path"
    code: Any = field.related_model._meta.get_field("code")
    own = code.verbose_name
    label = own if home_of(model) == field.name else _bracketed(own, field.verbose_name)
    return django_tables2.Column(accessor=f"{field.name}{LOOKUP_SEP}code", order_by=path, verbose_name=label)


def _related(model: Any, wanted: tuple[str, ...], columns: dict[str, Any]) -> list[str]:
    """Return the relations that the columns read, and those that say whether a linked record may be opened."""
    found = []
    for name in wanted:
        column = columns.get(name)
        steps: list[str] = []
        at = model
        for part in str(getattr(column, "accessor", None) or name).split(LOOKUP_SEP):
            field = next((each for each in at._meta.get_fields() if each.name == part), None)
            if not isinstance(field, models.ForeignKey):
                break
            steps.append(part)
            at = field.related_model
        if steps and isinstance(column, RelatedColumn) and column.linked:
            steps.append(home_of(at))
        if steps:
            found.append(LOOKUP_SEP.join(steps))
    return found
