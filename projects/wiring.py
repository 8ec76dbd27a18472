"""What this app tells the kit: whom it serves, and what falls due.

Both kinds of people are known only to those who may see the records themselves.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from governance.kit import dues, retention
from governance.kit.personroles import PersonRole, register
from projects.models import ListUpkeep, Need, Project, ServiceCase

register(
    PersonRole("need", _("需求提出人"), Need, region="community", sensitive=True),
    PersonRole("client", _("服务对象"), ServiceCase, person="client", region="community", sensitive=True),
)

_PARTS = {
    ListUpkeep.Part.NEEDS: (_("需求清单满一年"), "projects.change_need"),
    ListUpkeep.Part.RESOURCES: (_("资源清单满一年"), "projects.change_resource"),
    ListUpkeep.Part.PROJECTS: (_("项目清单满一年"), "projects.change_project"),
}
_later = ListUpkeep.objects.filter(community=OuterRef("community"), part=OuterRef("part"), since__gte=OuterRef("until"))

dues.register(
    dues.Due(Project, "planned_end", Q(completed_on=None, struck_off_on=None), "title", _("项目计划结束")),
    *(
        dues.Due(ListUpkeep, "until", Q(part=part) & ~Q(Exists(_later)), "community__name", what, keeper, part)
        for part, (what, keeper) in _PARTS.items()
    ),
)
retention.keep(ServiceCase, ended="closed_on", months=60, why=_("结案后五年；法律没有统一规定，各地可另定。"))
retention.keep(Need, ended="closed_on", months=36, why=_("需求办结后三年。"))
