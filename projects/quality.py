"""What may be wrong with projects, needs and resources."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.quality import Check, Kind, months_ago, register, stale_since, twice
from projects.models import Need, Project, ProjectEvaluation, PurchaseProject, Resource

_OVERDUE = 6
_OPEN = Q(closed_on=None)
_LISTED = Q(listed_on__isnull=False) & _OPEN


def _stale() -> Q:
    return Q(listed_on__lt=stale_since()) & (Q(refreshed_on=None) | Q(refreshed_on__lt=stale_since()))


register(
    Check(
        Project, "same_title", Kind.DUPLICATE, _("同一地区同名同期的项目"),
        _("很可能登记了两次。请删除多出的一条。"),
        lambda rows: twice(rows, "region", "title", "planned_start"),
    ),
    Check(
        Project, "no_end", Kind.MISSING, _("计划结束半年后还没有完成日期的项目"),
        _("没有完成日期的项目不计入完成数。请补填完成日期，或者改计划。"),
        lambda rows: rows.filter(planned_end__lt=months_ago(_OVERDUE), completed_on=None, struck_off_on=None),
    ),
    Check(
        Project, "in_future", Kind.IMPOSSIBLE, _("开始或完成日期在将来的项目"),
        _("实际日期不能在将来。请核对年份。"),
        lambda rows: rows.filter(
            Q(started_on__gt=timezone.localdate()) | Q(completed_on__gt=timezone.localdate())
        ),
    ),
    Check(
        Project, "evaluated_without", Kind.IMPOSSIBLE, _("评估早于开始的项目"),
        _("有一次评估的日期早于项目的实际开始日期。请核对两个日期。"),
        lambda rows: rows.filter(
            Exists(ProjectEvaluation.objects.filter(project=OuterRef("pk"), evaluated_on__lt=OuterRef("started_on")))
        ),
    ),
    Check(
        PurchaseProject, "no_procuring_day", Kind.STALE, _("立项一年还没有采购的购买项目"),
        _("已经采购的请补填日期，不再办的填取消日期。"),
        lambda rows: rows.filter(initiated_on__lt=stale_since(), procured_on=None, cancelled_on=None),
    ),
    Check(
        Need, "same_title", Kind.DUPLICATE, _("同一社区同名的需求"),
        _("同一件需求登记了两次。请把其中一条移出清单。"),
        lambda rows: twice(rows, "community", "title", among=_OPEN),
    ),
    Check(
        Need, "stale", Kind.STALE, _("一年没有更新的需求"),
        _("清单每年至少更新一次。请核对后填最近更新日期，已经办结的移出清单。"),
        lambda rows: rows.filter(_LISTED & _stale()),
    ),
    Check(
        Resource, "stale", Kind.STALE, _("一年没有更新的资源"),
        _("清单每年至少更新一次。请核对后填最近更新日期，不再有的移出清单。"),
        lambda rows: rows.filter(_LISTED & _stale()),
    ),
    Check(
        Project, "starts_after_end", Kind.IMPOSSIBLE, _("实际开始晚于计划结束一年以上的项目"),
        _("实际开始比计划结束晚一年以上，多半年份填错。请核对。"),
        lambda rows: rows.filter(started_on__year__gt=F("planned_end__year") + 1),
    ),
)  # fmt: skip
