"""What the deliberation app tells the rooms below it: who is an expert, and what falls due."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.deliberation import departments
from governance.deliberation.models import Consultation, Expert, WhistleCall, WorkTask
from governance.kit import belonging, dues
from governance.kit.personroles import PersonRole, register

belonging.register(belonging.Unit("department", _("部门"), departments.find, here=True))
register(PersonRole("expert", _("专家"), Expert))
dues.register(
    dues.Due(WorkTask, "deadline", Q(done_on=None, cancelled_on=None), "title", _("工作任务时限")),
    dues.Due(WhistleCall, "due_on", Q(answered_on=None, withdrawn_on=None), "number", _("吹哨报到时限")),
    dues.Due(Consultation, "planned_on", Q(held_on=None), "title", _("计划的协商议事")),
)
