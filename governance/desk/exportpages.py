"""Asking for a whole list, the page of a request, and its file."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import generic

from governance.desk import exporting
from governance.desk.models import ExportRequest
from governance.kit import fullexport
from governance.kit.errors import DomainError
from governance.kit.listing import Listing
from governance.kit.refusals import missing
from governance.kit.revealing import NOTE, Purpose
from governance.kit.views import DetailPage, ListingMixin


class AskForm(forms.Form):
    """What the whole list is for."""

    purpose = forms.ChoiceField(label=gettext_lazy("用途"), choices=[("", gettext_lazy("请选择")), *Purpose.choices])
    note = forms.CharField(
        label=gettext_lazy("具体事由"), min_length=NOTE[0], max_length=NOTE[1],
        help_text=gettext_lazy("审批人会看到。申请、审批、下载都记入审计记录。"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip


class AskPage(LoginRequiredMixin, generic.TemplateView):
    """Asks what for, with the filters of the list's page; nothing is exported yet."""

    template_name = "desk/export_ask.html"
    chosen: Listing

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the list; refuse who may not have it whole."""
        if request.user.is_authenticated:
            found = exporting.listing_called(request.GET.get("list", ""))
            if found is None:
                raise Http404
            if not fullexport.may_have(found, request.user):
                lacking = fullexport.lacking(found, request.user)
                raise missing(request.user, lacking, first=_("您的岗位不能申请导出完整信息。"))
            self.chosen = found
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self.render_to_response(self.get_context_data(form=AskForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the request."""
        form = AskForm(request.POST)
        if form.is_valid():
            asked = QueryDict(request.GET.get("filters", ""))
            try:
                wanted = exporting.request(by=request.user, listing=self.chosen, asked=asked, **form.cleaned_data)
            except DomainError as refusal:
                form.add_error("note" if refusal.field == "note" else None, refusal.reason)
            else:
                messages.success(request, _("已提交申请，批准后会通知您。"))
                return redirect(wanted.get_absolute_url())
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the list, its filters in words, and how many rows there would be."""
        query = self.request.GET.get("filters", "")
        filterset = self.chosen.filtered(self.request.user, QueryDict(query))
        return super().get_context_data(**kwargs) | {
            "noun": self.chosen.model._meta.verbose_name_plural,
            "back": f"{self.chosen.url('list')}?{query}" if query else self.chosen.url("list"),
            "chips": filterset.chips(),
            "count": filterset.rows.order_by().count(),
        }


class RequestPage(DetailPage):
    """A request; who asked finds the address of the file here while it holds."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add that address."""
        wanted = cast(ExportRequest, self.object)
        mine = wanted.by_id == self.request.user.pk and wanted.state == ExportRequest.State.READY
        address = reverse("desk:export_request_fetch", args=[wanted.pk, exporting.token_of(wanted)]) if mine else None
        return super().get_context_data(**kwargs) | {"fetch_url": address}

    template_name = "desk/export_request.html"


class FetchPage(ListingMixin, generic.View):
    """The file, for who asked for it, as long as it holds."""

    def get(self, request: HttpRequest, pk: int, token: str) -> FileResponse:
        """Return the file; what is over is told, what is not hers does not exist."""
        wanted = cast(ExportRequest, self.get_object())
        if wanted.by_id == request.user.pk and wanted.state == ExportRequest.State.EXPIRED:
            raise DomainError(_("下载链接已过期，文件已删除。需要时请重新申请。"))
        file = exporting.fetch(wanted, token, by=request.user)
        if file is None:
            raise Http404
        name = _("%(noun)s_完整_%(number)s.xlsx") % {"noun": wanted.noun, "number": wanted.pk}
        response = FileResponse(file, as_attachment=True, filename=name)
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response
