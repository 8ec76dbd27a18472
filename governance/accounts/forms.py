"""Forms of this app."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from governance.accounts.guard import was_locked
from governance.accounts.models import PartnerClient, Post, User
from governance.accounts.models.partner import VERBS
from governance.accounts.passwords import has_lapsed
from governance.kit.forms import RecordForm
from governance.regions.fields import RegionField

DATE = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class LoginForm(AuthenticationForm):
    """User name and password; the refusal does not say which of the two was wrong."""

    error_messages = {  # noqa: RUF012  an instance variable of the base class
        "invalid_login": _("用户名或密码不对。"),
        "inactive": _("用户名或密码不对。"),
        "lapsed": _("一次性密码已过期（%(days)d 天内有效），请本级系统管理员重新发放。"),
        "locked": _("尝试次数太多，已暂停登录。请 %(minutes)d 分钟后再试，或请本级系统管理员解除锁定。"),
    }

    def get_invalid_login_error(self) -> ValidationError:
        """Say the same of every name: that it was wrong, or that too much was wrong lately."""
        if was_locked(self.request):
            minutes = {"minutes": settings.LOGIN_LOCK_MINUTES}
            return ValidationError(self.error_messages["locked"], code="locked", params=minutes)
        return super().get_invalid_login_error()

    def confirm_login_allowed(self, user: Any) -> None:
        """Refuse disabled accounts, those of partner systems, and a one-time password that nobody used in time."""
        if not user.is_active or user.kind != User.Kind.PERSON:
            raise ValidationError(self.error_messages["inactive"], code="inactive")
        if has_lapsed(user):  # told to who knows it only
            days = {"days": settings.ONE_TIME_PASSWORD_DAYS}
            raise ValidationError(self.error_messages["lapsed"], code="lapsed", params=days)


class UserForm(RecordForm):
    """An account."""

    region = RegionField(label=_("所属地区"))
    password = forms.CharField(
        label=_("密码"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "至少 10 个字符，大写、小写、数字、符号至少三种。只用来登录一次，本人登录后须改掉。修改时不填则保持不变。"
        ),
    )

    class Meta(RecordForm.Meta):
        model = User
        fields = ("username", "name", "region", "language", "is_active", "password")

    def clean_password(self) -> str:
        """Ask for a password with a new account; checks of its strength belong to the action."""
        password: str = self.cleaned_data["password"]
        if not password and self.instance.pk is None:
            raise ValidationError(_("新用户必须设密码。"))
        return password

    def _post_clean(self) -> None:
        # The model form would put the plain password on the instance; the action sets it as a hash.
        password = self.cleaned_data.pop("password", None)
        super()._post_clean()
        if password is not None:
            self.cleaned_data["password"] = password


class PostForm(RecordForm):
    """A post."""

    region = RegionField(label=_("地区"))

    class Meta(RecordForm.Meta):
        model = Post
        fields = ("user", "role", "region", "unit_name", "since", "until")


class PartnerClientForm(RecordForm):
    """A partner system; its secret is made here and shown once."""

    region = RegionField(label=_("地区"))
    verbs = forms.MultipleChoiceField(label=_("动作"), choices=VERBS, widget=forms.CheckboxSelectMultiple)
    name = forms.CharField(label=_("名称"), max_length=50)

    class Meta(RecordForm.Meta):
        model = PartnerClient
        fields = ("name", "verbs")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.instance.pk:
            del self.fields["region"]

    def values(self) -> dict[str, Any]:
        """Return the values for the action; a new client gets its region and a fresh secret."""
        values = super().values()
        if self.instance.pk is None:
            self.secret = secrets.token_urlsafe(32)
            values |= {"region": self.cleaned_data["region"], "secret": self.secret}
        return values

    def _get_validation_exclusions(self) -> set[str]:
        # account, type and grant are the action's to set
        left_out: set[str] = super()._get_validation_exclusions()
        return left_out | {"user", "client_type", "authorization_grant_type", "client_secret"}


class SettingsForm(forms.Form):
    """A user's own settings."""

    language = forms.ChoiceField(label=_("界面语言"), choices=settings.LANGUAGES)


class CodeForm(forms.Form):
    """A code from the phone, or where it is allowed a recovery code."""

    code = forms.CharField(
        label=_("口令"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class SuccessorForm(forms.Form):
    """To whom a post passes, and when."""

    username = forms.CharField(label=_("接任人的用户名"), max_length=64, help_text=_("本地区或上级单位的人员。"))
    on = forms.DateField(label=_("移交日期"), widget=DATE, help_text=_("当天起由接任人任职，原岗位同日结束。"))


class StandInForm(forms.Form):
    """Who stands in, from when to when."""

    username = forms.CharField(label=_("代理人的用户名"), max_length=64, help_text=_("本地区或上级单位的人员。"))
    since = forms.DateField(label=_("开始日期"), widget=DATE)
    until = forms.DateField(label=_("结束日期"), widget=DATE, help_text=_("当天起不再有权限，最多 90 天。"))
