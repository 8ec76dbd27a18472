"""Pages of this app that are its own: a request with what its deletion would do, its copy, and the periods."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import generic

from governance.kit.errors import DomainError
from governance.kit.listing import LISTINGS
from governance.kit.retention import APART, PERIODS
from governance.kit.scoping import may
from governance.kit.views import DetailPage, ListingMixin
from governance.privacy import dossier, erasure
from governance.privacy.listings import REQUESTS
from governance.privacy.models import DataSubjectRequest, RetentionItem, RetentionRun
from governance.privacy.overdue import overdue

_S, _K = DataSubjectRequest.State, DataSubjectRequest.Kind


class RequestPage(DetailPage):
    """A request; whoever decides on a deletion sees first what it would empty and what stays."""

    template_name = "privacy/request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add that list, and the address of the copy for who prepared it."""
        wanted, user = cast(DataSubjectRequest, self.object), self.request.user
        open_deletion = wanted.kind == _K.DELETE and wanted.state in (_S.WORK, _S.APPROVAL)
        person = wanted.person if may(user, "change", wanted) else None
        holds = bool(wanted.file) and wanted.expires_at is not None and wanted.expires_at > timezone.now()
        mine = holds and wanted.handler_id == user.pk
        address = reverse("privacy:data_subject_request_fetch", args=[wanted.pk, dossier.token_of(wanted)])
        return super().get_context_data(**kwargs) | {
            "lines": erasure.preview(person) if open_deletion and person is not None else None,
            "fetch_url": address if mine else None,
            "corrects": wanted.person if wanted.kind == _K.CORRECT and wanted.state == _S.WORK else None,
            "late": wanted.state not in (_S.ANSWERED, _S.REFUSED) and wanted.due_on < timezone.localdate(),
        }


class FetchCopy(ListingMixin, generic.View):
    """The copy, for who prepared it, as long as it holds."""

    listing = REQUESTS

    def get(self, request: HttpRequest, pk: int, token: str) -> FileResponse:
        """Return the file; what is not hers does not exist."""
        wanted = cast(DataSubjectRequest, self.get_object())
        if wanted.handler_id == request.user.pk and not wanted.file and wanted.expires_at is not None:
            raise DomainError(_("副本已过期，文件已删除。需要时请重新生成。"))
        file = dossier.fetch(wanted, token, by=request.user)
        if file is None:
            raise Http404
        name = _("个人信息副本_%(number)s.xlsx") % {"number": wanted.pk}
        response = FileResponse(file, as_attachment=True, filename=name)
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class Periods(LoginRequiredMixin, generic.TemplateView):
    """How long each kind is kept and why, the lists that were announced, and what would be announced tonight."""

    template_name = "privacy/retention.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who may not look at the runs."""
        if request.user.is_authenticated and not request.user.has_perm("privacy.view_retentionrun"):
            raise PermissionDenied(_("您的岗位没有这项权限，请联系本级系统管理员。"))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them. What tonight would announce is counted only when asked for: it goes through all records."""
        user: Any = self.request.user
        open_runs = RetentionRun.objects.visible_to(user).filter(state__in=["announced", "running"])
        asked = self.request.GET.get("count") == "1"
        return super().get_context_data(**kwargs) | {
            "periods": [
                {"noun": model._meta.verbose_name, "months": each.length, "why": each.why}
                for model, each in PERIODS.items()
            ],
            "apart": [{"noun": model._meta.verbose_name, "why": why} for model, why in APART.items()],
            "runs": [
                {"run": run, "lines": _by_kind(run, user), "tonight": run.due_on <= timezone.localdate()}
                for run in open_runs.select_related("region")
            ],
            "counted": _tonight(user) if asked else None,
        }


def _by_kind(run: RetentionRun, user: Any) -> list[tuple[str, str, int]]:
    """Return how many records of each kind and place a run names, within the scope of the user."""
    items = RetentionItem.objects.visible_to(user).filter(run=run, state="planned").select_related("region").order_by()
    counted = Counter((item.get_kind_display(), str(item.region)) for item in items)
    return [(kind, place, number) for (kind, place), number in sorted(counted.items())]


def _tonight(user: Any) -> list[tuple[str, int]]:
    today = timezone.localdate()
    paths = user.scope_for("privacy.view_retentionrun").paths
    open_runs = RetentionRun.objects.filter(state__in=["announced", "running"])
    waiting = set(RetentionItem.objects.filter(run__in=open_runs).values_list("kind", "record"))
    found = Counter(
        each.kind for path in paths for each in overdue(today, inside=path) if (each.kind, each.record) not in waiting
    )
    nouns = {model._meta.label_lower: str(model._meta.verbose_name) for model in LISTINGS}
    return sorted((nouns.get(kind, kind), number) for kind, number in found.items())
