"""REST permissions; apart from `api` because the framework's settings import this first."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from governance.kit.refusals import missing, missing_for
from governance.kit.scoping import may, permission

VERBS = {
    "GET": "view",
    "HEAD": "view",
    "OPTIONS": "view",
    "POST": "add",
    "PUT": "change",
    "PATCH": "change",
    "DELETE": "delete",
}


def verbs_asked(view: Any, method: str | None) -> tuple[str | None, str | None]:
    """Return what a token and what a person must be granted: the verb of the method, or that of the transition.

    A token changes records by moving them: its verbs are the same four for every list.
    """
    transition = getattr(view, "transition", None)
    if transition is not None:
        return "change", transition.verb
    verb = VERBS.get(method or "")
    return verb, verb


class SignedIn(BasePermission):
    """Anyone who is signed in, by session or by token."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Refuse anonymous visitors."""
        return bool(request.user and request.user.is_authenticated)


class RecordPermissions(SignedIn):
    """The model permission of the verb, within its scope; a token must be granted the verb as well."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Ask for the permission somewhere."""
        if not super().has_permission(request, view):
            return False
        asked, verb = verbs_asked(view, request.method)
        granted = getattr(request.auth, "scope", None)
        if verb is None:
            return False
        if granted is not None and asked not in granted.split():
            text = _("这个接口令牌没有“%(verb)s”这个动作，请系统管理员在接口客户端里加上，再取新的令牌。")
            raise PermissionDenied(text % {"verb": asked})
        perm = permission(view.listing.model, verb)
        if not request.user.has_perm(perm):
            raise missing(request.user, perm)
        return True

    def has_object_permission(self, request: Request, view: Any, obj: Any) -> bool:
        """Ask for the permission at the record's home."""
        _named, verb = verbs_asked(view, request.method)
        if verb is not None and not may(request.user, verb, obj):
            raise missing_for(request.user, verb, obj)
        return verb is not None
