"""What the page of a community shows of this app besides what is homed there."""

from __future__ import annotations

from typing import Any

from governance.kit.cards import Card, register
from governance.regions.models import Level, Region
from projects import stages
from projects.listings import PROJECTS
from projects.models import Project

SHOWN = 12


def landed(user: Any, region: Region) -> dict[str, Any] | None:
    """Return the projects that a street or county runs in this community, the newest first."""
    if region.level != Level.COMMUNITY:
        return None
    rows = Project.objects.visible_to(user).filter(community=region).exclude(region=region)[: SHOWN + 1]
    projects = [{"project": project, "stage": stages.PROJECT.of(project)} for project in rows]
    if not projects:
        return None
    return {
        "projects": projects[:SHOWN],
        "more": len(projects) > SHOWN,
        "list_url": f"{PROJECTS.url('list')}?community={region.code}",
    }


register(
    Card("landed_projects", "region", 59, "projects/card_landed.html", landed, "projects.view_project"),
)
