"""The volunteers app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteersConfig(AppConfig):
    """Volunteers, their activities, service records and points."""

    name = "volunteers"
    verbose_name = _("志愿者")
