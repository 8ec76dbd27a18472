"""Lines of this app in the navigation; its lists stand below them."""

from django.utils.translation import gettext_lazy as _

from governance.kit.navigation import Entry, register

register(
    Entry(
        "deliberation", "actors", 70, _("协商共治"), "deliberation:consultation_list", "messages",
        "deliberation.view_consultation",
    )
)  # fmt: skip
