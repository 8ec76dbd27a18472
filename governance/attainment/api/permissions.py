"""Who may read results over the API."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request

from governance.attainment.results.requests import PERMISSION
from governance.kit.permissions import SignedIn


class SeesResults(SignedIn):
    """The right to see results somewhere; a token must be granted to view as well. Where: `results.requests` says."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Ask for the permission."""
        granted = getattr(request.auth, "scope", None)
        if not super().has_permission(request, view) or (granted is not None and "view" not in granted.split()):
            return False
        return bool(request.user.has_perm(PERMISSION))
