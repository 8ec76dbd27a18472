"""The desk app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """What the portal keeps for a user: jobs with their progress."""

    name = "governance.desk"
    verbose_name = _("工作台")
