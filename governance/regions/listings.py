"""The lists of this app."""

from django.utils.translation import gettext_lazy as _

from governance.kit.listing import Listing
from governance.regions import actions, filtersets, forms, tables
from governance.regions.models import Estate, Facility, Region, RegionCapability, RegionSuccession, RegisterCoverage

REGIONS = Listing(
    "region",
    Region,
    filtersets.RegionFilterSet,
    tables.RegionTable,
    key="code",
    form=forms.RegionForm,
    change=actions.change_region,
    hint=_("区划由导入产生：请民政局管理员导入区划文件。"),
)
SUCCESSIONS = Listing(
    "succession",
    RegionSuccession,
    filtersets.SuccessionFilterSet,
    tables.SuccessionTable,
    form=forms.SuccessionForm,
    add=actions.add_succession,
    remove=actions.remove_succession,
    hint=_("地区合并、拆分或改设后，在这里登记由哪个地区接续。"),
)
ESTATES = Listing(
    "estate",
    Estate,
    filtersets.EstateFilterSet,
    tables.EstateTable,
    form=forms.EstateForm,
    add=actions.add_estate,
    change=actions.change_estate,
    remove=actions.remove_estate,
    hint=_("先登记本社区的小区，小区党支部等指标才有数。"),
)
FACILITIES = Listing(
    "facility",
    Facility,
    filtersets.FacilityFilterSet,
    tables.FacilityTable,
    form=forms.FacilityForm,
    add=actions.add_facility,
    change=actions.change_facility,
    remove=actions.remove_facility,
    hint=_("登记社会工作站（室）、志愿服务站、孵化基地等场所，覆盖率指标由此得出。"),
)
CAPABILITIES = Listing(
    "capability",
    RegionCapability,
    filtersets.CapabilityFilterSet,
    tables.CapabilityTable,
    form=forms.CapabilityForm,
    add=actions.add_capability,
    change=actions.change_capability,
    remove=actions.remove_capability,
    files=("evidence",),
    hint=_("按政策逐项登记本地区已建立的机制、制度和平台，并附佐证材料。"),
)
REGISTER_COVERAGE = Listing(
    "register_coverage",
    RegisterCoverage,
    filtersets.RegisterCoverageFilterSet,
    tables.RegisterCoverageTable,
    form=forms.RegisterCoverageForm,
    add=actions.add_register_coverage,
    change=actions.change_register_coverage,
    remove=actions.remove_register_coverage,
    hint=_("先说明各台账从哪一天起在哪个地区启用，指标才有数。"),
    about=_("从这一天起，没有登记就等于没有；此前和未启用都算无数据。下级没有另行说明的，随最近的上级。"),
)
