"""Begins and ends entering in the name of a community."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View

from governance.accounts import behalf
from governance.accounts.views.who import signed_in
from governance.regions.models import Region


class OnBehalf(LoginRequiredMixin, View):
    """Begins; 404 for a place outside one's own."""

    http_method_names = ["post"]  # noqa: RUF012  as the framework has it

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Begin, and show the community."""
        user = signed_in(request)
        region = get_object_or_404(Region.objects.visible_to(user), code=code)
        behalf.begin(request, user, region)
        messages.success(request, _("现在起代%(place)s登记。") % {"place": region.name})
        return redirect(region)


class EndBehalf(LoginRequiredMixin, View):
    """Ends it."""

    http_method_names = ["post"]  # noqa: RUF012

    def post(self, request: HttpRequest) -> HttpResponse:
        """End, and show the community for which it was."""
        region = behalf.end(request, signed_in(request))
        if region is None:
            return redirect("desk:workbench")
        messages.success(request, _("代%(place)s登记已结束，之后登记的记在自己名下。") % {"place": region.name})
        return redirect(region)
