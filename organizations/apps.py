"""The organizations app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """Social organisations and social work."""

    name = "organizations"
    verbose_name = _("社会组织")
