"""The attainment app."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from governance.attainment.sources import triggers
from governance.attainment.sources.indexes import check_sources


class AttainmentConfig(AppConfig):
    """The engine that computes how far targets are reached."""

    name = "governance.attainment"
    verbose_name = _("达标")

    def ready(self) -> None:
        """Keep the triggers that mark what has changed in line with what the numbers read; check the declarations."""
        pre_migrate.connect(triggers.set_aside, sender=self)
        post_migrate.connect(triggers.install, sender=self)
        register(triggers.check, Tags.database)
        register(check_sources, Tags.models)
