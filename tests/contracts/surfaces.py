"""Every surface of every listing, as addresses that a test client can ask for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, reverse
from python_calamine import CalamineWorkbook

from governance.attainment.models import AttainmentRun
from governance.audit.models import AuditSeal
from governance.kit.listing import LISTINGS, Listing

# Records of no place: a run computes all of them, a seal closes the trail of all; who may see one sees every one.
EVERYWHERE = {AttainmentRun, AuditSeal}


@dataclass(frozen=True)
class Surface:
    """One way to see a list."""

    listing: Listing
    name: str
    url: str

    def __str__(self) -> str:
        return f"{self.listing.name}-{self.name}"

    def body(self, client: Client, **params: Any) -> str:
        """Return what the client sees; workbooks as the text of their parts."""
        response = client.get(self.url, params)
        assert response.status_code == 200, f"{self}: {response.status_code}"
        return text_of(response)


def text_of(response: Any) -> str:
    """Return the body of a response; of a workbook the cells."""
    data = b"".join(response.streaming_content) if response.streaming else response.content
    if data[:2] == b"PK":
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        return "\n".join("\t".join(map(str, row)) for row in sheet.to_python())
    return data.decode()


def surfaces() -> Iterator[Surface]:
    """Yield page, print, partial page, both exports, API and admin of every listing."""
    for listing in LISTINGS.values():
        app, name = listing.app, listing.name
        if "page" in listing.surfaces:
            page = reverse(f"{app}:{name}_list")
            yield Surface(listing, "page", page)
            yield Surface(listing, "print", f"{page}?print=1")
            yield Surface(listing, "csv", reverse(f"{app}:{name}_export", kwargs={"kind": "csv"}))
            yield Surface(listing, "xlsx", reverse(f"{app}:{name}_export", kwargs={"kind": "xlsx"}))
        if "api" in listing.surfaces:
            yield Surface(listing, "api", reverse(f"api:{name}-list"))
        if "admin" in listing.surfaces:
            yield Surface(listing, "admin", reverse(f"admin:{app}_{listing.model._meta.model_name}_changelist"))


def record_urls(listing: Listing, record: Model) -> Iterator[tuple[str, str]]:
    """Yield every address of one record, on every surface, with the name of the page."""
    key = {listing.key: getattr(record, listing.key)}
    for page in ("detail", "change", "remove"):
        try:
            yield page, reverse(f"{listing.app}:{listing.name}_{page}", kwargs=key)
        except NoReverseMatch:
            continue
    moves = [transition.name for transition in listing.states.transitions] if listing.states else []
    for move in moves:
        yield f"move {move}", reverse(f"{listing.app}:{listing.name}_move", kwargs=key | {"move": move})
    for field in listing.files:
        yield "file", reverse(f"{listing.app}:{listing.name}_file", kwargs=key | {"field": field})
    if "api" in listing.surfaces:
        yield "api", reverse(f"api:{listing.name}-detail", kwargs=key)
    if "admin" in listing.surfaces:
        name = f"admin:{listing.app}_{listing.model._meta.model_name}"
        for page in ("change", "delete", "history"):
            yield f"admin {page}", reverse(f"{name}_{page}", args=[record.pk])
        for move in moves:
            yield f"admin move {move}", reverse(f"{name}_move", args=[record.pk, move])
