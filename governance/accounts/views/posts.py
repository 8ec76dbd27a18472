"""Handing a post to a stand-in or a successor, and ending what a stand-in does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView

from governance.accounts import handing
from governance.accounts.forms import StandInForm, SuccessorForm
from governance.accounts.models import Post
from governance.accounts.views.who import signed_in
from governance.kit.errors import DomainError
from governance.kit.refusals import missing_for


class _Handing(LoginRequiredMixin, FormView):  # type: ignore[type-arg]
    """Asks to whom and when; the post is one's own, or one that one gives (404 for any other)."""

    template_name = "accounts/hand_over.html"
    act: Callable[..., Post]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the post; refuse, with the reason, whoever may not do this with it."""
        if request.user.is_authenticated:
            user = signed_in(request)
            rows = Post.objects.handed_by(user).select_related("region", "user")
            self.post_held: Post = get_object_or_404(rows, pk=kwargs["pk"])
            if not self.allowed(self.post_held, user):
                raise missing_for(user, "change", self.post_held)
        return super().dispatch(request, *args, **kwargs)

    def allowed(self, post: Post, user: Any) -> bool:
        """Return whether the user may do this with the post."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Do it, or show why not at its field."""
        try:
            made = type(self).act(self.post_held, by=signed_in(self.request), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
            return self.form_invalid(form)
        messages.success(self.request, self.done(made))
        own = self.post_held.user_id == self.request.user.pk
        return redirect("accounts:settings") if own else redirect("admin:accounts_post_change", self.post_held.pk)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again as a refused one."""
        answer = super().form_invalid(form)
        answer.status_code = 400
        return answer

    def done(self, made: Post) -> str:
        """Return what is said afterwards."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the post and what the page is called."""
        return super().get_context_data(**kwargs) | {
            "held": self.post_held,
            "own": self.post_held.user == self.request.user,
        }


class StandIn(_Handing):
    """Somebody acts in place of the holder for a time."""

    form_class = StandInForm
    extra_context = {"title": "stand_in"}  # noqa: RUF012  as the framework has it
    act = staticmethod(handing.lend)

    def allowed(self, post: Post, user: Any) -> bool:
        """The holder, or who gives posts there."""
        return handing.may_lend(post, user)

    def done(self, made: Post) -> str:
        """Say who acts until when."""
        return _("%(user)s从 %(since)s 起代理，到 %(until)s 为止。") % {
            "user": made.user,
            "since": made.since,
            "until": made.until,
        }


class Successor(_Handing):
    """Somebody else holds the post from a day on."""

    form_class = SuccessorForm
    extra_context = {"title": "successor"}  # noqa: RUF012
    act = staticmethod(handing.pass_on)

    def allowed(self, post: Post, user: Any) -> bool:
        """Who gives posts there."""
        return handing.may_give(post, user) and post.stands_in_for_id is None

    def done(self, made: Post) -> str:
        """Say who holds it from when."""
        return _("从 %(since)s 起由%(user)s任职，原来的岗位同日结束。") % {"user": made.user, "since": made.since}


class EndStandIn(LoginRequiredMixin, View):
    """Ends a stand-in's post before its day."""

    http_method_names = ["post"]  # noqa: RUF012

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it; 404 for a post that is neither one's own, nor stands in for one's own, nor is given by oneself."""
        user = signed_in(request)
        found = (
            Post.objects.filter(pk=pk, stands_in_for__isnull=False).select_related("stands_in_for", "region").first()
        )
        mine = found is not None and user.pk in {found.user_id, found.stands_in_for.user_id}
        if found is None or not (mine or handing.may_give(found, user)):
            raise Http404
        handing.take_back(found, by=user)
        messages.success(request, _("代理已结束。"))
        return redirect("accounts:settings" if mine else "admin:accounts_post_changelist")
