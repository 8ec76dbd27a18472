"""The audit app."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from governance.audit import triggers


class AuditConfig(AppConfig):
    """The trail: who did or saw what."""

    name = "governance.audit"
    verbose_name = _("审计")

    def ready(self) -> None:
        """Keep the triggers that write the history of rows in line with the models."""
        pre_migrate.connect(triggers.set_aside, sender=self)
        post_migrate.connect(triggers.install, sender=self)
        register(triggers.check, Tags.database)
