"""The page of an organisation, and the steps that touch all that it is: another status, a move, its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import generic

from governance.kit.views import DetailPage, ListingMixin
from organizations.actions import ending
from organizations.actions import steps as actions
from organizations.forms.steps import DissolutionForm, RelocationForm, RestorationForm, StatusForm, StepForm
from organizations.listings.register import ORGANIZATIONS
from organizations.listings.register import STATUSES as STATUS_LIST
from organizations.models import Organization, OrganizationEnding, OrganizationRestriction, OrganizationStatus
from organizations.tables.register import STATUSES


class OrganizationPage(DetailPage):
    """An organisation with its status of today and the steps that may be taken."""

    template_name = "organizations/organization.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the status and the addresses of the steps."""
        context = super().get_context_data(**kwargs)
        standing = getattr(self.object, "standing", None)
        if standing is not None:
            look, icon = STATUSES[standing]
            context["state"] = {"look": look, "icon": icon, "word": OrganizationStatus.Status(standing).label}
        end = OrganizationEnding.objects.filter(organization=self.object).select_related("into").first()
        if end is not None:
            context["state"] = {"look": "st-none", "icon": "circle-x", "word": end.get_way_display()}
        context["end"] = end
        rows = OrganizationRestriction.objects.alive_on(timezone.localdate())
        context["restrictions"] = rows.filter(organization=self.object)
        if self.listing.lets(self.request.user, "change", self.object):
            context["steps"] = [
                {"label": page.label, "icon": page.icon, "url": self.listing.url(page.name, self.object)}
                for page in self._steps(ended=end is not None)
            ]
        return context

    def _steps(self, *, ended: bool) -> tuple[type[StepPage], ...]:
        """Return what may be done next: an organisation that has ended can only be taken back."""
        if ended:
            return (RestorationPage,)
        pages = (StatusPage, RelocationPage, DissolutionPage)
        return pages if STATUS_LIST.allows(self.request.user, "add") else pages[1:]


class StepPage(ListingMixin, generic.TemplateView):
    """Asks what a step needs and takes it; a refusal is shown with its reason, and nothing typed is lost."""

    verb = "change"
    listing = ORGANIZATIONS
    template_name = "organizations/step.html"
    name: ClassVar[str]
    label: ClassVar[Promise]
    icon: ClassVar[str]
    about: ClassVar[Promise]
    form_class: ClassVar[type[StepForm]]
    action: ClassVar[Callable[..., Organization]]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask."""
        record: Any = self.get_object()
        return self.render_to_response(self._context(record, self.form_class(user=request.user, organization=record)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the step."""
        record: Any = self.get_object()
        form = self.form_class(request.POST, user=request.user, organization=record)
        done = form.run(type(self).action, record) if form.is_valid() else None
        if done is None:
            return self.render_to_response(self._context(record, form), status=400)
        messages.success(request, _("已办理：%(step)s") % {"step": self.label})
        if notice := getattr(done, "notice", ""):
            messages.info(request, notice)
        return redirect(done.get_absolute_url())

    def _context(self, record: Any, form: StepForm) -> dict[str, Any]:
        return self.get_context_data(
            record=record, form=form, label=self.label, about=self.about, hindrance=self.hindrance(record)
        )

    def hindrance(self, record: Organization) -> str:
        """Return what has to be done by others before the step can be taken, or nothing."""
        return actions.hindrances(record, self.request.user)


class StatusPage(StepPage):
    """An organisation is given another status: filed, registered."""

    name = "standing"
    label = gettext_lazy("变更状态")
    icon = "certificate"
    about = gettext_lazy("原来的状态在这一天结束，新的状态从这一天开始，例如由备案升级为登记；以前月份的统计不变。")
    form_class = StatusForm
    action = staticmethod(actions.enter_status)

    def hindrance(self, record: Organization) -> str:
        """Return nothing: a status is entered whatever else holds."""
        return ""


class RelocationPage(StepPage):
    """An organisation moves to another place."""

    name = "relocate"
    label = gettext_lazy("迁移")
    icon = "arrows-exchange"
    about = gettext_lazy("从这一天起，组织的状态、慈善认定等在用记录在原地区结束，在新地区接续；以前月份的统计不变。")
    form_class = RelocationForm
    action = staticmethod(actions.relocate)


class DissolutionPage(StepPage):
    """An organisation ceases."""

    name = "dissolve"
    label = gettext_lazy("注销")
    icon = "circle-x"
    about = gettext_lazy("从这一天起，组织的状态、慈善认定等在用记录全部结束，不再计入统计；记录都保留，不删除。")
    form_class = DissolutionForm
    action = staticmethod(ending.dissolve)


class RestorationPage(StepPage):
    """An end that was entered by mistake is taken back."""

    name = "restore"
    label = gettext_lazy("恢复")
    icon = "rotate-clockwise-2"
    about = gettext_lazy(
        "仅用于终止办错了的情形：终止记录删除，当时一并结束的状态、慈善认定等记录接着有效，统计重新计算。"
    )
    form_class = RestorationForm
    action = staticmethod(ending.restore)

    def hindrance(self, record: Organization) -> str:
        """Return nothing: whoever may not take it back is refused by the action."""
        return ""
