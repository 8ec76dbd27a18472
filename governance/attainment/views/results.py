"""What all pages of results have in common: the right to see any, and refusals in words."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from governance.attainment.dashboard.stamp import stamp
from governance.attainment.results.requests import PERMISSION
from governance.kit.errors import as_fields
from governance.kit.refusals import missing
from governance.kit.remembered import RememberedPage


class ResultsMixin(LoginRequiredMixin):
    """Asks for the right to see results, and refuses what it cannot understand with the reasons."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse before anything is read."""
        if request.user.is_authenticated and not request.user.has_perm(PERMISSION):
            raise missing(request.user, PERMISSION)
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except ValidationError as error:
            lines = [f"{name}{_('：')}{text}" for name, texts in as_fields(error).items() for text in texts]
            return render(request, "error.html", {"status": 400, "reason": " ".join(lines)}, status=400)
        return response


class KeptResults(ResultsMixin, RememberedPage):
    """A page of results whose answer is kept while nothing it tells of has changed."""

    def stamp(self) -> str:
        """Return the state of policies, places and numbers, and of what the reader looked at last."""
        return stamp(self.request.user)
