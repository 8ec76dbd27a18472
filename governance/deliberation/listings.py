"""The lists of this app."""

from django.utils.translation import gettext_lazy as _

from governance.deliberation import filtersets, forms, tables
from governance.deliberation.actions import at_its_level
from governance.deliberation.models import (
    Award,
    Consultation,
    ConsultationParticipant,
    Designation,
    Dispute,
    EmergencyPlan,
    Expert,
    UnitAssessment,
    WhistleCall,
    WorkTask,
)
from governance.kit.access import RECORDS, RULED
from governance.kit.belonging import Owned
from governance.kit.cards import ListCard
from governance.kit.imports.columns import Imports, NoImport
from governance.kit.listing import Listing
from governance.kit.navigation import Line
from governance.kit.written import written
from governance.people.actions import entered
from governance.people.somebody import of_somebody_known

_OF_THE_DEPARTMENT = (Owned("department", "lead", "view change"),)

CONSULTATIONS = Listing(
    "consultation", Consultation, filtersets.ConsultationFilterSet, tables.ConsultationTable,
    at="consultations", form=forms.ConsultationForm, **written(Consultation), nav=Line("deliberation", 71),
    facts=("community", "title", "kind", "vital", "planned_on", "held_on", "four_parties", "result"),
    card=ListCard("region", 70, group="kind"),
    imports=Imports(natural=("community", "title", "planned_on", "held_on")),
    hint=_("召开协商后登记议题和日期，再登记参加人：四方参与由参加人的身份得出。"),
    about=_("只有计划日期的还没有召开，不计入次数。四方指社会工作者、社会组织、社区志愿者和慈善资源。"),
)  # fmt: skip
PARTICIPANTS = Listing(
    "consultation_participant", ConsultationParticipant, filtersets.ParticipantFilterSet, tables.ParticipantTable,
    at="participants", form=forms.ParticipantForm, **of_somebody_known(ConsultationParticipant),
    hint=_("在协商的页面上新增参加人；已有档案的人选人员，其他人填姓名。"),
)  # fmt: skip
DISPUTES = Listing(
    "dispute", Dispute, filtersets.DisputeFilterSet, tables.DisputeTable,
    at="disputes", form=forms.DisputeForm, **of_somebody_known(Dispute, person="mediator", passes=True),
    nav=Line("deliberation", 72), natural=("number",), imports=NoImport(_("当事人和摘要须逐件登记。")),
    access=RECORDS.with_verbs(keep="reveal", rule="reveal"), reveals=("parties", "summary", "mediator"),
    hint=_("受理时登记，办结时补填日期、层级和结果；线上受理率和就地化解率由此得出。"),
    about=_("当事人和摘要加密保存，列表和导出中没有。"),
)  # fmt: skip
WHISTLE_CALLS = Listing(
    "whistle_call", WhistleCall, filtersets.WhistleCallFilterSet, tables.WhistleCallTable,
    at="whistle-calls", form=forms.WhistleCallForm, **written(WhistleCall), nav=Line("deliberation", 73),
    natural=("region", "number"),
    hint=_("街道（乡镇）吹哨时登记，部门报到后补填日期；按时报到率由此得出。"),
    owned=_OF_THE_DEPARTMENT,
)  # fmt: skip
WORK_TASKS = Listing(
    "work_task", WorkTask, filtersets.WorkTaskFilterSet, tables.WorkTaskTable,
    at="work-tasks", form=forms.WorkTaskForm, **written(WorkTask), nav=Line("deliberation", 74),
    imports=Imports(natural=("region", "category", "title", "assigned_on")),
    hint=_("把任务分解表逐项登记或导入，完成后补填日期；按时完成率由此得出。"),
    owned=_OF_THE_DEPARTMENT,
)  # fmt: skip
DESIGNATIONS = Listing(
    "designation", Designation, filtersets.DesignationFilterSet, tables.DesignationTable,
    at="designations", form=forms.DesignationForm, **written(Designation, rule=at_its_level), access=RULED,
    nav=Line("deliberation", 75), card=ListCard("region", 72, group="kind"),
    imports=Imports(natural=("region", "kind", "tier", "name", "named_on")),
    hint=_("命名文件下发后登记示范点、品牌和试点，建成数由此得出。"),
)  # fmt: skip
AWARDS = Listing(
    "award", Award, filtersets.AwardFilterSet, tables.AwardTable,
    at="awards", form=forms.AwardForm, **of_somebody_known(Award), access=RULED, nav=Line("deliberation", 76),
    imports=Imports(natural=("region", "kind", "category", "awarded_on", "recipient")),
    hint=_("表彰后登记获奖者，每年评选数由此得出。"),
)  # fmt: skip
EXPERTS = Listing(
    "expert", Expert, filtersets.ExpertFilterSet, tables.ExpertTable,
    at="experts", form=forms.ExpertForm, **entered(Expert), nav=Line("deliberation", 77),
    imports=Imports(natural=("person", "since")),
    hint=_("聘任后登记专家和领域，智库人数由此得出。"),
)  # fmt: skip
EMERGENCY_PLANS = Listing(
    "emergency_plan", EmergencyPlan, filtersets.EmergencyPlanFilterSet, tables.EmergencyPlanTable,
    at="emergency-plans", form=forms.EmergencyPlanForm, **written(EmergencyPlan), nav=Line("deliberation", 78),
    imports=Imports(natural=("community", "title", "adopted_on")),
    hint=_("登记社区应急预案，演练成功后补填首次演练日期，应急机制由此得出。"),
)  # fmt: skip
UNIT_ASSESSMENTS = Listing(
    "unit_assessment", UnitAssessment, filtersets.UnitAssessmentFilterSet, tables.UnitAssessmentTable,
    at="unit-assessments", form=forms.UnitAssessmentForm, **written(UnitAssessment), access=RULED,
    natural=("region", "unit", "year"), nav=Line("deliberation", 79), card=ListCard("region", 74),
    hint=_("每年考核后登记被考核单位和结果，考核指标由此得出。"),
)  # fmt: skip
