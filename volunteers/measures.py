"""What can be counted of volunteers: registrations, activities, service, points and what belongs to them."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.kit.measures.sources import Events, Implied, Intervals, Mark, Weight, declare
from volunteers.models import PointsPartner

_KIND = PointsPartner.Kind

declare(
    Intervals(  # that a person is registered once at a time is kept by the database, so no person is named here
        "volunteers",
        _("志愿者"),
        model="volunteers.Volunteer",
        home="community",
        marks={
            "registered": Mark(_("注册志愿者"), _("人")),
            "verified": Mark(_("实名注册志愿者"), _("人"), Q(verified_on__isnull=False), since="verified_on"),
        },
    )
)

declare(
    Events(
        "activities",
        _("志愿服务活动"),
        model="volunteers.Activity",
        home="community",
        on="published_on",
        marks={"published": Mark(_("发布的志愿服务活动"), _("场"), Q(cancelled_on__isnull=True))},
    )
)

declare(
    Events(
        "service_records",
        _("志愿服务记录"),
        model="volunteers.ServiceRecord",
        home="community",
        on="service_date",
        marks={"confirmed": Mark(_("已确认的服务记录"), _("条"), Q(confirmed_on__isnull=False, voided=False))},
        weights={"minutes": Weight("minutes", _("服务时长"), _("分钟"))},
    )
)

declare(
    Intervals(
        "service_record_start",
        _("志愿服务记录制度"),
        model="volunteers.RecordStart",
        home="community",
        marks={"started": Mark(_("有志愿服务记录的村（社区）"), _("个"))},
        implies=(Implied("volunteer_record_system"),),
    )
)

declare(
    Events(
        "points",
        _("志愿服务积分"),
        model="volunteers.PointsIssue",
        home="community",
        on="booked_on",
        marks={"issued": Mark(_("积分发放"), _("笔"))},
        weights={"points": Weight("points", _("积分"), _("分"))},
    )
)

declare(
    Intervals(
        "points_partners",
        _("积分兑换伙伴"),
        model="volunteers.PointsPartner",
        home="region",
        marks={
            "merchant": Mark(_("积分超市商家"), _("家"), Q(kind=_KIND.MERCHANT)),
            "talent": Mark(_("积分超市达人"), _("人"), Q(kind=_KIND.TALENT)),
        },
    )
)

declare(
    Intervals(
        "party_reports",
        _("党员“双报到”"),
        model="volunteers.PartyReport",
        home="community",
        marks={"reported": Mark(_("报到党员"), _("人"))},
        person="person",
    )
)

declare(
    Events(
        "spot_checks",
        _("记录与证明抽查"),
        model="volunteers.SpotCheck",
        home="region",
        on="concluded_on",
        marks={"concluded": Mark(_("办结的抽查"), _("次"))},
    )
)
