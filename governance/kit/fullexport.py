"""A list with what every other surface masks: which lists have that, who may have it, and what stands in the columns.

Beside the columns of the table stand the fields that a record reveals, and those of the person it names. Both ask for the
permission to reveal, wherever the row lies; the rows are those of the list's own filters, never more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import ForeignKey, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.kit.cells import plain_of
from governance.kit.errors import DomainError
from governance.kit.filters import FilterSet
from governance.kit.listing import LISTINGS, Listing
from governance.kit.revealing import VERB, text_of
from governance.kit.savedfilters import keepable
from governance.kit.scoping import permission
from governance.kit.wording import bracketed

_pages: list[str] = []
_ALWAYS = {"sort", "columns", "page", "per_page", "print"}


def named(listing: Listing) -> list[ForeignKey[Any, Any]]:
    """Return the keys of a list to records that have something to reveal, apart from those it reveals itself."""
    keys = (each for each in listing.model._meta.concrete_fields if isinstance(each, ForeignKey))
    return [
        key
        for key in keys
        if key.name not in listing.reveals and (other := LISTINGS.get(key.related_model)) is not None and other.reveals
    ]


def permissions(listing: Listing) -> set[str]:
    """Return what somebody must be granted for it; nothing for a list that masks nothing."""
    models = [listing.model] if listing.reveals else []
    return {permission(model, VERB) for model in (*models, *(key.related_model for key in named(listing)))}


def may_have(listing: Listing, user: Any) -> bool:
    """Return whether `user` may ask for it."""
    wanted = permissions(listing)
    return bool(wanted) and listing.allows(user, "view") and all(user.has_perm(each) for each in wanted)


def lacking(listing: Listing, user: Any) -> str:
    """Return the first permission that `user` lacks for it."""
    wanted = [permission(listing.model, "view"), *sorted(permissions(listing))]
    return next((each for each in wanted if not user.has_perm(each)), wanted[0])


def reach(listing: Listing, user: Any) -> list[str]:
    """Return the places from which `user` gets rows of it whole, by their paths."""
    return sorted({path for each in permissions(listing) for path in user.scope_for(each).paths})


def asked_at(address: str) -> None:
    """Register the name of the page on which a whole list is asked for."""
    _pages[:] = [address]


def address(listing: Listing, user: Any, query: str) -> str | None:
    """Return where `user` asks for the whole of a list with these filters; None for who may not."""
    if not (_pages and may_have(listing, user)):
        return None
    return f"{reverse(_pages[0])}?{urlencode({'list': listing.label, 'filters': query})}"


def query_of(listing: Listing, asked: QueryDict) -> str:
    """Return the filters of a list's address as they are kept; refuses where one would be lost and more be exported."""
    kept = keepable(listing, asked)
    lost = {name for name in asked if name not in _ALWAYS and asked[name]} - set(QueryDict(kept))
    if lost:
        raise DomainError(_("筛选条件里有号码，或条件太长，不能用来申请导出。请换用别的条件。"))
    return kept


def rows_of(listing: Listing, user: Any, query: str) -> QuerySet[Any]:
    """Return the rows of the filters that `user` may see whole."""
    filterset: FilterSet = listing.filtered(user, QueryDict(query))
    if not filterset.form.is_valid():
        raise DomainError(_("筛选条件有误，没有导出任何数据。"))
    rows: Any = filterset.rows
    if listing.reveals:
        rows = rows.allowed_to(user, VERB)
    for key in named(listing):
        others: Any = key.related_model._default_manager
        whole = others.allowed_to(user, VERB).order_by()
        rows = rows.filter(Q(**{f"{key.name}__isnull": True}) | Q(**{f"{key.name}__in": whole.values("pk")}))
    return rows  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Whole:
    """The rows of a list with the columns of its table, and then those that are masked elsewhere."""

    listing: Listing
    rows: QuerySet[Any]
    sort: str = ""

    def export_rows(self) -> Iterator[list[Any]]:
        """Yield the headings, then the values of each row."""
        listing, keys = self.listing, named(self.listing)
        table = listing.table(self.rows, order_by=self.sort) if self.sort else listing.table(self.rows)
        shown = [column for column in table.columns if not column.column.exclude_from_export]
        fields = {field.name: field for field in listing.model._meta.concrete_fields}
        own = [(name, bracketed(fields[name].verbose_name, _("完整"))) for name in listing.reveals]
        theirs = [
            (key.name, name, bracketed(f"{key.verbose_name}·{_label(key.related_model, name)}", _("完整")))
            for key in keys
            for name in LISTINGS[key.related_model].reveals
        ]  # fmt: skip
        yield [
            *(str(column.header) for column in shown),
            *(head for _n, head in own),
            *(head for _k, _n, head in theirs),
        ]
        cells = [plain_of(column) for column in shown]
        relations = [key.name for key in keys] + [
            name for name in listing.reveals if isinstance(fields[name], ForeignKey)
        ]
        rows: Any = table.data.data
        rows = rows.select_related(*relations) if relations else rows
        for record in rows.iterator(chunk_size=2000):
            yield [
                *(cell(record) for cell in cells),
                *(text_of(getattr(record, name)) for name, _head in own),
                *(text_of(getattr(getattr(record, key), name, None)) for key, name, _head in theirs),
            ]


def _label(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)
