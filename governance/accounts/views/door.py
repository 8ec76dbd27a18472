"""The door: password, then the code of whoever has a phone enrolled."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView, TemplateView

from governance.accounts import lockout, second_factor
from governance.accounts.backends import PostBackend
from governance.accounts.forms import CodeForm, LoginForm
from governance.accounts.gate import PASSED
from governance.accounts.models import User
from governance.kit import demo
from governance.kit.events import Event, emit
from governance.kit.origin import address_of
from governance.kit.scoping import region_path_of

WAITING = "_waiting_for_code"  # in the session, between the two proofs
SECONDS = 300  # for which the password is remembered meanwhile
BACKEND = "governance.accounts.backends.PostBackend"


class Login(LoginView):
    """The door; in a demo it lists the accounts to try."""

    form_class = LoginForm
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Let in whoever has no phone enrolled; ask the others for its code. Until then nobody is signed in."""
        user = form.get_user()
        if second_factor.authenticator_of(user) is None:
            return super().form_valid(form)
        self.request.session[WAITING] = {
            "user": user.pk,
            "password": user.get_session_auth_hash(),
            "at": timezone.now().timestamp(),
            "next": self.get_success_url(),
        }
        return redirect("accounts:verify")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo accounts."""
        accounts = demo.accounts() if settings.DEMO else []
        return super().get_context_data(**kwargs) | {"accounts": accounts}


@dataclass(frozen=True, slots=True)
class _Waiting:
    user: User
    to: str


class Verify(FormView):  # type: ignore[type-arg]
    """The code after the password; wrong ones count like wrong passwords."""

    form_class = CodeForm
    template_name = "accounts/verify.html"
    extra_context = {"bare": True}  # noqa: RUF012  read only

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Send whoever has not given a password a moment ago to the beginning."""
        waiting = _waiting(request)
        if waiting is None:
            return redirect("accounts:login")
        self.waiting = waiting
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> Any:
        """Let her in, or count a wrong code."""
        request, user = self.request, self.waiting.user
        tried = lockout.doors(user.username, address_of(request))
        if lockout.locked(tried):
            lockout.turned_away(tried)
            request.session.pop(WAITING, None)
            messages.error(request, LoginForm.error_messages["locked"] % {"minutes": settings.LOGIN_LOCK_MINUTES})
            return redirect("accounts:login")
        proof = second_factor.verify(user, form.cleaned_data["code"])
        if not proof:
            emit(Event("accounts.user.second_factor_refused", None, user, region_path_of(user)))
            lockout.failed(tried, region=user.region)
            form.add_error("code", _("口令不对，或者已经用过。请等手机上出现新的口令再填。"))
            return self.form_invalid(form)
        request.session.pop(WAITING, None)
        login(request, user, backend=BACKEND)
        request.session[PASSED] = True
        if proof == "recovery":
            left = {"number": second_factor.codes_left(user)}
            text = _("已用恢复码登录，还剩 %(number)d 个。换了手机请在“设置与岗位”里重新启用动态口令。")
            messages.warning(request, text % left)
        return redirect(self.waiting.to)


class Forgotten(TemplateView):
    """Whom to ask: no mail leaves the portal, an administrator of accounts helps."""

    template_name = "accounts/forgotten.html"
    extra_context = {"bare": True}  # noqa: RUF012  read only

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whom the operators have named."""
        return super().get_context_data(**kwargs) | {"contact": settings.LOGIN_CONTACT}


class StillHere(View):
    """Tells a page that was open for long whether its form would still be taken, and gives it a fresh token."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer the script of the page."""
        if not request.user.is_authenticated:
            return JsonResponse({"detail": _("登录已结束。")}, status=401)
        return JsonResponse({"token": get_token(request), "user": request.user.pk})


class Back(LoginRequiredMixin, TemplateView):
    """Where a login leads that was made in a second window, beside a form that must not be lost."""

    template_name = "accounts/back.html"
    extra_context = {"bare": True, "title": gettext_lazy("已登录")}  # noqa: RUF012  read only


def _waiting(request: HttpRequest) -> _Waiting | None:
    """Return who has given her password a moment ago, if it is still hers and she may still sign in."""
    held = request.session.get(WAITING)
    if not held or timezone.now().timestamp() - held["at"] > SECONDS:
        return None
    user = PostBackend().get_user(held["user"])
    if user is None or not hmac.compare_digest(user.get_session_auth_hash(), held["password"]):
        return None
    return _Waiting(user, held["next"])
