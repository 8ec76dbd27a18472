"""The sources of the trial tables."""

from __future__ import annotations

from django.db.models import Q

from governance.kit.measures.sources import (
    Events,
    Implied,
    Intervals,
    Mark,
    Reportable,
    Values,
    Weight,
    declare,
    declare_reportable,
)

_EACH = "个"

declare(
    Intervals(
        "trial_groups",
        "试验组织",
        model="trial.Group",
        home="home",
        marks={
            "all": Mark("试验组织", _EACH, Q(whole=True)),
            "party": Mark("试验党组织", _EACH, Q(party=True)),
            "party_branch": Mark("有支部的试验组织", _EACH, Q(party_since__isnull=False), since="party_since"),
        },
        weights={"area": Weight("area", "面积", "平方米", places=2)},
        kinds={
            "category": Values("category", "类别", {"care": "照护", "culture": "文化", "law": "法律"}),
        },
    )
)
declare(
    Intervals(
        "trial_posts",
        "试验岗位",
        model="trial.Post",
        home="home",
        marks={"in_post": Mark("在岗人员", "人"), "main": Mark("主岗人员", "人", Q(main=True))},
    )
)
declare(
    Intervals(
        "trial_certificates",
        "试验证书",
        model="trial.Certificate",
        home="holder__home",
        marks={
            "all": Mark("持证人员", "人"),
            "senior": Mark("高级持证人员", "人", Q(level="senior")),
            "of_main": Mark("主岗持证人员", "人", Q(holder__main=True)),
        },
        depends=("holder",),
    )
)
declare(
    Events(
        "trial_sessions",
        "试验活动",
        model="trial.Session",
        home="home",
        on="on",
        marks={"held": Mark("活动", "场", Q(held=True)), "joint": Mark("联办活动", "场", Q(joint=True))},
        weights={"hours": Weight("hours", "时长", "小时", places=2)},
        person="person",
        kinds={"field": Values("field", "领域", {"aid": "救助", "elders": "为老", "children": "儿童"})},
        implies=(Implied("volunteer_station", Q(joint=True), months=6),),
    )
)
declare(
    Events(
        "trial_awards",
        "试验奖励",
        model="trial.Award",
        home="home",
        on="on",
        marks={"given": Mark("奖励", "次")},
    )
)

declare(
    Intervals(
        "trial_volunteers",
        "试验志愿者",
        model="trial.Volunteer",
        home="home",
        since="verified_on",
        until="left_on",
        marks={
            "all": Mark("志愿者", "人"),
            "party": Mark("党员志愿者", "人", Q(party=True)),
            "female": Mark("女志愿者", "人", Q(gender=1)),
            "student": Mark("学生志愿者", "人", Q(kind=1)),
            "elder": Mark("老年志愿者", "人", Q(kind=2)),
            "professional": Mark("专业志愿者", "人", Q(kind=3)),
            "star": Mark("三星以上志愿者", "人", Q(star__gte=3)),
        },
    )
)
declare(
    Intervals(
        "trial_societies",
        "试验社会组织",
        model="trial.Society",
        home="home",
        since="established_on",
        until="dissolved_on",
        marks={
            "all": Mark("社会组织", _EACH),
            "community": Mark("社区社会组织", _EACH, Q(kind=0)),
            "group": Mark("社会团体", _EACH, Q(kind=1)),
            "service": Mark("社会服务机构", _EACH, Q(kind=2)),
            "foundation": Mark("基金会", _EACH, Q(kind=3)),
            "charity": Mark("慈善组织", _EACH, Q(charity=True)),
            "rated": Mark("3A 以上社会组织", _EACH, Q(rating__gte=3)),
        },
    )
)
declare(
    Intervals(
        "trial_workers",
        "试验社会工作者",
        model="trial.Worker",
        home="home",
        since="certified_on",
        until="left_on",
        marks={
            "all": Mark("社会工作者", "人"),
            "certified": Mark("持证社会工作者", "人", Q(certificate__gte=1)),
            "middle": Mark("社会工作师", "人", Q(certificate=2)),
            "senior": Mark("高级社会工作师", "人", Q(certificate=3)),
        },
    )
)
declare(
    Intervals(
        "trial_venues",
        "试验场所",
        model="trial.Venue",
        home="home",
        since="opened_on",
        until="closed_on",
        marks={
            "volunteer": Mark("志愿服务站", "处", Q(kind=0)),
            "social_work": Mark("社会工作站", "处", Q(kind=1)),
            "fund": Mark("基金点", "处", Q(kind=2)),
        },
    )
)
declare(
    Intervals(
        "trial_undertakings",
        "试验项目",
        model="trial.Undertaking",
        home="home",
        since="started_on",
        until="ended_on",
        marks={"running": Mark("项目", _EACH)},
    )
)
declare(
    Events(
        "trial_undertakings",
        "试验项目",
        model="trial.Undertaking",
        home="home",
        on="started_on",
        marks={"started": Mark("启动的项目", _EACH)},
        weights={"amount": Weight("amount", "金额", "分")},
    )
)
declare(
    Events(
        "trial_services",
        "试验服务",
        model="trial.Service",
        home="home",
        on="served_on",
        marks={"all": Mark("服务", "次")},
        weights={
            "minutes": Weight("minutes", "时长", "分钟"),
            "beneficiaries": Weight("beneficiaries", "受益人次", "人次"),
        },
        person="volunteer",
    )
)

declare_reportable(
    Reportable("trial_residents", "试验常住人口", "人", "population"),
    Reportable("trial_households", "试验户数", "户", "population"),
    Reportable("trial_elders", "试验老年人口", "人", "population"),
)
