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
    )
)
