"""The line of this app in the navigation; its lists stand below it."""

from django.utils.translation import pgettext_lazy

from governance.kit.navigation import Entry, register

register(
    Entry(
        "volunteers", "actors", 40, pgettext_lazy("plural", "志愿者"), "volunteers:volunteer_list",
        "heart-handshake", "volunteers.view_volunteer",
    )
)  # fmt: skip
