"""Lines of this app in the navigation; its lists stand below them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.navigation import Entry, register

register(
    Entry(
        "organizations", "actors", 20, pgettext_lazy("plural", "社会组织"), "organizations:organization_list",
        "sitemap", "organizations.view_organization",
    ),
    Entry(
        "social_work", "actors", 30, _("社会工作者"), "organizations:social_work_post_list", "id-badge-2",
        "organizations.view_socialworkpost",
    ),
)  # fmt: skip
