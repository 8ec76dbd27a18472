"""The policies app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoliciesConfig(AppConfig):
    """Policies with their clauses, indicators and targets."""

    name = "governance.policies"
    verbose_name = _("政策")
