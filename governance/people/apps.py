"""The people app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """A person, recorded once; roles in other apps point here."""

    name = "governance.people"
    verbose_name = _("人员")
