"""What volunteers have given to a project, on the project's page."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.kit.cards import Card, register
from projects.models import Project
from projects.views import VOLUNTEERS
from volunteers.listings import ACTIVITIES
from volunteers.models import ServiceRecord


def given(user: Any, project: Project) -> dict[str, Any] | None:
    """Return how many persons served in the project's activities and for how long; nothing where nobody did."""
    rows = ServiceRecord.objects.visible_to(user).filter(
        activity__project=project, confirmed_on__isnull=False, voided=False
    )
    found = rows.aggregate(
        persons=Count("volunteer__person", distinct=True),
        minutes=Sum("minutes"),
        activities=Count("activity", distinct=True),
    )
    if not found["persons"]:
        return None
    hours, minutes = divmod(found["minutes"], 60)
    served = _("服务 %(hours)s 小时 %(minutes)s 分钟") % {"hours": hours, "minutes": minutes}
    in_activities = ngettext("参与 %(count)s 场活动", "参与 %(count)s 场活动", found["activities"])
    return {
        "value": found["persons"],
        "unit": ngettext("人", "人", found["persons"]),
        "detail": f"{in_activities % {'count': found['activities']}}{_('，')}{served}",
        "url": f"{ACTIVITIES.url('list')}?project={project.number}",
    }


register(Card("volunteers_given", VOLUNTEERS, 10, "projects/given.html", given, "volunteers.view_servicerecord"))
