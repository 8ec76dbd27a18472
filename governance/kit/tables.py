"""Tables of records: one definition for the page, the export, the print and the admin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, ClassVar

import django_tables2
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_tables2.columns import BoundColumn

from governance.kit.cells import EMPTY, html_of, plain_of
from governance.kit.wording import listed

YES_NO = (_("是"), _("否"))


class Table(django_tables2.Table):
    """A table whose `Meta` may name the columns shown at first (`shown`) and the relations they read (`related`)."""

    class Meta:
        template_name = "kit/table.html"
        order_by_field = "sort"
        shown: tuple[str, ...] = ()
        related: tuple[str, ...] = ()

    @classmethod
    def option(cls, name: str) -> tuple[str, ...]:
        """Return a tuple declared in `Meta`, or an empty one."""
        return tuple(getattr(getattr(cls, "Meta", None), name, ()))

    @classmethod
    def names(cls) -> list[str]:
        """Return the names of all columns, in order."""
        return list(cls.base_columns)

    @classmethod
    def label(cls, name: str) -> str:
        """Return the heading of a column: its own, or the name of the model's field."""
        own = cls.base_columns[name].verbose_name
        return str(own or cls._meta.model._meta.get_field(name).verbose_name)

    @classmethod
    def related_to(cls, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return `rows` with the relations that the columns read, so that a page costs a fixed number of queries."""
        related = cls.option("related")
        return rows.select_related(*related) if related else rows

    def body(self) -> SafeString:
        """Return the rows of the page as HTML; what a column's cells share is made once, for a list has many cells."""
        parts: list[str] = []
        cells = [(html_of(column), *_openings(column)) for column in self.columns]
        for row in self.paginated_rows:
            record = row.record
            parts.append("<tr>")
            for html, full, empty in cells:
                shown = html(record)
                parts += (empty if shown == EMPTY else full, shown, "</td>")
            parts.append("</tr>\n")
        return SafeString("".join(parts))  # every part is escaped

    def export_rows(self) -> Iterator[list[Any]]:
        """Yield the headings, then the plain values of each row."""
        columns: list[BoundColumn] = [column for column in self.columns if not column.column.exclude_from_export]
        yield [str(column.header) for column in columns]
        cells = [plain_of(column) for column in columns]
        for record in self.data.data.iterator(chunk_size=2000):
            yield [cell(record) for cell in cells]


def _openings(column: BoundColumn) -> tuple[str, str]:
    """Return the opening tag of a column's cells, and of those that are empty; phones show the label in the cell."""
    classes = column.attrs["td"].get("class") or ""
    return tuple(
        format_html('<td class="{}" data-l="{}">', f"{classes}{more}".strip(), column.header) for more in ("", " nil")
    )  # type: ignore[return-value]


class DateColumn(django_tables2.Column):
    """An ISO date that does not wrap."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "sec nw"}}

    def render(self, value: Any) -> str:
        """Return `2025-12-31`."""
        return str(value)


class TimeColumn(django_tables2.Column):
    """A moment, to the minute, in local time."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "sec nw"}}

    def render(self, value: Any) -> str:
        """Return `2025-12-31 08:26`."""
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")

    def value(self, value: Any) -> Any:
        """Return the moment itself for exports."""
        return value


class NumberColumn(django_tables2.Column):
    """A right-aligned number with thousands separators; missing is a dash, never zero."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "num"}, "th": {"class": "num"}}

    def render(self, value: Any) -> str:
        """Return `1,268` or `1,268.50`, without trailing zeros of the store."""
        return grouped(value)

    def value(self, value: Any) -> Any:
        """Return the number itself for exports."""
        return value


class StatusColumn(django_tables2.Column):
    """A state as colour, icon and word; `looks` gives the class and icon of each stored value."""

    def __init__(self, looks: dict[str, tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.looks = looks

    def render(self, value: Any, record: Model, bound_column: BoundColumn) -> str:
        """Return the badge."""
        look, icon = self.looks.get(str(getattr(record, bound_column.name)), ("st-none", "minus"))
        return badge(look, icon, str(value))

    def value(self, value: Any) -> Any:
        """Return the word for exports."""
        return value


@lru_cache(maxsize=256)
def badge(look: str, icon: str, word: str) -> SafeString:
    """Return a state as HTML; few looks and words, many cells."""
    return SafeString(render_to_string("kit/status.html", {"look": look, "icon": icon, "word": word}).strip())


def grouped(value: Any) -> str:
    """Return a number with thousands separators and no zeros behind its last decimal that counts."""
    text = f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain(value: Any) -> Any:
    """Return a value as a file may hold it: translated texts and records as text, dates and numbers as they are."""
    if isinstance(value, Promise | Model):
        return str(value)
    if isinstance(value, list | tuple | set):
        return listed(value)
    return value


def columns_wanted(table: type[Table], asked: Iterable[str]) -> list[str]:
    """Return the columns to show: those asked for that exist, else the table's own first choice, else all."""
    names = table.names()
    wanted = [name for name in names if name in set(asked)]
    return wanted or [name for name in names if name in table.option("shown")] or names
