"""The addresses of a listing's pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import URLPattern, path

from governance.kit import views
from governance.kit.choicespage import ChoicesPage
from governance.kit.confirmpage import ConfirmedChangePage
from governance.kit.history import has_history
from governance.kit.historypage import HistoryPage
from governance.kit.imports.heads import imports_of
from governance.kit.imports.pages import ImportPage, TemplatePage
from governance.kit.listing import LISTINGS, Listing
from governance.kit.movepage import MovePage
from governance.kit.revealpage import RevealPage


def pages(listing: Listing, at: str = "", **special: type[Any]) -> list[URLPattern]:
    """Return the routes of a listing below `at`; `special` replaces a page, such as `detail=RegionPage`.

    A page whose action the listing lacks does not exist.
    """
    if "page" not in listing.surfaces:
        raise ValueError(f"the listing {listing.name} has no pages: it names {', '.join(sorted(listing.surfaces))}")
    change = views.ChangePage if listing.confirm is None else ConfirmedChangePage
    kind = "int" if listing.key == "pk" else "str"
    record = f"{at}<{kind}:{listing.key}>/"
    offered: dict[str, tuple[str, type[Any], bool]] = {
        "list": (at, views.ListPage, True),
        "export": (f"{at}export.<slug:kind>", views.ExportPage, True),
        "choices": (f"{at}choices/", ChoicesPage, listing.at is not None),
        "import": (f"{at}import/", ImportPage, imports_of(listing) is not None),
        "template": (f"{at}import/template.xlsx", TemplatePage, imports_of(listing) is not None),
        "add": (f"{at}add/", views.AddPage, bool(listing.add and listing.form)),
        "detail": (record, views.DetailPage, True),
        "history": (f"{record}history/", HistoryPage, has_history(listing.model)),
        "change": (f"{record}change/", change, bool(listing.change and listing.form)),
        "remove": (f"{record}remove/", views.RemovePage, listing.remove is not None),
        "move": (f"{record}move/<slug:move>/", MovePage, listing.states is not None),
        "reveal": (f"{record}reveal/", RevealPage, bool(listing.reveals)),
        "file": (f"{record}files/<slug:field>/", views.FilePage, bool(listing.files)),
    }
    return [
        path(route, special.get(page, view).as_view(listing=listing), name=f"{listing.name}_{page}")
        for page, (route, view, exists) in offered.items()
        if exists
    ]


def app_pages(app: str, special: Mapping[str, Mapping[str, type[Any]]] | None = None) -> list[URLPattern]:
    """Return the routes of all listings of an app that have an address, in the order of their declaration.

    `special` replaces pages by the name of the listing: `{"activity": {"detail": ActivityPage}}`. The listing whose
    address is empty comes last, for its records would take the addresses of the others.
    """
    of = {listing.name: listing for listing in LISTINGS.values() if listing.app == app and listing.at is not None}
    unknown = set(special or ()) - set(of)
    if unknown:
        raise ValueError(f"{app} has no listing with an address called {', '.join(sorted(unknown))}")
    return [
        route
        for listing in sorted(of.values(), key=lambda listing: not listing.at)
        if "page" in listing.surfaces
        for route in pages(listing, f"{listing.at}/" if listing.at else "", **(special or {}).get(listing.name, {}))
    ]
