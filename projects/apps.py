"""The projects app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """Needs, resources and the projects where the five actors meet."""

    name = "projects"
    verbose_name = _("项目")
