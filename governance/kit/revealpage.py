"""The page, and the panel on a record's page, that asks what masked fields are to be seen for, and shows them a minute."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views import generic
from django.views.decorators.debug import sensitive_post_parameters

from governance.kit import revealing
from governance.kit.errors import DomainError
from governance.kit.listing import Listing
from governance.kit.refusals import missing, missing_for
from governance.kit.scoping import may, permission
from governance.kit.views import ListingMixin


class RevealForm(forms.Form):
    """What is to be seen, and what for."""

    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("要查看的内容"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("用途"), choices=[("", gettext_lazy("请选择")), *revealing.Purpose.choices]
    )
    note = forms.CharField(
        label=gettext_lazy("具体事由"),
        min_length=revealing.NOTE[0],
        max_length=revealing.NOTE[1],
        help_text=gettext_lazy("查看会记入审计记录：谁、何时、看了谁的什么、用途和事由；不记录看到的内容。"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, listing: Listing, data: Any = None) -> None:
        super().__init__(data, auto_id="reveal_%s")
        field: Any = self.fields["wanted"]
        field.choices = revealing.choices(listing)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class RevealPage(ListingMixin, generic.TemplateView):
    """Asks, then shows once what was asked for; the answer is kept nowhere, and leaves the screen after a minute."""

    template_name = "kit/reveal.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may look at nothing of the kind."""
        if request.user.is_authenticated and not request.user.has_perm(permission(self.listing.model, revealing.VERB)):
            raise missing(request.user, permission(self.listing.model, revealing.VERB))
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        """Answer a partial request with the panel alone."""
        return ["kit/reveal_panel.html"] if getattr(self.request, "htmx", False) else [self.template_name]

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Model:
        """Return the record in scope; 403 where it may be seen, but not revealed."""
        record = super().get_object(queryset)
        if not may(self.request.user, revealing.VERB, record):
            raise missing_for(self.request.user, revealing.VERB, record)
        return record

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self.answer(self.get_object(), RevealForm(self.listing))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was asked for, after it is on the trail."""
        record, form = self.get_object(), RevealForm(self.listing, request.POST)
        if not form.is_valid():
            return self.answer(record, form, status=400)
        wanted = form.cleaned_data
        try:
            texts = revealing.reveal(
                self.listing, record, by=request.user,
                fields=wanted["wanted"], purpose=wanted["purpose"], note=wanted["note"],
            )  # fmt: skip
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
            return self.answer(record, form, status=400)
        labels = dict(revealing.choices(self.listing))
        shown = [{"label": labels[name], "value": text or "—"} for name, text in texts.items()]
        response = self.answer(
            record, None, shown=shown, purpose=revealing.Purpose(wanted["purpose"]).label, note=wanted["note"]
        )
        response["Cache-Control"] = "private, no-store, max-age=0"
        response["Refresh"] = f"{revealing.SECONDS}; url={record.get_absolute_url()}"  # type: ignore[attr-defined]
        return response

    def answer(self, record: Model, form: RevealForm | None, status: int = 200, **more: Any) -> HttpResponse:
        """Return the page or the panel; a refused panel is shown as well, so it must count as an answer."""
        context = self.get_context_data(
            form=form, record=record, reveal_url=self.listing.url(revealing.VERB, record),
            seconds=revealing.SECONDS, **more,
        )  # fmt: skip
        partial = getattr(self.request, "htmx", False)
        return self.render_to_response(context, status=200 if partial else status)
