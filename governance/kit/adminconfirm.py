"""A change in the admin that is shown as old and new values first, and made when that is confirmed."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from governance.kit.listing import Listing
from governance.kit.review import CONFIRMED, EDIT, review

# What the admin's own buttons and pop-ups send beside the fields.
CARRIED = ("_save", "_continue", "_addanother", "_popup", "_to_field")


def unconfirmed(listing: Listing, request: HttpRequest) -> bool:
    """Return whether a posted change of this listing still has to be looked at."""
    return listing.confirm is not None and request.method == "POST" and CONFIRMED not in request.POST


def confirm_view(model_admin: Any, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
    """Return the page that asks once more, or None where the ordinary page has to answer."""
    listing: Listing = model_admin.listing
    if object_id is None or EDIT in request.POST or not unconfirmed(listing, request):
        return None
    record: Any = model_admin.get_object(request, unquote(object_id))
    if record is None or not model_admin.has_change_permission(request, record):
        return None
    form_class: Any = model_admin.get_form(request, record, change=True)
    form_class.reviewing = True
    form = form_class(request.POST, request.FILES, instance=record)
    shown = review(listing, form, record) if form.is_valid() else None
    if shown is None:
        return None  # the same answer is refused there with the same reasons
    context = model_admin.admin_site.each_context(request) | {
        "opts": listing.model._meta,
        "original": model_admin.get_object(request, unquote(object_id)),
        "title": listing.model._meta.verbose_name,
        "form": form,
        "carried": {name: request.POST[name] for name in CARRIED if name in request.POST},
    }
    return render(request, "admin/kit/confirm.html", context | shown)
