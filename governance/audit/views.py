"""Pages of the trail."""

from __future__ import annotations

from typing import Any

from governance.audit.models import AuditEvent, RowChange
from governance.audit.reading import differences_of, kind_of, together_with, told_by
from governance.audit.surfaces import SURFACES
from governance.kit.views import DetailPage

AT_MOST = 100  # rows of one transaction that a page lists


class _TrailPage(DetailPage):
    """One entry of the trail, and what happened together with it."""

    template_name = "audit/entry.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the same transaction left."""
        found: Any = self.object
        both = together_with(found, self.request.user)
        changes = list(both["changes"][: AT_MOST + 1])
        context = super().get_context_data(**kwargs)
        for fact in context["facts"]:
            if fact["name"] == "surface":
                fact["value"] = dict(SURFACES).get(fact["value"], fact["value"])
        return context | {
            "events": list(both["events"][:AT_MOST]),
            "changes": [{"change": each, "kind": kind_of(each.table_name)} for each in changes[:AT_MOST]],
            "more": len(changes) > AT_MOST,
        }


class EventPage(_TrailPage):
    """An event."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what it tells beside who and what."""
        found: AuditEvent = self.object
        return super().get_context_data(**kwargs) | {"differences": told_by(found, self.request.user)}


class RowPage(_TrailPage):
    """A change."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the fields in words, and who made it."""
        found: RowChange = self.object
        context = super().get_context_data(**kwargs)
        for fact in context["facts"]:
            if fact["name"] == "table_name":
                fact["value"] = kind_of(found.table_name)
        return context | {"differences": differences_of(found, self.request.user)}
