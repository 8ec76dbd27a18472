"""The lists of this app."""

from django.utils.translation import gettext_lazy as _

from governance.attainment import actions, filtersets, forms, tables
from governance.attainment.models import AttainmentRun, ConfirmedMonth, ImprovementPlan, PlanFollowUp, ReportedFigure
from governance.attainment.monthstates import MONTH_STATES
from governance.attainment.planstates import PLAN_STATES
from governance.attainment.states import FIGURE_STATES
from governance.kit.access import Access
from governance.kit.imports.columns import NoImport
from governance.kit.listing import Listing
from governance.kit.navigation import Line
from governance.kit.written import written

REPORTED_FIGURES = Listing(
    "reported_figure",
    ReportedFigure,
    filtersets.ReportedFigureFilterSet,
    tables.ReportedFigureTable,
    form=forms.ReportedFigureForm,
    add=actions.add_reported_figure,
    change=actions.change_reported_figure,
    remove=actions.remove_reported_figure,
    facts=("region", "measure", "on", "value", "out_of", "until", "source", "reason"),
    hint=_("先填报人口，占比类指标才有基数。"),
    about=_("草稿提交后由民政局核准；只有已核准的填报数计入指标。"),
    states=FIGURE_STATES,
    at="reported_figures",
    access=Access(
        keep="view add change submit",
        decide="approve",
        rule="view add change delete submit approve",
        partner="view add change submit",
    ),
    nav=Line("data", 80, "clipboard-data"),
    imports=NoImport(_("填报数逐条提交，由民政局逐条核准。")),
    related=(),
)

ATTAINMENT_RUNS = Listing(
    "attainment_run",
    AttainmentRun,
    filtersets.AttainmentRunFilterSet,
    tables.AttainmentRunTable,
    add=actions.add_attainment_run,
    access=Access(look="", keep="", rule="view add", partner=""),
    nav=Line("data", 90, "refresh-dot"),
    hint=_("载入政策后会自动计算一次，以后每夜一次。"),
    about=_("台账变更后数值随即更新；每夜全部重算一遍，与原数值比对并抽查，有一处不符都会写在这里。"),
    related=(),
)

CONFIRMED_MONTHS = Listing(
    "confirmed_month",
    ConfirmedMonth,
    filtersets.ConfirmedMonthFilterSet,
    tables.ConfirmedMonthTable,
    form=forms.ConfirmedMonthForm,
    add=actions.confirm_month,
    facts=("region", "month", "note", "confirmed_by", "confirmed_at", "reason"),
    hint=_("每月结束、台账登记齐以后，由乡镇（街道）和以上各级确认一次。"),
    about=_("确认表示这个月的台账已登记齐；以后仍可更正，更正多的请撤回后重新确认。"),
    states=MONTH_STATES,
    at="confirmed_months",
    access=Access(keep="view add take_back", rule="view add take_back", partner="view"),  # a person vouches for it
    nav=Line("attainment", 25),
    imports=NoImport(_("每个月看过汇总以后逐月确认。")),
    related=(),
)

IMPROVEMENT_PLANS = Listing(
    "improvement_plan",
    ImprovementPlan,
    filtersets.ImprovementPlanFilterSet,
    tables.ImprovementPlanTable,
    form=forms.ImprovementPlanForm,
    **written(ImprovementPlan),
    facts=(
        "indicator", "region", "cause", "explanation", "measures", "responsible", "made_on", "due_on", "done_on", "conclusion",
    ),
    hint=_("指标落后或逾期时，从指标页面说明原因并制定计划。"),
    about=_("一个地区的一项指标同时只有一份进行中的计划；结束的计划保留不改。"),
    states=PLAN_STATES,
    at="improvement_plans",
    access=Access(keep="view add change", partner="view add change"),
    nav=Line("attainment", 24),
    imports=NoImport(_("逐项说明原因，从指标页面制定。")),
    related=(),
)  # fmt: skip

PLAN_FOLLOW_UPS = Listing(
    "plan_follow_up",
    PlanFollowUp,
    filtersets.PlanFollowUpFilterSet,
    tables.PlanFollowUpTable,
    form=forms.PlanFollowUpForm,
    add=actions.add_plan_follow_up,
    facts=("plan", "on", "note", "author"),
    hint=_("在整改计划的页面上记进展。"),
    at="plan_follow_ups",
    access=Access(keep="view add", rule="view add", partner="view add"),
    imports=NoImport(_("在整改计划的页面上逐条记。")),
    related=("plan",),
)
