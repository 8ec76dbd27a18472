"""Pages of a person that are her own: her sealed texts for a purpose, and finding her by number."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import generic
from django.views.decorators.debug import sensitive_post_parameters

from governance.kit import keyring
from governance.kit.errors import DomainError
from governance.kit.scoping import may, permission
from governance.kit.views import DetailPage, ListingMixin, ListPage
from governance.people import actions
from governance.people.forms import FindForm, RevealForm
from governance.people.listings import PERSONS
from governance.people.models import Person


class PersonListPage(ListPage):
    """The list, where names are masked, with the way to somebody whose number one has at hand."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the address of the search by number."""
        return super().get_context_data(**kwargs) | {"find_url": PERSONS.url("find")}


class PersonPage(DetailPage):
    """A person and her roles, each as far as the user sees it."""

    template_name = "people/person.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the address where sealed texts are asked for."""
        allowed = may(self.request.user, "reveal", self.object)
        url = PERSONS.url("reveal", self.object) if allowed else None
        return super().get_context_data(**kwargs) | {"reveal_url": url}


class RevealPage(ListingMixin, generic.TemplateView):
    """Asks for the purpose, then shows the texts once; the answer is kept nowhere."""

    template_name = "people/reveal.html"
    listing = PERSONS
    record: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the person in scope first: 404 outside it, 403 without the permission."""
        if request.user.is_authenticated:
            if not request.user.has_perm(permission(Person, "reveal")):
                raise PermissionDenied(_("您的岗位不能查看完整的敏感信息。"))
            self.record = Person.objects.visible_to(request.user).filter(pk=kwargs["pk"]).first()
            if self.record is None:
                raise Http404
            if not may(request.user, "reveal", self.record):
                raise PermissionDenied(_("您的岗位不能查看完整的敏感信息。"))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self.render_to_response(self.get_context_data(form=RevealForm(), record=self.record))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was asked for, after it is on the trail."""
        form = RevealForm(request.POST)
        if form.is_valid():
            wanted = form.cleaned_data
            try:
                texts = actions.reveal(
                    self.record, by=request.user, fields=wanted["fields_wanted"], purpose=wanted["purpose"]
                )
            except DomainError as refusal:
                form.add_error("purpose" if refusal.field == "purpose" else None, refusal.reason)
            else:
                labels = {each.name: each.verbose_name for each in Person._meta.concrete_fields}
                shown = [{"label": labels[name], "value": text or "—"} for name, text in texts.items()]
                context = self.get_context_data(record=self.record, shown=shown, purpose=wanted["purpose"])
                return self.render_to_response(context)
        return self.render_to_response(self.get_context_data(form=form, record=self.record), status=400)


class FindPage(ListingMixin, generic.TemplateView):
    """A person in scope by her identity number; of others nothing is said, not even that they are known."""

    template_name = "people/find.html"
    listing = PERSONS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for the number."""
        return self.render_to_response(self.get_context_data(form=FindForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to her page."""
        form = FindForm(request.POST)
        if form.is_valid():
            indexes = keyring.indexes_of(form.cleaned_data["identity_number"], "identity")
            person = Person.objects.visible_to(request.user).filter(identity_index__in=indexes).first()
            if person is not None:
                return redirect(person.get_absolute_url())
            form.add_error("identity_number", _("您的地区内没有这个证件号码的人员。"))
        return self.render_to_response(self.get_context_data(form=form), status=400)


reveal_page = sensitive_post_parameters()(RevealPage.as_view())
find_page = sensitive_post_parameters()(FindPage.as_view())
