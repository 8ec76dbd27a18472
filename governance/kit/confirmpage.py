"""The page of a change that is shown as old and new values first, and made when that is confirmed."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from governance.kit.review import CONFIRMED, EDIT, review
from governance.kit.views import ChangePage


class ConfirmedChangePage(ChangePage):
    """The first answer shows what would change and writes nothing; the second one, which carries it all again, writes."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask once more, go back to the form, or change the record."""
        if CONFIRMED in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.form(request.POST, request.FILES)
        if EDIT in request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        shown = review(self.listing, form, cast(Model, self.record)) if form.is_valid() else None
        if shown is None:
            return self.render_to_response(self.get_context_data(form=form), status=400)
        return render(request, "kit/confirm.html", self.get_context_data(form=form) | shown)
