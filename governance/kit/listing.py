"""One list of one kind of record, defined once and shown on every surface.

The name gives every address: pages `<app>:<name>_list`, `_detail`, `_add`, `_change`, `_remove`, `_export`; the API
`api:<name>-list`, `api:<name>-detail`; the admin goes by the model. With states come the page `_move`, one endpoint for
each transition and the admin's `_move`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from governance.kit import found as finding
from governance.kit import navigation, references, refusals
from governance.kit.access import RECORDS, Access
from governance.kit.addresses import ADDRESSES
from governance.kit.belonging import OWNED, Owned
from governance.kit.cards import ListCard
from governance.kit.filters import FilterSet
from governance.kit.imports.columns import Imports, NoImport
from governance.kit.navigation import Line
from governance.kit.picker import record_reference
from governance.kit.scoping import may, permission
from governance.kit.states import STATES, States
from governance.kit.tables import Table

SURFACES = frozenset({"page", "api", "admin"})
Action = Callable[..., Any]

LISTINGS: dict[type[Model], Listing] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """A model's rows, how they are filtered, which columns they show, and the actions that write them.

    `key` is the field in the address of a record. A missing action means: nobody does that here. `hint` says what to do
    next while the list is empty; `about` what the records mean, above list and form. With `confirm` a change is shown
    as old and new values first and made when that is confirmed; it names the fields that say which record it is.

    `at` is the address of the pages below those of the app, and of the endpoint; with it the pages, the endpoint, the
    admin and the input that names such a record are made by the kit. `natural` are the fields that find a record
    without its number. `access` says which duty does what, `nav` and `card` where the list is shown, `related` which
    foreign keys make a list on the other record's page (None: all but the home), `register` the source of measures
    that counts the records (else the one that names the model), `reveals` the masked fields that are shown for a purpose to whom
    the permission `reveal` is granted, `imports` how files become records (None: by the form), `found` that the search box of
    every page looks here, `owned` which records are a unit's own.
    """

    name: str
    model: type[Model]
    filterset: type[FilterSet]
    table: type[Table]
    key: str = "pk"
    form: type[Any] | None = None
    add: Action | None = None
    change: Action | None = None
    remove: Action | None = None
    facts: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    hint: Any = ""
    about: Any = ""
    states: States | None = None
    confirm: tuple[str, ...] | None = None
    surfaces: frozenset[str] = field(default=SURFACES)
    at: str | None = None
    natural: tuple[str, ...] = ()
    access: Access = RECORDS
    nav: Line | None = None
    card: ListCard | None = None
    related: tuple[str, ...] | None = None
    register: str = ""
    reveals: tuple[str, ...] = ()
    imports: Imports | NoImport | None = None
    found: finding.Found | None = None
    owned: tuple[Owned, ...] = ()

    def __post_init__(self) -> None:
        if self.model in LISTINGS:
            raise ValueError(f"{self.model.__name__} has a listing already")
        if self.confirm is not None and self.files:
            raise ValueError(f"the listing {self.name} has files, which a page that asks once more cannot carry")
        LISTINGS[self.model] = self
        OWNED[self.model] = self.owned
        if self.states is not None:
            STATES[self.model] = self.states
            for move in self.states.transitions:
                refusals.call(self.model, move.verb, move.label)
        if "page" in self.surfaces:
            ADDRESSES[self.model] = partial(self.url, "detail")
        if self.at is not None:
            references.offer(record_reference(self))
        if self.found is not None:
            finding.register(self, self.found)
        if self.nav is not None:
            plural, view = self.model._meta.verbose_name_plural or self.name, permission(self.model, "view")
            address = f"{self.app}:{self.name}_list"
            navigation.register(self.nav.entry(f"{self.app}.{self.name}", plural, address, view))

    @property
    def app(self) -> str:
        """The label of the app, which is the namespace of its pages."""
        return self.model._meta.app_label

    @property
    def label(self) -> str:
        """The name under which rows that are kept for a user point to the list: that of its model."""
        return self.model._meta.label_lower

    @property
    def endpoint(self) -> str:
        """Where the endpoint stands: as the pages do, and by the name where those stand at the root of their app."""
        return self.at or f"{self.name}s"

    def action(self, verb: str) -> Action | None:
        """Return the action behind a verb: add, change or delete."""
        return {"add": self.add, "change": self.change, "delete": self.remove}.get(verb)

    def allows(self, user: Any, verb: str) -> bool:
        """Return whether `user` may do `verb` on some record, and the list offers it at all."""
        return (verb == "view" or self.action(verb) is not None) and user.has_perm(permission(self.model, verb))

    def lets(self, user: Any, verb: str, record: Model) -> bool:
        """Return whether the list offers `verb` for this very record: by permission, by action and by its state."""
        free = self.states is None or self.states.lets(record, user, verb)
        return self.action(verb) is not None and may(user, verb, record) and free

    def rows(self, user: Any) -> QuerySet[Any]:
        """Return the rows that `user` may see, with what the table reads."""
        return self.table.related_to(self.model._default_manager.visible_to(user))  # type: ignore[attr-defined]

    def filtered(self, user: Any, data: Any) -> FilterSet:
        """Return the filterset bound to `data` over the rows that `user` may see."""
        return self.filterset(data, self.rows(user), user=user)

    def url(self, page: str, record: Model | None = None, **more: Any) -> str:
        """Return the address of one of the list's pages."""
        arguments = {} if record is None else {self.key: getattr(record, self.key)}
        return reverse(f"{self.app}:{self.name}_{page}", kwargs=arguments | more)
