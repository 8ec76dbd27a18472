"""When a person in post is certified or trained: derived, and what the engine counts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet, ends_after_start, no_overlap
from governance.regions.models import Region
from organizations.models.certificate import SocialWorkCertificate
from organizations.models.community_worker import CommunityWorkerPost
from organizations.models.post import SocialWorkPost


class QualifiedSpanQuerySet(AliveQuerySet, ScopedQuerySet):
    """Spans are homed where the post is."""


@classified(
    public="id changed_at",
    internal="kind region level since until social_work_post community_post",
    personal="person",
)
class QualifiedSpan(Record):
    """A post cut with certificates or trainings of its holder; triggers keep the rows, nobody enters them."""

    class Kind(models.TextChoices):
        """What somebody in post is."""

        CERTIFIED_SOCIAL_WORKER = "certified_social_worker", _("持证社工")
        CERTIFIED_COMMUNITY_WORKER = "certified_community_worker", _("持证社区工作者")
        TRAINED_COMMUNITY_WORKER = "trained_community_worker", _("近一年受训社区工作者")

    kind = models.CharField(_("资格"), max_length=30, choices=Kind, editable=False)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, editable=False, related_name="qualified_spans", verbose_name=_("人员")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, db_index=False, editable=False, related_name="+", verbose_name=_("岗位所在地")
    )
    level = models.CharField(
        _("证书级别"), max_length=12, choices=SocialWorkCertificate.Level, blank=True, editable=False
    )
    since = models.DateField(_("起始日期"), editable=False)
    until = models.DateField(_("终止日期"), null=True, blank=True, editable=False)
    social_work_post = models.ForeignKey(
        SocialWorkPost, models.CASCADE, null=True, blank=True, editable=False, related_name="qualified_spans",
        verbose_name=_("社工岗位"),
    )  # fmt: skip
    community_post = models.ForeignKey(
        CommunityWorkerPost, models.CASCADE, null=True, blank=True, editable=False, related_name="qualified_spans",
        verbose_name=_("社区工作者岗位"),
    )  # fmt: skip

    objects = QualifiedSpanQuerySet.as_manager()

    class Meta:
        verbose_name = _("资格时段")
        verbose_name_plural = pgettext_lazy("plural", "资格时段")
        ordering = ("region__path", "kind", "-since", "pk")
        constraints = (
            ends_after_start("qualified_span_ends_after_start"),
            no_overlap("qualified_span_once", "kind", "person", message=_("这段时间内已有同样的资格。")),
            models.CheckConstraint(
                name="qualified_span_one_post",
                condition=Q(kind="certified_social_worker", social_work_post__isnull=False, community_post__isnull=True)
                | Q(
                    kind__in=("certified_community_worker", "trained_community_worker"),
                    social_work_post__isnull=True,
                    community_post__isnull=False,
                ),
                violation_error_message=_("资格时段只属于一个岗位。"),
            ),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("region", "since"),
                include=("until", "kind", "level", "person"),
                name="qualified_span_covering",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """Return the page of the post."""
        post: Record = self.social_work_post or self.community_post  # type: ignore[assignment]  # a rule of the database
        return post.get_absolute_url()
