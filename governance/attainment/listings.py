"""The lists of this app."""

from django.utils.translation import gettext_lazy as _

from governance.attainment import actions, filtersets, forms, tables
from governance.attainment.models import AttainmentRun, ReportedFigure
from governance.attainment.states import FIGURE_STATES
from governance.kit.access import Access
from governance.kit.imports.columns import NoImport
from governance.kit.listing import Listing
from governance.kit.navigation import Line

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
        keep="view add change submit", rule="view add change delete submit approve", partner="view add change submit"
    ),
    nav=Line("data", 80, "clipboard-data"),
    imports=NoImport(_("填报数逐条提交，由民政局逐条核准。")),
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
