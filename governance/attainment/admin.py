"""Admin of this app."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.attainment.actions import add_attainment_run
from governance.attainment.listings import ATTAINMENT_RUNS
from governance.attainment.models import AttainmentRun
from governance.kit.admin import ListingAdmin
from governance.kit.errors import DomainError
from governance.kit.refusals import missing
from governance.kit.scoping import permission


@admin.register(AttainmentRun)
class AttainmentRunAdmin(ListingAdmin):
    """Runs, to look at and to start."""

    listing = ATTAINMENT_RUNS

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return all but the report, which names numbers of every place: the run's page tells what one may see of it."""
        return [name for name in super().get_fields(request, obj) if name != "report"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask for the permission; there is no form to fill in."""
        return self.listing.allows(request.user, "add")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Ask once more, then start a run; a refusal is shown with its reason."""
        if not self.has_add_permission(request):
            raise missing(request.user, permission(self.listing.model, "add"))
        refusal = ""
        if request.method == "POST":
            try:
                run = add_attainment_run(by=request.user)
            except DomainError as error:
                refusal = error.reason
            else:
                messages.success(request, _("已开始重新计算"))
                return redirect(reverse("admin:attainment_attainmentrun_change", args=[run.pk]))
        context = self.admin_site.each_context(request) | {
            "opts": self.model._meta,
            "title": _("重新计算"),
            "refusal": refusal,
        }
        return render(request, "admin/attainment/run_start.html", context, status=409 if refusal else 200)
