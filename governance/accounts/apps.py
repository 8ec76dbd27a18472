"""The accounts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, their posts, and partner clients."""

    name = "governance.accounts"
    verbose_name = _("用户与岗位")
