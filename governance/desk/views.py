"""The workbench, and the page of a job."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from governance.desk.cards import everything_due
from governance.desk.models import Job
from governance.kit import messages
from governance.kit.cards import cards
from governance.kit.events import Event, emit
from governance.kit.listcards import quick_adds
from governance.kit.sharing import sharing
from governance.kit.views import DetailPage, ListingMixin

REPORT_LABELS = {
    "rows": _("导出的行数"),
    "added": _("新增"),
    "changed": _("更改"),
    "retired": _("停用"),
    "absent": _("文件中没有（未停用）"),
    "unchanged": _("不变"),
    "refused": _("拒绝"),
    "placeholders": _("略去的占位行"),
    "merged": _("并入上级的行"),
    "findings": _("代码与名称不符"),
    "seconds": _("用时（秒）"),
}


class Workbench(LoginRequiredMixin, TemplateView):
    """The first page: the user's own region and what the apps have to say about it."""

    template_name = "desk/workbench.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the cards."""
        user: Any = self.request.user
        region = user.region
        with sharing():  # several cards tell of the same indicators
            top, middle, side = (
                cards(place, user, region) for place in ("workbench_top", "workbench", "workbench_side")
            )
        return super().get_context_data(**kwargs) | {
            "region": region,
            "today": timezone.localdate(),
            "can_view_region": user.scope_for("regions.view_region").covers(region.path),
            "top_cards": top,
            "cards": middle,
            "side_cards": side,
            "quick": quick_adds(user, region),
        }


class Dues(LoginRequiredMixin, TemplateView):
    """All that falls due at the user's place and below it, from the days just past on, day by day."""

    template_name = "desk/dues.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the lines; the spans are those of `kit.dues`."""
        user: Any = self.request.user
        return super().get_context_data(**kwargs) | everything_due(user, user.region)


class JobPage(DetailPage):
    """A job: how far it is, what came of it. While it runs the page asks again every second."""

    template_name = "desk/job.html"

    def get_template_names(self) -> list[str]:
        """Answer a partial request with the state alone."""
        return ["desk/job_state.html"] if getattr(self.request, "htmx", False) else [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the report in words."""
        job = self.object
        report = [
            {"label": label, "value": job.report[name]} for name, label in REPORT_LABELS.items() if name in job.report
        ]
        alive = job.status in (Job.Status.PENDING, Job.Status.RUNNING)
        if not alive and job.by_id == self.request.user.pk:
            messages.seen(self.request.user, f"job:{job.pk}")
        return super().get_context_data(**kwargs) | {"job": job, "report": report, "alive": alive}


class JobFile(ListingMixin, View):
    """The file that a job left behind, such as refused rows to mend, for who started it."""

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """Return the file."""
        job = cast(Job, self.get_object())
        if job.by_id != request.user.pk:  # its rows may lie outside the regions of others who see the job
            raise PermissionDenied(_("这个文件只有任务的发起人可以下载。"))
        name = job.report.get("file")
        if not name or not default_storage.exists(name):
            raise Http404
        emit(Event("desk.job.download", request.user, job, job.region.path))
        response = FileResponse(default_storage.open(name), as_attachment=True, filename=f"refused-{pk}.csv")
        response["Cache-Control"] = "private, no-store"
        return response
