"""Pages of this app that are more than a list's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import generic
from django.views.decorators.debug import sensitive_post_parameters

from governance.kit.cards import cards
from governance.kit.errors import DomainError
from governance.kit.facts import fact_of
from governance.kit.views import DetailPage, ListingMixin
from projects import actions, stages
from projects.forms import PurposeForm
from projects.listings import PROJECTS, SERVICE_CASES
from projects.models import Project, ServiceCase

# Where the apps above say what volunteers and charity have given to a project: a card each, whose context takes the
# project in place of a region. `projects/given.html` shows `value`, `unit`, `detail` and `url`.
VOLUNTEERS, CHARITY = "project_volunteers", "project_charity"


class ProjectPage(DetailPage):
    """A project: the five actors in it, its days, and what belongs to it."""

    template_name = "projects/project.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the actors, the stage, and how many cases there are for those who may see them."""
        project, user = self.object, self.request.user
        return super().get_context_data(**kwargs) | {
            "stage": stages.PROJECT.of(project),
            "actors": _actors(project, user),
            "cases": _cases(project, user),
        }


def _actors(project: Project, user: Any) -> list[dict[str, Any]]:
    """Return the five actors as icon, name, what stands for it in the project, and what is there instead."""
    community = "community" if project.community else "region"
    return [
        {"icon": "building-community", "name": _("社区"), "fact": fact_of(PROJECTS, project, community, user)},
        {"icon": "affiliate", "name": _("社会组织"), "fact": fact_of(PROJECTS, project, "organization", user)},
        {"icon": "certificate", "name": _("社会工作者"), "fact": fact_of(PROJECTS, project, "social_worker", user)},
        {"icon": "heart-handshake", "name": _("志愿者"), "cards": cards(VOLUNTEERS, user, project)},
        {
            "icon": "coin",
            "name": _("慈善资源"),
            "fact": fact_of(PROJECTS, project, "charity_source", user),
            "cards": cards(CHARITY, user, project),
        },
    ]


def _cases(project: Project, user: Any) -> dict[str, Any] | None:
    """Return the number of cases and the address of their list, or nothing for those who may not see it."""
    if not SERVICE_CASES.allows(user, "view"):
        return None
    count = ServiceCase.objects.visible_to(user).filter(project=project).count()
    return {"count": count, "url": f"{SERVICE_CASES.url('list')}?project={project.number}"}


class CasePage(DetailPage):
    """A case; its summary is sealed, and read for a purpose."""

    template_name = "projects/service_case.html"


class SummaryPage(ListingMixin, generic.TemplateView):
    """Asks for the purpose, then shows the summary once; the answer is kept nowhere."""

    template_name = "projects/case_summary.html"
    listing = SERVICE_CASES

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self.render_to_response(self.get_context_data(form=PurposeForm(), record=self.get_object()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the summary, after it is on the trail."""
        case: Any = self.get_object()
        form = PurposeForm(request.POST)
        if form.is_valid():
            try:
                summary = actions.read_summary(case, by=request.user, purpose=form.cleaned_data["purpose"])
            except DomainError as refusal:
                form.add_error("purpose", refusal.reason)
            else:
                return self.render_to_response(self.get_context_data(record=case, summary=summary, shown=True))
        return self.render_to_response(self.get_context_data(form=form, record=case), status=400)


summary_page = sensitive_post_parameters()(SummaryPage.as_view())
