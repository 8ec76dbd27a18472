"""The addresses of a listing's pages."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path

from governance.kit import views
from governance.kit.confirmpage import ConfirmedChangePage
from governance.kit.listing import Listing
from governance.kit.movepage import MovePage


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
        "add": (f"{at}add/", views.AddPage, bool(listing.add and listing.form)),
        "detail": (record, views.DetailPage, True),
        "change": (f"{record}change/", change, bool(listing.change and listing.form)),
        "remove": (f"{record}remove/", views.RemovePage, listing.remove is not None),
        "move": (f"{record}move/<slug:move>/", MovePage, listing.states is not None),
        "file": (f"{record}files/<slug:field>/", views.FilePage, bool(listing.files)),
    }
    return [
        path(route, special.get(page, view).as_view(listing=listing), name=f"{listing.name}_{page}")
        for page, (route, view, exists) in offered.items()
        if exists
    ]
