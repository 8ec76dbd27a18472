"""Login and a user's own settings."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.generic import FormView

from governance.accounts import actions
from governance.accounts.forms import LoginForm, SettingsForm
from governance.accounts.models import User
from governance.accounts.roles import ROLES
from governance.kit import demo
from governance.kit.spans import holds


def signed_in(request: HttpRequest) -> User:
    """Return the user of a page that asks for a login."""
    return cast(User, request.user)


class Login(LoginView):
    """The door; in a demo it lists the accounts to try."""

    form_class = LoginForm
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo accounts."""
        accounts = demo.accounts() if settings.DEMO else []
        return super().get_context_data(**kwargs) | {"accounts": accounts}


class Password(LoginRequiredMixin, FormView):  # type: ignore[type-arg]
    """A new password of one's own."""

    form_class = PasswordChangeForm
    template_name = "accounts/password.html"
    success_url = reverse_lazy("accounts:settings")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Name the user whose old password is asked for."""
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: Any) -> Any:
        """Set it and stay signed in here."""
        user = signed_in(self.request)
        actions.set_own_password(user, form.cleaned_data["new_password1"])
        update_session_auth_hash(self.request, user)
        messages.success(self.request, _("密码已修改，其他地方的登录已失效。"))
        return super().form_valid(form)


class Settings(LoginRequiredMixin, FormView):  # type: ignore[type-arg]
    """Language, and what posts one holds."""

    form_class = SettingsForm
    template_name = "accounts/settings.html"
    success_url = reverse_lazy("accounts:settings")

    def get_initial(self) -> dict[str, Any]:
        """Start from what is in force."""
        return {"language": signed_in(self.request).language}

    def form_valid(self, form: Any) -> Any:
        """Keep the choice and answer in the new language."""
        actions.set_language(signed_in(self.request), form.cleaned_data["language"])
        with translation.override(form.cleaned_data["language"]):
            messages.success(self.request, _("设置已保存。"))
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the posts."""
        posts = signed_in(self.request).posts.select_related("region").order_by("since")
        today = timezone.localdate()
        shown = [
            {"post": post, "label": ROLES[post.role].label, "description": ROLES[post.role].description,
             "current": holds(post, today)}
            for post in posts
        ]  # fmt: skip
        return super().get_context_data(**kwargs) | {"posts": shown}
