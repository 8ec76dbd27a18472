"""Keeping the filters of a list under a name, and forgetting them."""

from __future__ import annotations

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View

from governance.desk import actions
from governance.desk.models import SavedFilter
from governance.kit.errors import DomainError
from governance.kit.listing import LISTINGS, Listing
from governance.kit.savedfilters import keepable


def _listing(label: str, request: HttpRequest) -> Listing:
    """Return the list of a model, or 404 where there is none, or none for this user."""
    try:
        listing = LISTINGS.get(apps.get_model(label))
    except (LookupError, ValueError):
        listing = None
    if listing is None or "page" not in listing.surfaces or not listing.allows(request.user, "view"):
        raise Http404
    return listing


class SaveFilter(LoginRequiredMixin, View):
    """Keep the filters in force and come back to them."""

    http_method_names = ["post"]  # noqa: RUF012

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep."""
        listing = _listing(request.POST.get("listing", ""), request)
        asked = QueryDict(request.POST.get("query", "")[:4000])
        try:
            kept = actions.save_filter(by=request.user, listing=listing, name=request.POST.get("name", ""), asked=asked)
        except DomainError as refusal:
            messages.error(request, refusal.reason)
            return redirect(f"{listing.url('list')}?{keepable(listing, asked)}")
        messages.success(request, _("已保存筛选“%(name)s”。") % {"name": kept.name})
        return redirect(f"{listing.url('list')}?{kept.query}")


class RemoveFilter(LoginRequiredMixin, View):
    """Forget one of one's own; somebody else's does not exist."""

    http_method_names = ["post"]  # noqa: RUF012

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Forget."""
        kept = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
        model = apps.get_model(kept.listing)
        actions.remove_filter(kept, by=request.user)
        messages.success(request, _("已删除筛选“%(name)s”。") % {"name": kept.name})
        return redirect(LISTINGS[model].url("list"))
