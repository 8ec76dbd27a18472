"""The lists of this app."""

from django.utils.translation import gettext_lazy as _

from governance.kit.access import RULED, Access
from governance.kit.cards import ListCard
from governance.kit.found import Found
from governance.kit.imports.columns import Imports, NoImport
from governance.kit.listing import Listing
from governance.kit.navigation import Line
from governance.kit.written import written
from governance.regions import actions, filtersets, forms, tables
from governance.regions.models import Estate, Facility, Region, RegionCapability, RegionSuccession, RegisterCoverage

REGIONS = Listing(
    "region", Region, filtersets.RegionFilterSet, tables.RegionTable,
    at="", key="code", form=forms.RegionForm, change=actions.change_region, natural=("code",),
    access=Access(keep="view", rule="view change", partner="view"), nav=Line("community", 11, label=_("区划")),
    hint=_("区划由导入产生：请民政局管理员导入区划文件。"),
    found=Found(10, "map-pin", initials="initials", codes=("code",), related=("parent",)),
)  # fmt: skip
ESTATES = Listing(
    "estate", Estate, filtersets.EstateFilterSet, tables.EstateTable,
    at="estates", form=forms.EstateForm, **written(Estate), nav=Line("community", 12),
    hint=_("先登记本社区的小区，小区党支部等指标才有数。"),
    imports=Imports(natural=("community", "name", "since")),  # its spans may not overlap
)  # fmt: skip
FACILITIES = Listing(
    "facility", Facility, filtersets.FacilityFilterSet, tables.FacilityTable,
    at="facilities", form=forms.FacilityForm, **written(Facility), nav=Line("community", 13),
    card=ListCard("region_side workbench_side", 20, group="kind", alive=True),
    hint=_("登记社会工作站（室）、志愿服务站、孵化基地等场所，覆盖率指标由此得出。"),
    imports=Imports(natural=("region", "kind", "name", "since")),  # its spans may not overlap
    found=Found(60, "building-community"),
)  # fmt: skip
CAPABILITIES = Listing(
    "capability", RegionCapability, filtersets.CapabilityFilterSet, tables.CapabilityTable,
    at="capabilities", form=forms.CapabilityForm, **written(RegionCapability, rule=actions.fitting),
    files=("evidence",), nav=Line("community", 14),
    hint=_("按政策逐项登记本地区已建立的机制、制度和平台，并附佐证材料。"),
)  # fmt: skip
_succession = written(RegionSuccession, rule=actions.same_level)
SUCCESSIONS = Listing(
    "succession", RegionSuccession, filtersets.SuccessionFilterSet, tables.SuccessionTable,
    at="successions", form=forms.SuccessionForm, add=_succession["add"], remove=_succession["remove"],
    access=Access(keep="view", rule="view add delete", partner="view"), nav=Line("community", 15),
    imports=NoImport(_("区划变更随区划导入产生，或逐条登记。")),
    hint=_("地区合并、拆分或改设后，在这里登记由哪个地区接续。"),
)  # fmt: skip
REGISTER_COVERAGE = Listing(
    "register_coverage", RegisterCoverage, filtersets.RegisterCoverageFilterSet, tables.RegisterCoverageTable,
    at="register_coverage", form=forms.RegisterCoverageForm, **written(RegisterCoverage),
    natural=("region", "register"), access=RULED, nav=Line("data", 85, "book"),
    hint=_("先说明各台账从哪一天起在哪个地区启用，指标才有数。"),
    about=_("从这一天起，没有登记就等于没有；此前和未启用都算无数据。下级没有另行说明的，随最近的上级。"),
)  # fmt: skip
