"""Lists on the page of another record: whatever points to it by a foreign key, each inside the user's scope.

The upper app declares such a list by having the key; only a longer path is registered by hand. Places have cards
instead: what is homed below them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.checks import CheckMessage, Error
from django.db.models import ForeignKey, Model, Q
from django.db.models.constants import LOOKUP_SEP
from django_tables2.columns.base import LinkTransform
from django_tables2.data import TableListData

from governance.kit.columns import RelatedColumn, own_page
from governance.kit.homes import home_of, is_place
from governance.kit.listing import LISTINGS, Listing
from governance.kit.references import reference_for
from governance.kit.tables import columns_wanted
from governance.kit.wording import bracketed

ROWS = 5
COLUMNS = 5


@dataclass(frozen=True, slots=True, eq=False)
class RelatedList:
    """The rows of `listing` that lead to a record by the look-up `through`, and meet `where`."""

    listing: Listing
    through: str
    label: Any = ""
    order: int = 50
    where: Q = field(default_factory=Q)


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as the page shows it: at most five rows; `more` says that there are others behind `url`."""

    title: str
    noun: Any
    table: Any
    more: bool
    url: str | None
    add_url: str | None


_registered: dict[type[Model], list[RelatedList]] = defaultdict(list)


def register(of: type[Model], *lists: RelatedList) -> None:
    """Add lists to the pages of a model's records, for paths longer than one key."""
    _registered[of] += lists


def lists_of(model: type[Model]) -> list[RelatedList]:
    """Return the lists on the pages of a model's records, in order."""
    found = [
        RelatedList(listing, key.name, order=listing.nav.order if listing.nav is not None else 50)
        for listing in LISTINGS.values()
        for key in keys_of(listing)
        if key.related_model is model
    ]
    return sorted([*found, *_registered[model]], key=lambda each: each.order)


def keys_of(listing: Listing) -> list[ForeignKey[Any, Any]]:
    """Return the keys of a listing's model that make a list on the page of the other record."""
    if "page" not in listing.surfaces:
        return []
    keys = [key for key in listing.model._meta.concrete_fields if isinstance(key, ForeignKey)]
    return [
        key
        for key in keys
        if key.related_model in LISTINGS
        and not is_place(key.related_model)
        and (listing.related is None or key.name in listing.related)
    ]


def lists_on(record: Model, user: Any) -> list[Shown]:
    """Return the lists on the page of `record` that `user` may see; each costs one query."""
    lists = [each for each in lists_of(record._meta.model) if each.listing.allows(user, "view")]
    twice = {each.listing for each in lists if sum(other.listing is each.listing for other in lists) > 1}
    return [_shown(each, record, user, named=each.listing in twice) for each in lists]


def parted(record: Model, user: Any) -> dict[str, list[Shown]]:
    """Return those lists as the page has them: the filled ones, and the blank ones, which share a panel."""
    found = lists_on(record, user)
    return {"filled": [each for each in found if each.table], "blank": [each for each in found if not each.table]}


def _shown(each: RelatedList, record: Model, user: Any, *, named: bool) -> Shown:
    listing = each.listing
    rows = list(listing.rows(user).filter(each.where, **{each.through: record})[: ROWS + 1])
    keep = [name for name in columns_wanted(listing.table, ()) if name != each.through][:COLUMNS]
    table = listing.table(
        _Rows(rows[:ROWS], listing.model),
        exclude=[name for name in listing.table.names() if name not in keep],
        orderable=False,
    )
    table.viewer = user
    _lead(table)
    plural = listing.model._meta.verbose_name_plural
    title = each.label or (bracketed(plural, _label(listing, each.through)) if named else plural)
    return Shown(
        title=str(title),
        noun=listing.model._meta.verbose_name,
        table=table if rows else None,
        more=len(rows) > ROWS,
        url=_list(each, record),
        add_url=_add(each, record) if listing.allows(user, "add") else None,
    )


def _lead(table: Any) -> None:
    """Let the first column that is never empty lead to the record where the one that does so elsewhere is left out."""
    columns: list[Any] = list(table.columns)
    if not columns or any(column.link is not None for column in columns):
        return
    rows = table.data.data
    full = (each for each in columns if all(each.accessor.resolve(row, quiet=True) not in ("", None) for row in rows))
    lead = next(full, columns[0])
    lead.link = LinkTransform(url=own_page)
    if isinstance(lead.column, RelatedColumn):
        lead.column.linked = False


class _Rows(TableListData):
    """Rows that are read already, with the model that gives the columns their headings."""

    def __init__(self, rows: list[Any], model: type[Model]) -> None:
        super().__init__(rows)
        self._model = model

    @property
    def model(self) -> type[Model]:
        """The model of the rows."""
        return self._model


def _label(listing: Listing, through: str) -> Any:
    key: Any = listing.model._meta.get_field(through.split(LOOKUP_SEP)[0])
    return key.verbose_name


def _filter(each: RelatedList) -> str | None:
    """Return the name of the list's filter by the record."""
    filters = each.listing.filterset.base_filters
    return next((name for name, found in filters.items() if found.field_name == each.through), None)


def _key(each: RelatedList, record: Model) -> Any:
    """Return what names the record in an address."""
    key: Any = each.listing.model._meta.get_field(each.through.split(LOOKUP_SEP)[0])
    reference = reference_for(key)
    return record.pk if reference is None else reference.key(record)


def _list(each: RelatedList, record: Model) -> str | None:
    """Return the address of the whole list, narrowed to the record."""
    name = None if each.where else _filter(each)
    if name is None:
        return None
    other = each.listing.filterset.base_filters[name].extra.get("to_field_name")  # a menu may go by another key
    key = getattr(record, other) if other else _key(each, record)
    return f"{each.listing.url('list')}?{urlencode({name: key})}"


def _add(each: RelatedList, record: Model) -> str | None:
    """Return the address of the form with the record filled in, and the place that it has."""
    form = each.listing.form
    if form is None or each.through not in form._meta.fields:
        return None
    given = {each.through: _key(each, record)}
    home, own = home_of(each.listing.model), home_of(record._meta.model)
    if home in form._meta.fields and home != each.through and own and LOOKUP_SEP not in own:
        given[home] = getattr(record, own).code
    return f"{each.listing.url('add')}?{urlencode(given)}"


def missing_filters(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """Return an error for each list on another record's page that its own list cannot be narrowed to."""
    return [
        Error(
            f"{listing.filterset.__name__} has no filter by {key.name!r}",
            hint=f"Name it in Meta.fields, or leave {key.name!r} out by `related=` of the listing.",
            obj=listing.model,
            id="kit.E001",
        )
        for listing in LISTINGS.values()
        for key in keys_of(listing)
        if _filter(RelatedList(listing, key.name)) is None
    ]
