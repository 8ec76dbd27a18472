"""Pages of runs: how far one is and what came of it, and starting a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import generic

from governance.attainment.actions import add_attainment_run
from governance.attainment.actions.progress import progress_of
from governance.attainment.actions.runs import under_way
from governance.attainment.runcells import SeenCells
from governance.attainment.runreport import told
from governance.attainment.tables import RUN_LOOKS
from governance.kit.errors import DomainError
from governance.kit.views import DetailPage, ListingMixin, ListPage


class RunList(ListPage):
    """The runs; the button for a new one says what it does."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words on the button."""
        return super().get_context_data(**kwargs) | {"add_label": _("重新计算"), "add_icon": "refresh"}


class RunPage(DetailPage):
    """A run: how far it is, what came of it. While it is under way the page asks again every second."""

    template_name = "attainment/run.html"

    def get_template_names(self) -> list[str]:
        """Answer a partial request with the state alone."""
        return ["attainment/run_state.html"] if getattr(self.request, "htmx", False) else [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add progress and report in words."""
        run = self.object
        look, icon = RUN_LOOKS[run.status]
        seen = SeenCells([run], self.request.user)
        return super().get_context_data(**kwargs) | {
            "run": run,
            "progress": progress_of(run),
            "report": told(run),
            "cells": seen.in_words(run),
            "cells_outside": seen.outside(run),
            "look": look,
            "icon": icon,
        }


class StartRunPage(ListingMixin, generic.TemplateView):
    """Asks once more, then starts a run; one that is refused is told with its reason (409)."""

    verb = "add"
    template_name = "attainment/run_start.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the run that would have to be waited for, and how long the last one took."""
        rows = self.listing.rows(self.request.user)
        last = rows.filter(status="done").order_by("-pk").first()
        took = None if last is None else progress_of(last).elapsed
        return super().get_context_data(**kwargs) | {"busy": under_way(), "took": took and took.total_seconds()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Start the run and show its page."""
        try:
            run = add_attainment_run(by=request.user)
        except DomainError as refusal:
            return self.render_to_response(self.get_context_data(refusal=refusal.reason), status=409)
        messages.success(request, _("已开始重新计算"))
        return redirect(run.get_absolute_url())
