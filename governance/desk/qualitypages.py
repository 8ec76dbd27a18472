"""The pages of data quality: how much is wrong where, the records themselves, and what was found right after all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View, generic

from governance.desk import findings
from governance.desk.models import Job
from governance.kit import export, jobs
from governance.kit.addresses import address_of
from governance.kit.counting import CountedPaginator
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.homes import region_path
from governance.kit.listing import LISTINGS
from governance.kit.quality import CHECKS, LOOKS, Check, Kind
from governance.kit.scoping import permission
from governance.regions.models import Region

ROWS_A_PAGE = 50
PLACES = 60
RECOUNT = "desk.recount_findings"


class QualityMixin(LoginRequiredMixin):
    """Asks for the permission, and stays at a place inside the user's scope."""

    perm = findings.SEE
    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse before anything is read."""
        user: Any = request.user
        if user.is_authenticated and not user.scope_for(self.perm):
            raise PermissionDenied(_("您的岗位没有这项权限，请联系本级系统管理员。"))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def region(self) -> Region:
        """The place asked for, else the user's own, else the first of her scope."""
        user: Any = self.request.user
        scope = user.scope_for(self.perm)
        asked = self.request.GET.get("region", "").strip()
        if asked:
            found: Region | None = Region.objects.filter(code=asked).first()
            if found is None or not scope.covers(found.path):
                raise Http404
            return found
        home: Region = user.region
        return home if scope.covers(home.path) else Region.objects.get(path=scope.paths[0])

    @cached_property
    def check(self) -> Check:
        """The check in the address, of records that the user may see."""
        check = CHECKS.get(self.kwargs["name"])
        if check is None:
            raise Http404
        if not self.request.user.has_perm(permission(check.model, "view")):
            raise PermissionDenied(_("您的岗位没有这项权限，请联系本级系统管理员。"))
        return check

    @property
    def upper(self) -> Region | None:
        """The place above, where it lies inside the scope."""
        user: Any = self.request.user
        above = self.region.parent
        return above if above is not None and user.scope_for(self.perm).covers(above.path) else None


class Overview(QualityMixin, generic.TemplateView):
    """How many findings each check has at the place, and how many each place below has."""

    template_name = "desk/quality.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the checks by kind, and the places."""
        user: Any = self.request.user
        counts = findings.by_check(self.region)
        seen = [check for check in CHECKS.values() if user.has_perm(permission(check.model, "view"))]
        groups = [
            {
                "label": kind.label,
                "icon": LOOKS[kind],
                "total": sum(counts.get(check.name, 0) for check in seen if check.kind == kind),
                "checks": [
                    {"check": check, "noun": check.model._meta.verbose_name, "number": counts.get(check.name, 0)}
                    for check in seen
                    if check.kind == kind
                ],
            }
            for kind in Kind
        ]
        places = findings.by_place(self.region)
        return super().get_context_data(**kwargs) | {
            "region": self.region,
            "upper": self.upper,
            "groups": [group for group in groups if group["checks"]],
            "total": sum(counts.get(check.name, 0) for check in seen),
            "places": places[:PLACES],
            "cut": len(places) > PLACES,
            "counted_at": findings.counted_at(),
            "may_recount": user.has_perm(findings.ACCEPT),
        }


class FindingList(QualityMixin, generic.TemplateView):
    """The records that a check found, each with its link; by place on top."""

    template_name = "desk/quality_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page of records."""
        user: Any = self.request.user
        page = CountedPaginator(findings.findings(self.check, user, self.region), ROWS_A_PAGE).get_page(
            self.request.GET.get("page")
        )
        home = region_path(self.check.model).removesuffix("path").removesuffix("__").split("__")
        return super().get_context_data(**kwargs) | {
            "check": self.check,
            "noun": self.check.model._meta.verbose_name,
            "kind": self.check.kind.label,
            "region": self.region,
            "upper": self.upper,
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            "lines": [{"record": record, "url": address_of(record), "place": _place(record, home)} for record in page],
            "places": findings.by_place(self.region, self.check)[:PLACES],
            "may_accept": user.has_perm(findings.ACCEPT),
            "exports": {
                kind: f"{reverse('desk:quality_export', kwargs={'name': self.check.name, 'kind': kind})}"
                f"?region={self.region.code}"
                for kind in export.WRITERS
            },
        }


class FindingExport(QualityMixin, View):
    """The same as a file: the columns of the list of these records, masked as there."""

    def get(self, request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
        """Return the file."""
        if kind not in export.WRITERS:
            raise Http404
        check = self.check
        table = LISTINGS[check.model].table(findings.findings(check, request.user, self.region))
        after = {"check": check.name, "kind": kind}
        emit(Event("desk.quality.export", request.user, self.region, self.region.path, after=after))
        return export.WRITERS[kind](table, str(check.label))


class AcceptForm(forms.Form):
    """Why a finding is right as it is."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text=gettext_lazy("写明核对了什么。接受后不再列出，可以在“已接受的问题”里撤回。"),
    )


class Accept(QualityMixin, generic.FormView):  # type: ignore[type-arg]
    """Asks for the reason, then takes the finding from the list."""

    perm = findings.ACCEPT
    form_class = AcceptForm
    template_name = "desk/quality_accept.html"

    @cached_property
    def record(self) -> Model:
        """The record, as far as the user sees it."""
        found = LISTINGS[self.check.model].rows(self.request.user).filter(pk=self.kwargs["key"]).first()
        if found is None:
            raise Http404
        return found  # type: ignore[no-any-return]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the record before anything is asked."""
        self.record  # noqa: B018  404 outside the scope
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Accept it, or show why not."""
        try:
            findings.accept(self.check, self.record, by=self.request.user, reason=form.cleaned_data["reason"])
        except DomainError as refusal:
            form.add_error(None, refusal.reason)
            return self.form_invalid(form)
        messages.success(self.request, _("已接受，不再列出。"))
        return redirect("desk:quality_list", name=self.check.name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the record."""
        more = {"check": self.check, "record": self.record, "url": address_of(self.record)}
        return super().get_context_data(**kwargs) | more


class Recount(QualityMixin, View):
    """Counts all anew, once at a time."""

    perm = findings.ACCEPT
    http_method_names = ["post"]  # noqa: RUF012

    def post(self, request: HttpRequest) -> HttpResponse:
        """Start the job and show it; one that runs already is shown instead."""
        alive = [Job.Status.PENDING, Job.Status.RUNNING]
        job = Job.objects.visible_to(request.user).filter(name=RECOUNT, status__in=alive).order_by("-pk").first()
        if job is None:
            job = jobs.start(RECOUNT, title=_("数据质量重新计数"), by=request.user, region=self.region)
        return redirect(job.get_absolute_url())


def _place(record: Any, home: list[str]) -> Any:
    for name in filter(None, home):
        record = getattr(record, name)
    return record
