"""The page on which a record is moved on in its life: it asks what the transition asks, or just once more."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import generic

from governance.kit.errors import DomainError
from governance.kit.facts import facts_of
from governance.kit.moves import MoveForm
from governance.kit.refusals import missing, missing_for
from governance.kit.scoping import may, permission
from governance.kit.states import States, Transition
from governance.kit.views import ListingMixin


class MovePage(ListingMixin, generic.TemplateView):
    """One transition of one record; a refusal is shown with its reason (409), and nothing that was typed is lost."""

    template_name = "kit/move.html"
    transition: Transition

    @property
    def states(self) -> States:
        """The states of the listing; there is no such page without them."""
        return cast(States, self.listing.states)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the transition; refuse those who may make it nowhere."""
        transition = self.states.named(kwargs["move"])
        if transition is None:
            raise Http404
        self.transition = transition
        perm = permission(self.listing.model, transition.verb)
        if request.user.is_authenticated and not request.user.has_perm(perm):
            raise missing(request.user, perm)
        return super().dispatch(request, *args, **kwargs)

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Model:
        """Return the record in scope; 403 where it may be seen, but not moved."""
        record = super().get_object(queryset)
        if not may(self.request.user, self.transition.verb, record):
            raise missing_for(
                self.request.user, self.transition.verb, record, first=_("这条记录您可以查看，但不能办理这一步。")
            )
        return record

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask; where the move cannot be made, say why instead."""
        record = self.get_object()
        try:
            self.states.require(self.transition, record, request.user)
        except DomainError as refusal:
            return self.answer(record, None, refusal.reason)
        form = MoveForm(transition=self.transition, record=record, user=request.user)
        return self.render_to_response(self.get_context_data(form=form, record=record))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the move."""
        record = self.get_object()
        form = MoveForm(request.POST, transition=self.transition, record=record, user=request.user)
        moved, reason = form.attempt()
        if moved is None:
            return self.answer(record, form, reason)
        messages.success(request, done(self.transition, moved))
        return redirect(cast(Any, moved).get_absolute_url())

    def answer(self, record: Model, form: MoveForm | None, reason: str) -> HttpResponse:
        """Show what was refused: 409 with the reason of a rule, 400 for a form in error."""
        context = self.get_context_data(form=form, record=record, refusal=reason)
        return self.render_to_response(context, status=409 if reason else 400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the record says: nobody should move what she does not see."""
        context = super().get_context_data(**kwargs)
        return context | {
            "transition": self.transition,
            "facts": facts_of(self.listing, context["record"], self.request.user),
        }


def done(transition: Transition, record: Model) -> str:
    """Return what a person is told after the move."""
    return _("已%(label)s：%(record)s") % {"label": transition.label, "record": record}
