"""The people app."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from governance.people import places


class PeopleConfig(AppConfig):
    """A person, recorded once; roles in other apps point here."""

    name = "governance.people"
    verbose_name = _("人员")

    def ready(self) -> None:
        """Keep the triggers in line with the roles that the apps have registered."""
        pre_migrate.connect(places.set_aside, sender=self)
        post_migrate.connect(places.install, sender=self)
        register(places.check, Tags.database)
