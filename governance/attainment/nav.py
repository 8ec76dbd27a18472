"""Lines of this app in the navigation."""

from django.utils.translation import gettext_lazy as _

from governance.kit.navigation import Entry, register

register(
    Entry(
        "figures",
        "data",
        80,
        _("填报数"),
        "attainment:reported_figure_list",
        "clipboard-data",
        "attainment.view_reportedfigure",
    )
)
