"""Lines of this app in the navigation."""

from django.utils.translation import pgettext_lazy

from governance.kit.navigation import Entry, register

register(
    Entry(
        "figures",
        "data",
        80,
        pgettext_lazy("plural", "填报数"),
        "attainment:reported_figure_list",
        "clipboard-data",
        "attainment.view_reportedfigure",
    ),
    Entry(
        "attainment_runs",
        "data",
        90,
        pgettext_lazy("plural", "达标计算"),
        "attainment:attainment_run_list",
        "refresh-dot",
        "attainment.view_attainmentrun",
    ),
)
