"""Pages of volunteers that are more than lists."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import generic

from governance.kit import choicespage
from governance.kit.views import DetailPage, ListingMixin
from volunteers.forms import MoveForm
from volunteers.listings import POINTS_ISSUES, SERVICE_RECORDS, VOLUNTEERS
from volunteers.models import PointsIssue, ServiceRecord, Volunteer
from volunteers.naming import find, key_of, shown


class VolunteerPage(DetailPage):
    """A registration, and the way to another community."""

    template_name = "volunteers/record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the step that may be taken."""
        context, record = super().get_context_data(**kwargs), self.object
        if record.until is None and VOLUNTEERS.lets(self.request.user, "change", record):
            url = VOLUNTEERS.url("move_home", record)
            context["steps"] = [{"label": _("迁移"), "icon": "arrows-exchange", "url": url}]
        return context


class ServiceRecordPage(DetailPage):
    """A record of service; a confirmed one is corrected by another."""

    template_name = "volunteers/record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form of the correction, filled in."""
        context, record = super().get_context_data(**kwargs), self.object
        corrected = ServiceRecord.objects.filter(corrects=record).exists()
        if record.confirmed_on and not corrected and SERVICE_RECORDS.lets(self.request.user, "change", record):
            given = {
                "corrects": record.pk,
                "volunteer": key_of(record.volunteer),
                "community": record.community.code,
                "service_date": record.service_date,
                "minutes": record.minutes,
                "content": record.content,
            } | ({"activity": record.activity_id} if record.activity_id else {})
            url = f"{SERVICE_RECORDS.url('add')}?{urlencode(given)}"
            context["steps"] = [{"label": _("更正"), "icon": "pencil", "url": url}]
        return context


class PointsIssuePage(DetailPage):
    """Points that were booked, and the way to take them back."""

    template_name = "volunteers/record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form of the reversal, filled in."""
        context, issue = super().get_context_data(**kwargs), self.object
        reversed_ = issue.reverses_id is not None or PointsIssue.objects.filter(reverses=issue).exists()
        if not reversed_ and POINTS_ISSUES.lets(self.request.user, "add", issue):
            given = {
                "reverses": issue.pk,
                "volunteer": key_of(issue.volunteer),
                "points": -issue.points,
                "reason": _("冲销：%(reason)s") % {"reason": issue.reason},
            }
            url = f"{POINTS_ISSUES.url('add')}?{urlencode(given)}"
            context["steps"] = [{"label": _("冲销"), "icon": "arrow-back-up", "url": url}]
        return context


class MoveHomePage(ListingMixin, generic.TemplateView):
    """Asks where a volunteer moves and when; a refusal is shown with its reason, and nothing typed is lost."""

    listing = VOLUNTEERS
    verb = "change"
    template_name = "volunteers/move_home.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask."""
        record: Any = self.get_object()
        form = MoveForm(user=request.user, volunteer=record)
        return self.render_to_response(self.get_context_data(record=record, form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move."""
        record: Any = self.get_object()
        form = MoveForm(request.POST, user=request.user, volunteer=record)
        moved = form.run() if form.is_valid() else None
        if moved is None:
            return self.render_to_response(self.get_context_data(record=record, form=form), status=400)
        messages.success(request, _("已迁移到%(community)s。") % {"community": moved.community})
        return redirect(moved.get_absolute_url())


class VolunteerChoices(choicespage.ChoicesPage):
    """Suggestions of volunteers: by the number or the beginning of a name, those in force first."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Return up to twelve."""
        text = next((request.GET[name] for name in ("q", *request.GET) if request.GET.get(name)), "").strip()[:50]
        rows: Any = Volunteer.objects.nameable_by(request.user).select_related("person")
        picked = find(rows, text) if text else None
        found = self.listing.filterset({"q": text, "alive": "now"}, rows, user=request.user).rows if text else rows
        options = (
            [picked] if picked is not None else found.order_by(*(Volunteer._meta.ordering or ()))[: choicespage.SHOWN]
        )
        return render(request, "kit/record_options.html", {"options": [shown(each) for each in options]})
