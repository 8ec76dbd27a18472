"""The lists of this app."""

from django.utils.translation import gettext_lazy as _

from governance.attainment import actions, filtersets, forms, tables
from governance.attainment.models import ReportedFigure
from governance.attainment.states import FIGURE_STATES
from governance.kit.listing import Listing

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
)
