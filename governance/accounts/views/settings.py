"""A user's own settings: language, password, where she is signed in, what posts she holds."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Prefetch
from django.urls import reverse_lazy
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.generic import FormView

from governance.accounts import actions, agents, handing, passwords, second_factor, sessions
from governance.accounts.forms import SettingsForm
from governance.accounts.models import Post
from governance.accounts.roles import ROLES
from governance.accounts.views.who import signed_in
from governance.kit.spans import holds


class Password(LoginRequiredMixin, FormView):  # type: ignore[type-arg]
    """A new password of one's own."""

    form_class = PasswordChangeForm
    template_name = "accounts/password.html"
    success_url = reverse_lazy("accounts:settings")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Name the user whose old password is asked for."""
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say why it has to be changed before anything else, if it has."""
        why = passwords.why_change(signed_in(self.request))
        return super().get_context_data(**kwargs) | {"why": why, "bare": bool(why)}

    def form_valid(self, form: Any) -> Any:
        """Set it and stay signed in here."""
        user = signed_in(self.request)
        actions.set_own_password(user, form.cleaned_data["new_password1"], kept=self.request.session.session_key)
        update_session_auth_hash(self.request, user)
        messages.success(self.request, _("密码已修改，其他地方的登录已失效。"))
        return super().form_valid(form)


class Settings(LoginRequiredMixin, FormView):  # type: ignore[type-arg]
    """Language, login and posts."""

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
        """Add the posts, the sessions, and how the login is protected."""
        user = signed_in(self.request)
        today, here = timezone.localdate(), self.request.session.session_key
        posts = [
            {"post": post, "label": ROLES[post.role].label, "description": ROLES[post.role].description,
             "current": holds(post, today), "lends": holds(post, today) and handing.may_lend(post, user),
             "stand_ins": [each for each in post.stand_ins.all() if each.until is not None and each.until > today],
             "ends": post.stands_in_for_id is not None and post.until is not None and post.until > today}
            for post in user.posts.select_related("region", "stands_in_for__user")
            .prefetch_related(Prefetch("stand_ins", Post.objects.select_related("user").order_by("since", "pk")))
            .order_by("since", "pk")
        ]  # fmt: skip
        phone = second_factor.authenticator_of(user)
        return super().get_context_data(**kwargs) | {
            "posts": posts,
            "sessions": [
                {"session": each, "agent": agents.in_words(each.agent), "here": each.session_key == here}
                for each in sessions.own_sessions(user)
            ],
            "days_left": passwords.days_left(user),
            "phone": phone,
            "required": second_factor.is_required(user),
        }
