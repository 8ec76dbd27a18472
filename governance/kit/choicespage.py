"""Suggestions for an input that names a record of a listing."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from governance.kit.listing import Listing
from governance.kit.picker import find, shown_with_name

SHOWN = 12


class ChoicesPage(LoginRequiredMixin, View):
    """The options of a `datalist`: the records that the user may name and the list's search finds."""

    listing: Listing = cast(Listing, None)  # given by the route

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Return up to twelve; a picked suggestion reads `key name` and finds its own record."""
        listing = self.listing
        text = next((request.GET[name] for name in ("q", *request.GET) if request.GET.get(name)), "").strip()[:50]
        rows = listing.model._default_manager.all().nameable_by(request.user)  # type: ignore[attr-defined]
        picked = find(rows, listing, text) if " " in text else []
        found = listing.filterset({"q": text}, rows, user=request.user).rows if text else rows
        options = picked if len(picked) == 1 else found.order_by(*(listing.model._meta.ordering or ("pk",)))[:SHOWN]
        shown = [shown_with_name(listing, record) for record in options]
        return render(request, "kit/record_options.html", {"options": shown})
