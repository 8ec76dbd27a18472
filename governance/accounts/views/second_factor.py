"""Pages on which a user enrols her phone, renews her recovery codes, or takes the phone away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from governance.accounts import lockout, second_factor
from governance.accounts.forms import CodeForm
from governance.accounts.gate import PASSED
from governance.accounts.sessions import end_sessions
from governance.accounts.views.who import signed_in
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.origin import address_of
from governance.kit.scoping import region_path_of


class SecondFactor(LoginRequiredMixin, View):
    """What is enrolled and what can be done; while a phone is being enrolled, what it has to read."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        user = signed_in(request)
        if second_factor.authenticator_of(user) and not request.session.get(PASSED):
            logout(request)  # it was enrolled elsewhere meanwhile: this session has not proved it
            return redirect("accounts:login")
        return _page(request, CodeForm())


class Begin(LoginRequiredMixin, View):
    """Makes a secret for a phone."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make it and show it."""
        second_factor.begin(signed_in(request))
        return redirect("accounts:second_factor")


class Confirm(LoginRequiredMixin, View):
    """Takes the phone into use."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show the recovery codes, this once, or the form again."""
        user, form = signed_in(request), CodeForm(request.POST)
        codes = second_factor.confirm(user, form.cleaned_data["code"]) if form.is_valid() else None
        if codes is None:
            form.add_error("code", _("口令不对。请看手机和电脑的时间是否一致，等出现新的口令再填。"))
            return _page(request, form, status=400)
        request.session.cycle_key()
        request.session[PASSED] = True
        end_sessions(user, by=user, why="second_factor", kept=request.session.session_key)
        return _codes(request, codes)


class Change(LoginRequiredMixin, View):
    """Renews the recovery codes, or takes the phone away for another one: asks for a code first."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do what the button says, if the code is right."""
        user, form = signed_in(request), CodeForm(request.POST)
        tried = lockout.doors(user.username, address_of(request))
        if lockout.locked(tried):
            raise DomainError(_("口令错得太多，请稍后再试。"), code="locked")
        if not form.is_valid() or not second_factor.verify(user, form.cleaned_data["code"]):
            emit(Event("accounts.user.second_factor_refused", user, user, region_path_of(user)))
            lockout.failed(tried, region=user.region)
            form.add_error("code", _("口令不对，或者已经用过。请等手机上出现新的口令再填。"))
            return _page(request, form, status=400)
        if "renew" in request.POST:
            return _codes(request, second_factor.renew_codes(user))
        second_factor.take_away(user, by=user)
        request.session.pop(PASSED, None)
        if "another" in request.POST:
            second_factor.begin(user)
            return redirect("accounts:second_factor")
        messages.success(request, _("动态口令已停用。"))
        return redirect("accounts:second_factor" if second_factor.is_required(user) else "accounts:settings")


def _page(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    user = signed_in(request)
    phone = second_factor.authenticator_of(user)
    required = second_factor.is_required(user)
    values: dict[str, Any] = {
        "form": form,
        "phone": phone,
        "required": required,
        "bare": required and phone is None,
        "left": second_factor.codes_left(user) if phone else 0,
        "enrolment": None if phone else second_factor.enrolment_of(user, _("五社联动治理门户")),
    }
    return render(request, "accounts/second_factor.html", values, status=status)


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "accounts/recovery_codes.html", {"codes": codes})
