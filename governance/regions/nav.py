"""Lines of this app in the navigation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.navigation import Entry, register

register(
    Entry("community", "actors", 10, pgettext_lazy("plural", "社区"), "regions:region_list", "building-community", "regions.view_region"),
    Entry("import", "data", 90, _("区划导入"), "regions:region_import", "file-import", "regions.import_region"),
)  # fmt: skip
