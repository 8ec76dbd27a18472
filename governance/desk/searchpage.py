"""The search box of every page: its drop-down and its page of results."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from governance.kit import seeking

AT_ONCE, ON_PAGE = 4, 8


@method_decorator(sensitive_post_parameters("q"), name="dispatch")
class SearchPage(LoginRequiredMixin, View):
    """Grouped by kind. What is typed comes by POST, for it may be a number; only what is none goes into an address."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what is found."""
        return render(request, "desk/search.html", _context(request, request.GET.get("q", ""), ON_PAGE))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer the box: the drop-down while somebody types, else lead to the page."""
        given = request.POST.get("q", "")
        if getattr(request, "htmx", False):
            return render(request, "desk/search_hits.html", _context(request, given, AT_ONCE))
        text = seeking.written(given)
        if seeking.is_secret(text):
            return render(request, "desk/search.html", _context(request, given, ON_PAGE))
        return redirect(f"{reverse('desk:search')}?{urlencode({'q': text})}" if text else "desk:search")


def _context(request: HttpRequest, given: str, at_most: int) -> dict[str, Any]:
    text = seeking.written(given)
    secret = seeking.is_secret(text)
    return {
        "text": "" if secret else text,
        "secret": secret,
        "short": len(text) < seeking.SHORTEST,
        "kinds": list(seeking.seek(text, request.user, at_most)),
        "sought": [listing.model._meta.verbose_name_plural for listing in seeking.kinds_for(request.user)],
        "all_url": f"{reverse('desk:search')}?{urlencode({'q': text})}" if text and not secret else "",
    }
