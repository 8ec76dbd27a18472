"""The funds app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundsConfig(AppConfig):
    """Funds, donations, goods and grants."""

    name = "funds"
    verbose_name = _("慈善资源")
