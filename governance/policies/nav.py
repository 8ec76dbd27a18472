"""Lines of this app in the navigation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.navigation import Entry, register

register(
    Entry("attainment", "top", 20, _("达标"), "policies:policy_list", "target-arrow", "policies.view_policy"),
    Entry(
        "indicators", "top", 22, pgettext_lazy("plural", "指标"), "policies:indicator_list",
        permission="policies.view_indicator", parent="attainment",
    ),
    Entry(
        "policies", "top", 23, _("政策文件"), "policies:policy_list", permission="policies.view_policy",
        parent="attainment",
    ),
)  # fmt: skip
