"""What may be wrong with places and facilities."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.quality import Check, Kind, ended, register, stale_since, still_there, twice
from governance.regions.models import Facility, Region

register(
    Check(
        Region, "above_is_gone", Kind.ORPHAN, _("上级已停用的地区"),
        _("上级地区已经停用，这个地区还在。请改挂到新的上级，或者一并停用。"),
        lambda rows: rows.filter(still_there() & ended("parent__until")),
    ),
    Check(
        Facility, "same_address", Kind.DUPLICATE, _("同一地址的同类设施"),
        _("很可能用两个名称登记了两次。保留一条，另一条填停用日期。"),
        lambda rows: twice(rows, "region", "kind", "address", among=Q(until=None) & ~Q(address="")),
    ),
    Check(
        Facility, "starts_in_future", Kind.IMPOSSIBLE, _("启用日期在将来的设施"),
        _("还没有启用的设施不计入；请核对日期。"),
        lambda rows: rows.filter(since__gt=timezone.localdate()),
    ),
    Check(
        Facility, "place_is_gone", Kind.ORPHAN, _("所在地区已停用的设施"),
        _("所在地区已经停用。请把设施改到现在的地区，或者填停用日期。"),
        lambda rows: rows.filter(still_there() & ended("region__until")),
    ),
    Check(
        Facility, "no_area", Kind.MISSING, _("没有建筑面积的设施"),
        _("没有面积的设施不计入每百户面积，指标会偏低。"),
        lambda rows: rows.filter(still_there(), floor_area=None),
    ),
    Check(
        Facility, "stale", Kind.STALE, _("久未更新的设施"),
        _("一年多没有核对过。请核对后保存一次，没有变化也算。"),
        lambda rows: rows.filter(still_there(), changed_at__date__lt=stale_since()),
    ),
)  # fmt: skip
