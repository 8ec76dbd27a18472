"""The filters that follow from the fields of a model, and the words that stand in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.fields import RangeField
from django_filters.widgets import RangeWidget
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from governance.kit.homes import home_field, home_of, is_place
from governance.kit.references import reference_for
from governance.kit.spans import alive_on
from governance.kit.wording import inside, listed

ALIVE = [("now", gettext_lazy("在用")), ("ended", gettext_lazy("已停用"))]


def _every(name: Any) -> str:
    return _("全部%(name)s") % {"name": inside(name)}


every = lazy(_every, str)
_joined = lazy(listed, str)


class AliveFilter(django_filters.ChoiceFilter):
    """In use today, or ended."""

    def __init__(self, **options: Any) -> None:
        given = {"label": gettext_lazy("状态"), "choices": ALIVE, "empty_label": gettext_lazy("在用和停用")}
        super().__init__(**given | options)

    def filter(self, qs: models.QuerySet[Any], value: Any) -> models.QuerySet[Any]:
        """Filter by the span."""
        today = timezone.localdate()
        conditions = {"now": alive_on(today), "ended": models.Q(until__lte=today)}
        return qs.filter(conditions[value]) if value in conditions else qs


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included; a missing one is open."""

    first: date | None
    last: date | None

    def __str__(self) -> str:
        if self.first and self.last:
            return _("%(first)s 至 %(last)s") % {"first": self.first, "last": self.last}
        return _("%(day)s 起") % {"day": self.first} if self.first else _("至 %(day)s") % {"day": self.last}


class DaysWidget(RangeWidget):
    """Two dates side by side, each with the browser's own picker."""

    template_name = "kit/days_input.html"
    suffixes: ClassVar[list[str]] = ["from", "to"]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        forms.MultiWidget.__init__(
            self,
            [
                forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "aria-label": gettext_lazy("从")}),
                forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "aria-label": gettext_lazy("到")}),
            ],
            attrs,
        )

    def decompress(self, value: Any) -> list[Any]:
        """Return the two days."""
        return [value.first, value.last] if isinstance(value, Days) else [None, None]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """Return the two texts, or nothing at all where both are empty: the filter is not set then."""
        given = super().value_from_datadict(data, files, name)
        return given if any(given) else []

    def id_for_label(self, id_: str) -> str:
        """Let the label lead to the first of them."""
        return f"{id_}_0"


class DaysField(RangeField):
    """Two dates that make a stretch of time."""

    widget = DaysWidget

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__((forms.DateField(), forms.DateField()), *args, **options)

    def compress(self, data_list: Any) -> Days | None:
        """Return the stretch; one that ends before it begins is refused."""
        first, last = (data_list or (None, None))[:2]
        if first and last and last < first:
            raise ValidationError(_("结束日期不能早于开始日期。"), code="backwards")
        return Days(first, last) if first or last else None


class DaysFilter(django_filters.DateFromToRangeFilter):
    """Keeps the rows of some days: `?on_from=2025-01-01&on_to=2025-12-31`, both days included."""

    field_class = DaysField

    def __init__(self, *args: Any, moments: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.moments = moments

    def filter(self, qs: models.QuerySet[Any], value: Days | None) -> models.QuerySet[Any]:
        """Filter by the days; a moment belongs to the day that it has where the portal stands."""
        if value is None:
            return qs
        first, last = value.first, value.last
        if first:
            qs = qs.filter(**{f"{self.field_name}{LOOKUP_SEP}gte": _midnight(first) if self.moments else first})
        if last and self.moments:
            return qs.filter(**{f"{self.field_name}{LOOKUP_SEP}lt": _midnight(last + timedelta(days=1))})
        return qs.filter(**{f"{self.field_name}{LOOKUP_SEP}lte": last}) if last else qs


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@extend_schema_field(OpenApiTypes.STR)
class ReferenceFilter(django_filters.Filter):
    """A filter by a related record, made when it is first used: only then are all lists known."""

    def __init__(self, field: models.ForeignKey[Any, Any], **options: Any) -> None:
        super().__init__(field_name=field.name, label=field.verbose_name, **options)
        self.to = field

    @property
    def made(self) -> django_filters.Filter:
        """The filter that the related record's kind offers, or a plain menu."""
        if not hasattr(self, "_made"):
            self._made = _reference_filter(self.to)
            self._made.parent, self._made.model = getattr(self, "parent", None), getattr(self, "model", None)
        return self._made

    @property
    def field(self) -> Any:
        """The input."""
        return self.made.field

    def filter(self, qs: models.QuerySet[Any], value: Any) -> models.QuerySet[Any]:
        """Filter by the record."""
        rows: models.QuerySet[Any] = self.made.filter(qs, value)
        return rows


def filter_for(field: Any) -> django_filters.Filter | None:
    """Return the filter that fits a model field; None leaves it to the framework."""
    label = field.verbose_name
    if isinstance(field, models.ForeignKey):
        if is_place(field.related_model):
            return _reference_filter(field)  # so that the API's description knows it
        return ReferenceFilter(field) if hasattr(field.related_model._default_manager, "visible_to") else _menu(field)
    if field.choices:
        return django_filters.ChoiceFilter(
            field_name=field.name, label=label, choices=field.choices, empty_label=every(label)
        )
    if isinstance(field, models.BooleanField):
        return django_filters.BooleanFilter(field_name=field.name, label=label)
    if isinstance(field, models.DateField):
        moments = isinstance(field, models.DateTimeField)
        return DaysFilter(field_name=field.name, label=label, moments=moments)
    return None


def home_filter(model: type[models.Model]) -> django_filters.Filter | None:
    """Return the filter by the place at which the rows are homed, if there is a way to it."""
    field = home_field(model)
    made = reference_for(field) if field is not None else None
    return None if made is None else made.filter(field_name=home_of(model), label=gettext_lazy("地区"))


def lasts(model: type[models.Model]) -> bool:
    """Return whether the rows have a span."""
    names = {field.name for field in model._meta.concrete_fields}
    return {"since", "until"} <= names


def hint_of(model: type[models.Model], search: tuple[str, ...]) -> Any:
    """Return what the search looks through, as a row of labels; a related record goes by the name of the relation."""
    labels = []
    for lookup in search:
        try:
            labels.append(model._meta.get_field(lookup.split(LOOKUP_SEP)[0]).verbose_name)  # type: ignore[union-attr]
        except FieldDoesNotExist:
            continue
    return _joined(tuple(dict.fromkeys(labels))) if labels else gettext_lazy("搜索")


def _reference_filter(field: models.ForeignKey[Any, Any]) -> django_filters.Filter:
    reference = reference_for(field)
    if reference is None:
        return _menu(field)
    made: Any = reference.filter(field_name=field.name, label=field.verbose_name)
    if is_place(field.related_model) and field.name != home_of(field.model):
        made.path = f"{field.name}{LOOKUP_SEP}path"
    return made


def _menu(field: models.ForeignKey[Any, Any]) -> django_filters.Filter:
    rows = field.related_model._default_manager.all()
    return django_filters.ModelChoiceFilter(
        field_name=field.name, label=field.verbose_name, queryset=rows, empty_label=every(field.verbose_name)
    )
