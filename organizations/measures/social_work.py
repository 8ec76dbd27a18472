"""What can be counted of social work: posts, certificates, trainings and committees."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.kit.measures.sources import Implied, Intervals, Mark, declare
from governance.regions.models import Level
from governance.regions.models.region import CommitteeType
from organizations.models import CommitteeMember, QualifiedSpan, SocialWorkCertificate

_KIND, _LEVEL, _EDUCATION = QualifiedSpan.Kind, SocialWorkCertificate.Level, CommitteeMember.Education
_IN_COMMUNITY = Q(region__level=Level.COMMUNITY)
_MAIN = Q(main=True)

declare(
    Intervals(
        "social_workers",
        _("社会工作者"),
        model="organizations.SocialWorkPost",
        home="region",
        person="person",
        # one person once: only the main post counts; what a community has is there by any post
        marks={
            "professional": Mark(_("社会工作专业人才"), _("人"), _MAIN & Q(professional=True)),
            "in_community": Mark(_("社区社工"), _("人"), _MAIN & _IN_COMMUNITY),
            "full_time_in_community": Mark(_("社区全职社工"), _("人"), _MAIN & Q(full_time=True) & _IN_COMMUNITY),
        },
        implies=(
            Implied("social_work_platform", _IN_COMMUNITY, component="post"),
            Implied(
                "social_work_platform",
                _IN_COMMUNITY & Q(full_time=True, professional=True),
                component="full_time_professional",
            ),
        ),
    )
)

_CERTIFIED = Q(kind=_KIND.CERTIFIED_SOCIAL_WORKER)

declare(
    Intervals(
        "certified_social_workers",
        _("持证社工"),
        model="organizations.QualifiedSpan",
        home="region",
        person="person",
        marks={
            "any_level": Mark(_("持证社工"), _("人"), _CERTIFIED),
            "assistant": Mark(_("助理社会工作师"), _("人"), _CERTIFIED & Q(level=_LEVEL.ASSISTANT)),
            "intermediate": Mark(_("社会工作师"), _("人"), _CERTIFIED & Q(level=_LEVEL.INTERMEDIATE)),
            "senior": Mark(_("高级社会工作师"), _("人"), _CERTIFIED & Q(level=_LEVEL.SENIOR)),
        },
    )
)

declare(
    Intervals(
        "community_worker_posts",
        _("社区工作者"),
        model="organizations.CommunityWorkerPost",
        home="community",
        person="person",
        marks={"in_post": Mark(_("在岗社区工作者"), _("人"))},
    )
)

declare(
    Intervals(
        "certified_community_workers",
        _("持证社区工作者"),
        model="organizations.QualifiedSpan",
        home="region",
        person="person",
        marks={"any_level": Mark(_("持证社区工作者"), _("人"), Q(kind=_KIND.CERTIFIED_COMMUNITY_WORKER))},
    )
)

declare(
    Intervals(
        "trained_community_workers",
        _("受训社区工作者"),
        model="organizations.QualifiedSpan",
        home="region",
        person="person",
        marks={"last12": Mark(_("近一年受训社区工作者"), _("人"), Q(kind=_KIND.TRAINED_COMMUNITY_WORKER))},
    )
)

declare(
    Intervals(
        "committee_members",
        _("“两委”成员"),
        model="organizations.CommitteeMember",
        home="community",
        person="person",
        marks={
            "in_office": Mark(_("“两委”成员"), _("人")),
            # high school in a village, college in a residents' community
            "education_met": Mark(
                _("学历达标的“两委”成员"), _("人"),
                Q(community__committee_type=CommitteeType.VILLAGERS, education__gte=_EDUCATION.SECONDARY)
                | Q(community__committee_type=CommitteeType.RESIDENTS, education__gte=_EDUCATION.COLLEGE),
            ),
        },
    )
)  # fmt: skip
