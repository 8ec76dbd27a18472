"""The history of a record for its page. The audit app says how it is read; here it is put into the words of the fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, DateTimeField, FileField, ForeignKey, Model, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from governance.kit.figures import figure
from governance.kit.listing import Listing
from governance.kit.masks import mask_all
from governance.kit.privacy import Classification, classification_of
from governance.kit.scoping import ScopedQuerySet
from governance.kit.sealed import BlindIndexField
from governance.kit.wording import listed

EMPTY = "—"
Read = Callable[[Model], QuerySet[Any]]
_readers: list[Read] = []


def read_by(reader: Read) -> None:
    """Register what gives the changes of a record, the newest first; each has `before` and `after` by column."""
    _readers[:] = [reader]


def has_history(model: type[Model]) -> bool:
    """Return whether the rows of a model have one."""
    return model._meta.label_lower not in settings.HISTORY_LEFT_OUT


def changes_of(record: Model) -> QuerySet[Any]:
    """Return the changes of a record, the newest first."""
    return _readers[0](record)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in words: its label, what was in it and what is."""

    label: str
    before: str
    after: str


def shown_fields(listing: Listing) -> set[str]:
    """Return the fields that the pages of a list show; the history of a record shows no others."""
    form = tuple(listing.form._meta.fields or ()) if listing.form is not None else ()
    state = (listing.states.field,) if listing.states is not None else ()
    return {*listing.facts, *form, *listing.table.option("fields"), *state}


class Words:
    """Puts the changes of one model into words for somebody; related records are looked up once for all of them.

    `fields` are those that may be shown (None: all), `masked` says whether what is personal is masked too. What is
    sensitive shows nothing in any case, and of a related record outside one's scope there is no name.
    """

    def __init__(
        self, model: type[Model], changes: Iterable[Any], user: Any, *, fields: set[str] | None, masked: bool = False
    ) -> None:
        self.model, self.fields, self.masked = model, fields, masked
        self.columns: dict[str, Any] = {str(field.column): field for field in model._meta.concrete_fields}
        self.levels = classification_of(model)
        keys: dict[type[Model], set[Any]] = defaultdict(set)
        for change in changes:
            for column, value in (*change.before.items(), *change.after.items()):
                field = self.columns.get(column)
                if isinstance(field, ForeignKey) and value is not None and self._open(field):
                    keys[field.related_model].add(value)
        self.names = {other: _names(other, values, user) for other, values in keys.items()}

    def differences(self, change: Any) -> list[Difference]:
        """Return the fields of a change in the order in which the model has them."""
        columns = [name for name in self.columns if name in change.before or name in change.after]
        fields = [(column, self.columns[column]) for column in columns]
        found = [
            Difference(
                str(field.verbose_name),
                self._word(field, change.before, column),
                self._word(field, change.after, column),
            )
            for column, field in fields
            if not isinstance(field, BlindIndexField) and (self.fields is None or field.name in self.fields)
        ]
        return [each for each in found if (each.before, each.after) != (EMPTY, EMPTY)]

    def _level(self, field: Any) -> Classification:
        return self.levels.get(field.name, Classification.SENSITIVE)

    def _open(self, field: Any) -> bool:
        """Return whether the value of a field may be shown."""
        if self.model._meta.auto_created:
            return True
        closed = {Classification.SENSITIVE, Classification.PERSONAL} if self.masked else {Classification.SENSITIVE}
        return self._level(field) not in closed

    def _word(self, field: Any, values: dict[str, Any], column: str) -> str:
        value = values.get(column)
        if value in (None, "", []):
            return EMPTY
        if not self._open(field):
            return mask_all("")
        if isinstance(field, ForeignKey):
            named = self.names.get(field.related_model, {})
            return named.get(str(value)) or _("#%(key)s（不在您的范围内）") % {"key": value}
        return _plain(field, value)


def _plain(field: Any, value: Any) -> str:
    """Return a value of the history as the record's page shows it."""
    words = {str(key): str(word) for key, word in getattr(field, "flatchoices", ())}
    if str(value) in words:
        return words[str(value)]
    if isinstance(value, list):
        inner = {str(key): str(word) for key, word in getattr(getattr(field, "base_field", None), "flatchoices", ())}
        return listed(inner.get(str(each), str(each)) for each in value)
    if isinstance(field, BooleanField):
        return _("是") if value else _("否")
    if isinstance(field, FileField):
        return _("文件")
    if isinstance(field, DateTimeField) and (moment := parse_datetime(str(value))) is not None:
        return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
    if field.get_internal_type().endswith(("IntegerField", "DecimalField")) and not isinstance(value, bool):
        return figure(field, field.to_python(value))
    return str(value)


def _names(model: type[Model], keys: set[Any], user: Any) -> dict[str, str]:
    """Return what the records are called, by key, of those that somebody may name."""
    rows: Any = model._default_manager.get_queryset()
    rows = rows.nameable_by(user) if isinstance(rows, ScopedQuerySet) else rows
    return {str(row.pk): str(row) for row in rows.filter(pk__in=keys)}
