"""The pages of an import: the checked table, its confirmation, and the refused rows as a file."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from governance.desk.importing import receiving
from governance.desk.importing.refused import refused_response
from governance.desk.models import ImportBatch, ImportRow, Job
from governance.desk.tables import IMPORT_LOOKS
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.messages import seen
from governance.kit.views import DetailPage, ListingMixin

S = ImportBatch.State
V = ImportRow.Verdict
ROWS_A_PAGE = 50
LOOKS = {
    V.NEW: ("st-met", "plus", gettext_lazy("新增")),
    V.CHANGE: ("st-track", "edit", gettext_lazy("更改")),
    V.SAME: ("st-none", "equal", gettext_lazy("不变")),
    V.REFUSED: ("st-overdue", "alert-octagon", gettext_lazy("有错")),
}


class ImportBatchPage(DetailPage):
    """An import: how far it is, its rows with each error in its cell, and what can be done with it."""

    template_name = "desk/import.html"

    def get_template_names(self) -> list[str]:
        """Answer a partial request with the state alone."""
        return ["desk/import_state.html"] if getattr(self.request, "htmx", False) else [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows asked for and the steps that are open."""
        batch, own = cast(ImportBatch, self.object), self.object.by_id == self.request.user.pk
        stuck = batch.job is not None and batch.job.status == Job.Status.FAILED
        alive = batch.state in (S.UPLOADED, S.CHECKING, S.CONFIRMING) and not stuck
        look, icon = IMPORT_LOOKS[batch.state]
        if own and not alive and batch.job_id is not None:
            seen(self.request.user, f"job:{batch.job_id}")
        listing = receiving.listing_or_none(batch)
        context = super().get_context_data(**kwargs) | {
            "batch": batch,
            "own": own,
            "alive": alive,
            "stuck": stuck and batch.state in (S.CHECKING, S.CONFIRMING),
            "badge": {"look": look, "icon": icon, "word": batch.get_state_display()},
            "records_url": listing.url("list") if listing is not None else None,
            "import_url": listing.url("import") if listing is not None else None,
            "unknown": [each for each in batch.columns if each["kind"] == "unknown"],
            "shown": [each["heading"] for each in batch.columns if each["kind"] == "shown" and each["heading"]],
            "writes": batch.added + batch.changed,
        }
        if own and not alive and batch.forgotten_at is None and batch.rows:
            context |= self._rows(batch)
        return context

    def _rows(self, batch: ImportBatch) -> dict[str, Any]:
        """Return a page of the rows, cell by cell; where there are errors they come first."""
        asked = self.request.GET.get("verdict", "")
        verdict = asked if asked in V.values else V.REFUSED if batch.refused and asked != "all" else ""
        counts = {V.NEW: batch.added, V.CHANGE: batch.changed, V.SAME: batch.same, V.REFUSED: batch.refused}
        lines = batch.lines.filter(verdict=verdict) if verdict else batch.lines.all()
        page = Paginator(lines.order_by("number"), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        headings = [each["heading"] for each in batch.columns]
        kinds = [each["kind"] for each in batch.columns]
        return {
            "page": page,
            "verdict": verdict,
            "chips": [
                {"name": name, "look": look, "icon": icon, "word": word, "count": counts[name]}
                for name, (look, icon, word) in LOOKS.items()
            ],
            "headings": [
                {"text": text, "idle": kind in ("shown", "unknown")} for text, kind in zip(headings, kinds, strict=True)
            ],
            "lines": [self._line(line, headings, kinds) for line in page],
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        }

    def _line(self, line: ImportRow, headings: list[str], kinds: list[str]) -> dict[str, Any]:
        look, icon, word = LOOKS[V(line.verdict)]
        cells = [
            {
                "heading": heading,
                "text": text,
                "error": line.errors.get(heading, "") if heading else "",
                "before": line.before.get(heading),
                "changed": heading in line.before,
                "idle": kind in ("shown", "unknown"),
            }
            for heading, text, kind in zip(headings, line.cells, kinds, strict=False)
        ]
        told = {heading for heading in headings if heading}
        rest = [reason for heading, reason in line.errors.items() if heading not in told]
        return {"number": line.number, "look": look, "icon": icon, "word": word, "cells": cells, "errors": rest}


class _Step(ListingMixin, View):
    """Something that who uploaded the file does with the import."""

    http_method_names = ["post"]  # noqa: RUF012

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the import first."""
        if request.user.is_authenticated and self.listing.allows(request.user, "view"):
            self.kwargs, self.request = kwargs, request
            batch = cast(ImportBatch, self.get_object())
            if batch.by_id != request.user.pk:
                raise PermissionDenied(_("只有上传文件的人可以办理这次导入。"))
            self.batch = batch
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it, and show the import again."""
        try:
            self.act(request)
        except DomainError as refusal:
            messages.error(request, refusal.reason)
        return redirect(self.batch.get_absolute_url())

    def act(self, request: HttpRequest) -> None:
        """Do it."""
        raise NotImplementedError


class ConfirmStep(_Step):
    """Writes what was checked."""

    def act(self, request: HttpRequest) -> None:
        """Start."""
        receiving.start_confirm(self.batch, by=request.user, without_refused="without_refused" in request.POST)
        self.batch.refresh_from_db()
        if self.batch.state == S.DONE:
            values = {"added": self.batch.added, "changed": self.batch.changed}
            messages.success(request, _("已写入：新增 %(added)s 条，更改 %(changed)s 条。") % values)


class DropStep(_Step):
    """Gives the import up."""

    def act(self, request: HttpRequest) -> None:
        """Drop it."""
        receiving.drop(self.batch, by=request.user)
        messages.success(request, _("已放弃这次导入，没有写入任何数据。"))


class AgainStep(_Step):
    """Checks the file once more."""

    def act(self, request: HttpRequest) -> None:
        """Check."""
        receiving.check_again(self.batch, by=request.user)


class RefusedFile(_Step):
    """The refused rows as a file to mend, each with its reasons."""

    http_method_names = ["get"]  # noqa: RUF012

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Return the file."""
        if not self.batch.refused or self.batch.forgotten_at is not None:
            raise Http404
        emit(Event("desk.importbatch.download", request.user, self.batch, self.batch.region.path))
        return refused_response(self.batch)


STEPS: dict[str, type[_Step]] = {"confirm": ConfirmStep, "drop": DropStep, "again": AgainStep, "refused": RefusedFile}
