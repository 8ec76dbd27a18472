"""What can be counted of places: estates, facilities, and statements of what a place has."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.kit.measures.sources import Implied, Intervals, Mark, Weight, declare
from governance.regions.models import Facility

_KIND = Facility.Kind

declare(
    Intervals(
        "estates",
        _("小区"),
        model="regions.Estate",
        home="community",
        marks={
            "all": Mark(_("小区"), _("个")),
            "party_branch": Mark(
                _("建立党支部的小区"), _("个"), Q(party_branch_from__isnull=False), since="party_branch_from"
            ),
        },
    )
)

_ROOM_OR_STATION = Q(kind__in=(_KIND.SOCIAL_WORK_ROOM, _KIND.SOCIAL_WORK_STATION))

declare(
    Intervals(
        "facilities",
        _("设施"),
        model="regions.Facility",
        home="region",
        marks={
            "any": Mark(_("设施"), _("处")),
            "incubator": Mark(_("社会组织孵化基地"), _("处"), Q(kind=_KIND.INCUBATOR)),
            "training_base": Mark(_("培训基地"), _("处"), Q(kind=_KIND.TRAINING_BASE)),
        },
        weights={
            "floor_area": Weight("floor_area", _("面积"), _("平方米"), places=2),
            "capacity": Weight("capacity", _("可容纳数"), _("个")),
        },
        implies=(
            Implied("volunteer_station", Q(kind=_KIND.VOLUNTEER_STATION)),
            Implied("culture_centre", Q(kind=_KIND.CULTURE_CENTRE)),
            Implied("fitness_facility", Q(kind=_KIND.FITNESS_FACILITY)),
            Implied("street_service_centre", Q(kind=_KIND.STREET_SERVICE_CENTRE)),
            Implied("org_service_platform", Q(kind=_KIND.ORG_SERVICE_PLATFORM)),
            # a centre at a county, a station at a township, a room at a community: each is its level's own unit
            Implied("social_work_tier_unit", Q(kind=_KIND.SOCIAL_WORK_CENTRE, region__level="county")),
            Implied("social_work_tier_unit", Q(kind=_KIND.SOCIAL_WORK_STATION, region__level="township")),
            Implied("social_work_tier_unit", Q(kind=_KIND.SOCIAL_WORK_ROOM, region__level="community")),
            Implied("social_work_station", Q(kind=_KIND.SOCIAL_WORK_STATION)),
            Implied("social_work_room", Q(kind=_KIND.SOCIAL_WORK_ROOM)),
            Implied("social_work_service", _ROOM_OR_STATION),
            Implied("social_work_platform", _ROOM_OR_STATION, component="place"),
        ),
    )
)

declare(
    Intervals(
        "capabilities",
        _("能力"),
        model="regions.RegionCapability",
        home="region",
        marks={"any": Mark(_("能力记录"), _("条"))},
    )
)
