"""Cards of this app on the workbench: what falls due, and what waits for the person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count, Min, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.desk import findings
from governance.desk.listings import EXPORTS, JOBS
from governance.desk.models import ExportRequest, ImportBatch, Job, QualityCount
from governance.kit import dues
from governance.kit.cards import Card, register
from governance.kit.listing import LISTINGS
from governance.kit.waiting import Line, register_source, waiting

SHOWN, LATE_SHOWN = 8, 3
FAILED_LATELY = 30


def everything_due(user: Any, region: Any) -> dict[str, Any]:
    """Return what falls due at a place and below it, and how many of it is late."""
    today = timezone.localdate()
    first, last = today - timedelta(days=dues.LATE), today + timedelta(days=dues.AHEAD)
    lines = dues.lines(user, region, first, last)
    return {
        "region": region,
        "lines": lines,
        "late": sum(line.day < today for line in lines),
        "first": first,
        "last": last,
        "cut": len(lines) >= dues.MOST,
    }


def due(user: Any, region: Any) -> dict[str, Any] | None:
    """Return the next things to come after the last that are late; None for those who keep nothing here."""
    if not any(LISTINGS[each.model].allows(user, "view") for each in dues.DUES.values()):
        return None
    found = everything_due(user, region)
    lines, late = found["lines"], found["late"]
    start = max(0, late - LATE_SHOWN)
    return found | {
        "rows": lines[start : start + SHOWN],
        "total": len(lines),
        "url": reverse("desk:dues"),
    }


def waits(user: Any, region: Any) -> dict[str, Any] | None:
    """Return what waits for the user; None for somebody who keeps no records."""
    return {"lines": waiting(user)} if user.has_perm("desk.view_importbatch") else None


def imports_to_confirm(user: Any) -> Iterable[Line]:
    """Return one's own imports that are checked and not written yet."""
    if not user.has_perm("desk.view_importbatch"):
        return []
    checked = ImportBatch.objects.filter(by=user, state=ImportBatch.State.CHECKED).order_by()
    told = checked.aggregate(number=Count("pk"), since=Min("changed_at"))
    url = f"{reverse('desk:import_batch_list')}?state={ImportBatch.State.CHECKED}&mine=1"
    return [Line(ImportBatch._meta.verbose_name, _("确认写入"), told["number"], url, told["since"])]


register_source(imports_to_confirm)


def admin_waiting(user: Any, region: Any) -> dict[str, Any] | None:
    """Return what waits for who works in the admin: moves to make, jobs that failed, what may be wrong with records."""
    lines = []
    if user.has_perm(findings.ACCEPT):
        scope = user.scope_for(findings.SEE)
        total = QualityCount.objects.inside(scope).aggregate(total=Sum("number"))["total"]
        lines.append({"label": _("数据质量：待核对的问题"), "number": total or 0, "url": reverse("desk:quality")})
    if JOBS.allows(user, "view"):
        lately = timezone.now() - timedelta(days=FAILED_LATELY)
        failed = Job.objects.visible_to(user).filter(status=Job.Status.FAILED, created_at__gte=lately).count()
        address = f"{JOBS.url('list')}?status={Job.Status.FAILED}"
        lines.append({"label": _("近 30 天失败的后台任务"), "number": failed, "url": address})
    if EXPORTS.allows(user, "view"):
        asked = ExportRequest.objects.allowed_to(user, "approve").filter(state=ExportRequest.State.REQUESTED).count()
        address = f"{EXPORTS.url('list')}?state={ExportRequest.State.REQUESTED}"
        lines.append({"label": _("待审批的完整导出"), "number": asked, "url": address})
    return {"lines": lines} if lines else None


register(Card("desk.admin", "admin", 10, "desk/card_admin.html", admin_waiting))
register(Card("due", "workbench", 8, "desk/card_due.html", due))
register(Card("waiting", "workbench_side", 2, "desk/card_waiting.html", waits))
