"""What may be wrong with the work of departments."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.deliberation.models import WorkTask
from governance.kit.quality import Check, Kind, months_ago, register, twice

_LATE = 6

register(
    Check(
        WorkTask, "same", Kind.DUPLICATE, _("同一地区同名同日下达的任务"),
        _("很可能登记了两次。请删除多出的一条。"),
        lambda rows: twice(rows, "region", "title", "assigned_on"),
    ),
    Check(
        WorkTask, "no_end", Kind.MISSING, _("超期半年没有完成日期的任务"),
        _("办完的请补填完成日期，不办的填取消日期。"),
        lambda rows: rows.filter(deadline__lt=months_ago(_LATE), done_on=None, cancelled_on=None),
    ),
    Check(
        WorkTask, "in_future", Kind.IMPOSSIBLE, _("完成日期在将来的任务"),
        _("还没有办完的不填完成日期。"),
        lambda rows: rows.filter(done_on__gt=timezone.localdate()),
    ),
)  # fmt: skip
