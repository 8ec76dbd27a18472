"""What the deliberation app tells the rooms below it: who is an expert, and what falls due."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.deliberation import departments
from governance.deliberation.models import (
    Award,
    Consultation,
    ConsultationParticipant,
    Dispute,
    Expert,
    WhistleCall,
    WorkTask,
)
from governance.kit import belonging, dues, erasing, retention
from governance.kit.personroles import PersonRole, register

belonging.register(belonging.Unit("department", _("部门"), departments.find, here=True))
register(PersonRole("expert", _("专家"), Expert))
dues.register(
    dues.Due(WorkTask, "deadline", Q(done_on=None, cancelled_on=None), "title", _("工作任务时限")),
    dues.Due(WhistleCall, "due_on", Q(answered_on=None, withdrawn_on=None), "number", _("吹哨报到时限")),
    dues.Due(Consultation, "planned_on", Q(held_on=None), "title", _("计划的协商议事")),
)
erasing.of_others(Dispute, "parties", "summary", why=_("当事人的资料，不是调解员本人的；按调解档案的期限保存。"))
retention.keep(Dispute, ended="closed_on", months=60, why=_("办结后五年；调解档案的期限由司法行政部门定，可另设。"))
retention.keep(
    ConsultationParticipant,
    ended="consultation__held_on",
    months=36,
    why=_("协商召开后三年，与居民（代表）会议记录一致。"),
)
retention.keep(Award, ended="awarded_on", months=120, why=_("表彰后十年，与定期保存的文书档案一致。"))
retention.keep(Expert, ended="until", months=36, why=_("解聘后三年。"))
