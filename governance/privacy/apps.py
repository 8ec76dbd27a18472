"""The privacy app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """Notices, consents, requests of data subjects, and retention."""

    name = "governance.privacy"
    verbose_name = _("个人信息保护")
