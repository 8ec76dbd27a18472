"""The lists of organisations and their facts."""

from django.utils.translation import gettext_lazy as _

from governance.kit.access import RULED, SHOWN
from governance.kit.belonging import Owned
from governance.kit.cards import ListCard
from governance.kit.found import Found
from governance.kit.imports.columns import Imports
from governance.kit.listing import Listing
from governance.kit.navigation import Line
from governance.kit.written import written
from organizations.actions import register as actions
from organizations.filtersets import register as filtersets
from organizations.forms import register as forms
from organizations.models import (
    CharityRecognition,
    Incubation,
    Organization,
    OrganizationEnding,
    OrganizationParty,
    OrganizationRestriction,
    OrganizationStatus,
    RegistrationAssessment,
)
from organizations.tables import register as tables

_OF_THE_ORGANIZATION = (Owned("organization", "organization_id"),)

ORGANIZATIONS = Listing(
    "organization",
    Organization,
    filtersets.OrganizationFilterSet,
    tables.OrganizationTable,
    at="",
    form=forms.OrganizationForm,
    add=actions.add_organization,
    change=actions.change_organization,
    remove=actions.remove_organization,
    natural=("uscc",),
    imports=Imports(fields=forms.OF_FILES, natural=("region", "name")),
    related=(),
    register="organizations",
    nav=Line("organizations", 21),
    card=ListCard("region", 50, group="nature"),
    hint=_("登记本地区的社会组织，再为每个组织登记状态：备案和登记的才计入指标。"),
    found=Found(20, "users-group", initials="pinyin", codes=("uscc",)),
    owned=(Owned("organization", "pk"),),
)
STATUSES = Listing(
    "organization_status",
    OrganizationStatus,
    filtersets.OrganizationStatusFilterSet,
    tables.OrganizationStatusTable,
    at="organization-statuses",
    form=forms.OrganizationStatusForm,
    facts=("organization", "status", "region", "document_no", "since", "until"),
    **(written(OrganizationStatus) | {"change": actions.change_span}),
    nav=Line("organizations", 22),
    hint=_("组织备案、登记或由社区指导，都从批准之日起登记一条；升级为登记时，在组织的页面上办理“变更状态”。"),
    about=_("社区指导的不计入社会组织数。所在地区随组织，组织迁移后以前的记录留在原地区。"),
    owned=_OF_THE_ORGANIZATION,
)
CHARITIES = Listing(
    "charity_recognition",
    CharityRecognition,
    filtersets.CharityRecognitionFilterSet,
    tables.CharityRecognitionTable,
    at="charity-recognitions",
    form=forms.CharityRecognitionForm,
    facts=("organization", "way", "region", "document_no", "since", "until"),
    **(written(CharityRecognition) | {"change": actions.change_span}),
    access=RULED,
    nav=Line("organizations", 23),
    hint=_("由民政局登记慈善组织的认定或登记，慈善组织增长指标由此得出。"),
    owned=_OF_THE_ORGANIZATION,
)
PARTIES = Listing(
    "organization_party",
    OrganizationParty,
    filtersets.OrganizationPartyFilterSet,
    tables.OrganizationPartyTable,
    at="organization-parties",
    form=forms.OrganizationPartyForm,
    facts=("organization", "region", "since", "until", "full_members", "established_on", "form"),
    **(written(OrganizationParty) | {"change": actions.change_span}),
    nav=Line("organizations", 24),
    hint=_("登记应建党组织的社会组织；已经成立的填成立日期，组建率由此得出。"),
    about=_("只登记符合组建条件的组织，起始日期是符合条件之日。"),
    owned=_OF_THE_ORGANIZATION,
)
ASSESSMENTS = Listing(
    "registration_assessment",
    RegistrationAssessment,
    filtersets.RegistrationAssessmentFilterSet,
    tables.RegistrationAssessmentTable,
    at="registration-assessments",
    form=forms.RegistrationAssessmentForm,
    facts=("organization", "region", "since", "until", "registered_on", "opinion"),
    **(written(RegistrationAssessment) | {"change": actions.change_span}),
    nav=Line("organizations", 25),
    hint=_("登记符合登记条件的组织；是否已登记由组织状态得出，不用另填。"),
    about=_("只登记评估认为符合登记条件的组织，不符合的不登记。"),
    owned=_OF_THE_ORGANIZATION,
)
RESTRICTIONS = Listing(
    "organization_restriction",
    OrganizationRestriction,
    filtersets.OrganizationRestrictionFilterSet,
    tables.OrganizationRestrictionTable,
    at="organization-restrictions",
    form=forms.OrganizationRestrictionForm,
    facts=("organization", "kind", "region", "reason", "document_no", "since", "until"),
    **(written(OrganizationRestriction) | {"change": actions.change_span}),
    nav=Line("organizations", 27),
    hint=_("组织列入活动异常名录或被责令停止活动时登记一条，移出或恢复活动时填终止日期。"),
    about=_("异常和停止活动的组织仍计入社会组织数，直到注销或合并。"),
    owned=_OF_THE_ORGANIZATION,
)
ENDINGS = Listing(
    "organization_ending",
    OrganizationEnding,
    filtersets.OrganizationEndingFilterSet,
    tables.OrganizationEndingTable,
    at="organization-endings",
    facts=("organization", "way", "on", "region", "into", "reason", "document_no"),
    access=SHOWN,
    nav=Line("organizations", 28),
    hint=_("组织注销、解散或合并，在组织的页面上办理“注销”，这里就有一条。"),
    about=_("从终止之日起不再计入统计；办错了的，在组织的页面上“恢复”。"),
    owned=_OF_THE_ORGANIZATION,
)
INCUBATIONS = Listing(
    "incubation",
    Incubation,
    filtersets.IncubationFilterSet,
    tables.IncubationTable,
    at="incubations",
    form=forms.IncubationForm,
    **written(Incubation),
    natural=("organization", "tier", "admitted_on"),
    nav=Line("organizations", 26),
    card=ListCard("region", 52, group="tier"),
    hint=_("组织入驻培育时登记一条，升到更高一类时再登记一条，年度培育数由入驻日期得出。"),
    owned=_OF_THE_ORGANIZATION,
)
