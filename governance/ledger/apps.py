"""The ledger app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """The double-entry core of money, hours, points and goods."""

    name = "governance.ledger"
    verbose_name = _("账本")
