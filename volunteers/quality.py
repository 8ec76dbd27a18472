"""What may be wrong with volunteers and with their hours."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.quality import Check, Kind, ended, months_ago, register, still_there
from volunteers.models import Activity, ServiceRecord, Volunteer

_YOUNGEST = 6
_LONG_DAY = 16 * 60
_A_DAY = 24 * 60
_UNCONFIRMED = 3


def _more_than_a_day(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the records of a volunteer's day that together are longer than a day."""
    days = ServiceRecord.objects.filter(voided=False).order_by().values("volunteer", "service_date")
    full = days.annotate(total=Sum("minutes")).filter(total__gt=_A_DAY)
    same = full.filter(volunteer=OuterRef("volunteer"), service_date=OuterRef("service_date"))
    candidates = full.values("volunteer")
    return rows.filter(Exists(same), voided=False, volunteer__in=candidates)


register(
    Check(
        Volunteer, "other_person_same_number", Kind.DUPLICATE, _("编号与别人相同的志愿者"),
        _("一个编号下有两个人。请按志愿服务平台核对编号。"),
        lambda rows: rows.filter(
            Exists(Volunteer.objects.filter(number=OuterRef("number")).exclude(person=OuterRef("person")))
        ),
    ),
    Check(
        Volunteer, "in_future", Kind.IMPOSSIBLE, _("注册日期在将来的志愿者"),
        _("还没有到的注册不计入；请核对年份。"),
        lambda rows: rows.filter(since__gt=timezone.localdate()),
    ),
    Check(
        Volunteer, "too_young", Kind.IMPOSSIBLE, _("注册时不满 6 岁的志愿者"),
        _("按证件号码的出生年份，注册时不满 6 岁。请核对人员和注册日期。"),
        lambda rows: rows.filter(since__year__lt=F("person__birth_year") + _YOUNGEST),
    ),
    Check(
        Volunteer, "place_is_gone", Kind.ORPHAN, _("注册社区已停用的志愿者"),
        _("注册社区已经停用。请转到现在的社区，或者注销。"),
        lambda rows: rows.filter(still_there() & ended("community__until")),
    ),
    Check(
        ServiceRecord, "long_day", Kind.IMPOSSIBLE, _("一次超过 16 小时的服务"),
        _("多半是把小时和分钟填混了。请核对后更正；值夜等确有其事的，注明理由接受。"),
        lambda rows: rows.filter(voided=False, minutes__gt=_LONG_DAY),
    ),
    Check(
        ServiceRecord, "more_than_a_day", Kind.IMPOSSIBLE, _("同一天合计超过 24 小时的服务"),
        _("一名志愿者同一天的服务加起来超过 24 小时，多半重复登记。请作废多出的。"),
        _more_than_a_day,
    ),
    Check(
        ServiceRecord, "unconfirmed", Kind.STALE, _("三个月没有确认的服务"),
        _("没有确认的服务不计入时长。请核对后确认，或者作废。"),
        lambda rows: rows.filter(voided=False, confirmed_on=None, service_date__lt=months_ago(_UNCONFIRMED)),
    ),
    Check(
        Activity, "no_publishing_day", Kind.MISSING, _("办过了却没有发布日期的活动"),
        _("没有发布日期的活动不计入活动数。请补填，没有办成的填取消日期。"),
        lambda rows: rows.filter(starts_on__lt=timezone.localdate(), published_on=None, cancelled_on=None),
    ),
)  # fmt: skip
