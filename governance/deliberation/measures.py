"""What can be counted of consultation, mediation, calls, tasks and names."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from governance.deliberation.models import Award, Designation, Dispute
from governance.kit.measures.sources import Events, Implied, Intervals, Mark, declare

_KIND = Designation.Kind
_DEMO = Q(kind=_KIND.FIVE_SOCIETY_DEMO)
_NAMES = {
    "five_society_demo": Mark(_("“五社联动”示范点"), _("个"), _DEMO),
    "five_society_demo_municipal": Mark(_("市级“五社联动”示范点"), _("个"), _DEMO & Q(tier=Designation.Tier.MUNICIPAL)),
    "five_society_demo_district": Mark(_("区县级“五社联动”示范点"), _("个"), _DEMO & Q(tier=Designation.Tier.DISTRICT)),
    "self_governance_brand": Mark(_("自治品牌"), _("个"), Q(kind=_KIND.SELF_GOVERNANCE_BRAND)),
    "democratic_supervision": Mark(_("民主监督示范社区"), _("个"), Q(kind=_KIND.DEMOCRATIC_SUPERVISION)),
}

declare(
    Intervals(
        "designations",
        _("示范点与品牌"),
        model="deliberation.Designation",
        home="region",
        since="named_on",
        marks=_NAMES,
        implies=(
            Implied("service_brand", Q(kind=_KIND.SERVICE_BRAND)),
            Implied("social_work_post_pilot", Q(kind=_KIND.SOCIAL_WORK_POST_PILOT)),
        ),
    )
)
declare(
    Events(
        "designations",
        _("示范点与品牌"),
        model="deliberation.Designation",
        home="region",
        on="named_on",
        marks=_NAMES,
    )
)

declare(
    Events(
        "awards",
        _("评选表彰"),
        model="deliberation.Award",
        home="region",
        on="awarded_on",
        marks={
            "top_ten": Mark(_("“十佳”"), _("个"), Q(kind=Award.Kind.TOP_TEN)),
            "excellent": Mark(_("优秀"), _("个"), Q(kind=Award.Kind.EXCELLENT)),
        },
    )
)

declare(
    Intervals(
        "work_tasks_planned",
        _("工作任务（计划）"),
        model="deliberation.WorkTask",
        home="region",
        since="assigned_on",
        until="cancelled_on",
        marks={"planned": Mark(_("下达的任务"), _("项"))},
    )
)
_DUE = Q(cancelled_on__isnull=True)
declare(
    Events(
        "work_tasks",
        _("工作任务（到期）"),
        model="deliberation.WorkTask",
        home="region",
        on="deadline",
        marks={
            "due": Mark(_("到期的任务"), _("项"), _DUE),
            "done_on_time": Mark(_("按时完成的任务"), _("项"), _DUE & Q(done_on__lte=F("deadline"))),
        },
    )
)

declare(
    Events(
        "consultations",
        _("协商议事"),
        model="deliberation.Consultation",
        home="community",
        on="held_on",
        marks={
            "held": Mark(_("召开的协商"), _("次")),
            "four_parties": Mark(_("四方参与的协商"), _("次"), Q(four_parties=True)),
        },
    )
)

declare(
    Events(
        "disputes_accepted",
        _("受理的矛盾纠纷"),
        model="deliberation.Dispute",
        home="community",
        on="accepted_on",
        marks={
            "all": Mark(_("受理的矛盾纠纷"), _("件")),
            "online": Mark(_("线上受理的矛盾纠纷"), _("件"), Q(channel=Dispute.Channel.ONLINE)),
        },
    )
)
_LOCAL = Q(closed_level__in=(Dispute.ClosedLevel.COMMUNITY, Dispute.ClosedLevel.TOWNSHIP))
_SETTLED = Q(outcome__in=(Dispute.Outcome.AGREED, Dispute.Outcome.PERFORMED))
declare(
    Events(
        "disputes_closed",
        _("办结的矛盾纠纷"),
        model="deliberation.Dispute",
        home="community",
        on="closed_on",
        marks={
            "all": Mark(_("办结的矛盾纠纷"), _("件")),
            "at_community_or_street": Mark(_("在社区或街道化解的矛盾纠纷"), _("件"), _LOCAL & _SETTLED),
        },
    )
)

_CALLED = Q(withdrawn_on__isnull=True)
declare(
    Events(
        "whistle_calls",
        _("街道吹哨"),
        model="deliberation.WhistleCall",
        home="region",
        on="due_on",
        marks={
            "due": Mark(_("到期的吹哨"), _("次"), _CALLED),
            "answered_on_time": Mark(_("按时报到的吹哨"), _("次"), _CALLED & Q(answered_on__lte=F("due_on"))),
        },
    )
)

declare(
    Intervals(
        "experts",
        _("专家"),
        model="deliberation.Expert",
        home="region",
        person="person",
        marks={"active": Mark(_("在聘专家"), _("人"))},
    )
)

_TESTED = Q(tested_on__isnull=False)
declare(
    Intervals(
        "emergency_plans",
        _("应急预案"),
        model="deliberation.EmergencyPlan",
        home="community",
        since="tested_on",
        marks={"tested": Mark(_("经过演练的应急预案"), _("份"), _TESTED)},
        implies=(Implied("emergency_mechanism", _TESTED),),
    )
)

declare(
    Events(
        "unit_assessments",
        _("考核"),
        model="deliberation.UnitAssessment",
        home="region",
        on="assessed_on",
        marks={"assessed": Mark(_("被考核的单位"), _("家次"))},
    )
)
