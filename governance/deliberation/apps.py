"""The deliberation app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliberationConfig(AppConfig):
    """Consultation, mediation, calls to departments, tasks and awards."""

    name = "governance.deliberation"
    verbose_name = _("协商")
