"""Signing out elsewhere."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from governance.accounts.sessions import end_sessions
from governance.accounts.views.who import signed_in


class EndOthers(LoginRequiredMixin, View):
    """Ends all sessions of a user but this one."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """End them."""
        user = signed_in(request)
        count = end_sessions(user, by=user, why="own", kept=request.session.session_key)
        messages.success(request, _("已退出其他 %(number)d 处登录。") % {"number": count})
        return redirect("accounts:settings")


class EndOne(LoginRequiredMixin, View):
    """Ends one other session of a user."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, number: UUID) -> HttpResponse:
        """End it; one that is not hers does not exist."""
        user = signed_in(request)
        if not end_sessions(user, by=user, why="own", kept=request.session.session_key, number=number):
            raise Http404
        messages.success(request, _("已退出那一处登录。"))
        return redirect("accounts:settings")
