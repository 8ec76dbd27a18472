"""The filters that users keep, for the pages of lists."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from governance.desk.models import SavedFilter
from governance.kit.listing import Listing


class SavedFilters:
    """Rows of `desk.SavedFilter`."""

    def of(self, listing: Listing, user: Any) -> QuerySet[SavedFilter]:
        """Return those of a list that `user` has kept."""
        own: QuerySet[SavedFilter] = SavedFilter.objects.visible_to(user)
        return own.filter(listing=listing.label)
