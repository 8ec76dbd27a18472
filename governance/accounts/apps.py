"""The accounts app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, their posts, and partner clients."""

    name = "governance.accounts"
    verbose_name = _("用户与岗位")

    def ready(self) -> None:
        """Have the roles in the database follow those of the code."""
        from governance.accounts.rolesync import follow_code  # noqa: PLC0415  models are there only now

        post_migrate.connect(follow_code, sender=self)
