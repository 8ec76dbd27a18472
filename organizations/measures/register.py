"""What can be counted of organisations: their statuses, charities, party organisations, assessments and incubations."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.kit.measures.sources import Events, Intervals, Mark, Values, declare
from organizations.models import Category, Incubation, Nature, OrganizationStatus, ServiceCategory

_STATUS, _TIER = OrganizationStatus.Status, Incubation.Tier
_COUNTS = Q(status__in=(_STATUS.FILED, _STATUS.REGISTERED))  # guided ones never count
_COMMUNITY = Q(organization__community_based=True)

declare(
    Intervals(
        "organizations",
        _("社会组织"),
        model="organizations.OrganizationStatus",
        home="region",
        marks={
            "social_org": Mark(_("社会组织"), _("个"), _COUNTS),
            "community_org": Mark(_("社区社会组织"), _("个"), _COUNTS & _COMMUNITY),
            "charity_community_org": Mark(
                _("公益慈善类社区社会组织"), _("个"),
                _COUNTS & _COMMUNITY & Q(organization__category=Category.CHARITY),
            ),
            "filed_community_org": Mark(_("备案的社区社会组织"), _("个"), Q(status=_STATUS.FILED) & _COMMUNITY),
            "social_work_agency": Mark(
                _("社会工作服务机构"), _("个"),
                Q(status=_STATUS.REGISTERED, organization__nature=Nature.SOCIAL_WORK_AGENCY),
            ),
            "federation": Mark(
                _("社区社会组织联合会"), _("个"), _COUNTS & _COMMUNITY & Q(organization__nature=Nature.FEDERATION)
            ),
        },
        kinds={
            "service_category": Values(
                "organization__service_category",
                _("服务门类"),
                {value.value: value.label for value in ServiceCategory},
                _COUNTS & _COMMUNITY,
            )
        },
        depends=("organization",),
    )
)  # fmt: skip

declare(
    Intervals(
        "charity_status",
        _("慈善组织"),
        model="organizations.CharityRecognition",
        home="region",
        marks={"recognised": Mark(_("慈善组织"), _("个"))},
    )
)

declare(
    Intervals(
        "organization_party",
        _("党组织应建情况"),
        model="organizations.OrganizationParty",
        home="region",
        marks={
            "eligible": Mark(_("应建党组织的社会组织"), _("个")),
            "established": Mark(
                _("已建党组织的社会组织"), _("个"), Q(established_on__isnull=False), since="established_on"
            ),
        },
    )
)

declare(
    Intervals(
        "organization_registrable",
        _("符合登记条件的组织"),
        model="organizations.RegistrationAssessment",
        home="region",
        marks={
            "assessed": Mark(_("符合登记条件的组织"), _("个")),
            "registered": Mark(
                _("符合条件并已登记的组织"), _("个"), Q(registered_on__isnull=False), since="registered_on"
            ),
        },
    )
)

declare(
    Events(
        "incubations",
        _("孵化培育"),
        model="organizations.Incubation",
        home="region",
        on="admitted_on",
        marks={
            "district": Mark(_("培育的区级综合服务类组织"), _("家"), Q(tier=_TIER.DISTRICT)),
            "street_hub": Mark(_("培育的街镇枢纽型组织"), _("家"), Q(tier=_TIER.STREET_HUB)),
            "functional": Mark(_("培育的功能型组织"), _("家"), Q(tier=_TIER.FUNCTIONAL)),
        },
    )
)
