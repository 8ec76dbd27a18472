"""Lines of this app in the navigation."""

from django.utils.translation import gettext_lazy as _

from governance.attainment.results.requests import PERMISSION
from governance.kit.navigation import Entry, register

register(
    Entry("dashboard", "top", 21, _("达标看板"), "attainment:dashboard", permission=PERMISSION, parent="attainment")
)
