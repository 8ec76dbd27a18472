"""The attainment app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttainmentConfig(AppConfig):
    """The engine that computes how far targets are reached."""

    name = "governance.attainment"
    verbose_name = _("达标")
