"""Pages of this app that are more than a list's own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from governance.kit.cards import cards
from governance.kit.facts import fact_of
from governance.kit.views import DetailPage
from projects import stages
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
