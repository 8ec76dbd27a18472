"""The audit app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The trail: who did or saw what."""

    name = "governance.audit"
    verbose_name = _("审计")
