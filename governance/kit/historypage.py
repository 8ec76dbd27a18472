"""The history of one record: who changed what, when, from what to what. Asked for only when the page is opened."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.views import generic

from governance.kit.history import Words, changes_of, shown_fields
from governance.kit.views import ListingMixin

AT_ONCE = 20


class HistoryPage(ListingMixin, generic.DetailView):  # type: ignore[type-arg]
    """For those who may see the record, and of it what its pages show."""

    template_name = "kit/history.html"
    context_object_name = "record"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of changes, the newest first."""
        page = Paginator(changes_of(self.object), AT_ONCE).get_page(self.request.GET.get("page"))
        changes, fields = list(page.object_list), shown_fields(self.listing)
        masked = bool(self.listing.reveals)  # what the record itself shows only for a purpose
        words = Words(self.listing.model, changes, self.request.user, fields=fields, masked=masked)
        told = [{"change": change, "differences": words.differences(change)} for change in changes]
        return super().get_context_data(**kwargs) | {
            "page": page,
            "changes": told,
            "record_url": self.listing.url("detail", self.object),
            "history_title": _("变更记录"),
        }
