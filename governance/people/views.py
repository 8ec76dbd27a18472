"""Pages of a person that are her own: the list, and finding her by number."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import generic
from django.views.decorators.debug import sensitive_post_parameters

from governance.kit import keyring
from governance.kit.views import ListingMixin, ListPage
from governance.people.forms import FindForm
from governance.people.listings import PERSONS
from governance.people.models import Person


class PersonListPage(ListPage):
    """The list, where names are masked, with the way to somebody whose number one has at hand."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the address of the search by number."""
        return super().get_context_data(**kwargs) | {"find_url": PERSONS.url("find")}


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


find_page = sensitive_post_parameters()(FindPage.as_view())
