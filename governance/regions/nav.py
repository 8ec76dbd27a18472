"""Lines of this app in the navigation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.navigation import Entry, register

register(
    Entry("community", "actors", 10, pgettext_lazy("plural", "社区"), "regions:region_list", "building-community", "regions.view_region"),
    Entry("regions", "actors", 11, _("区划"), "regions:region_list", permission="regions.view_region", parent="community"),
    Entry("estates", "actors", 12, pgettext_lazy("plural", "小区"), "regions:estate_list", permission="regions.view_estate", parent="community"),
    Entry("facilities", "actors", 13, pgettext_lazy("plural", "设施"), "regions:facility_list", permission="regions.view_facility", parent="community"),
    Entry(
        "capabilities", "actors", 14, pgettext_lazy("plural", "能力"), "regions:capability_list",
        permission="regions.view_regioncapability", parent="community",
    ),
    Entry(
        "successions", "actors", 15, pgettext_lazy("plural", "区划变更"), "regions:succession_list",
        permission="regions.view_regionsuccession", parent="community",
    ),
    Entry(
        "registers", "data", 85, pgettext_lazy("plural", "台账启用"), "regions:register_coverage_list", "book",
        "regions.view_registercoverage",
    ),
    Entry("import", "data", 90, _("区划导入"), "regions:region_import", "file-import", "regions.import_region"),
)  # fmt: skip
