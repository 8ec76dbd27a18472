"""What is done in this app: figures are reported, numbers computed anew and kept up to date, months confirmed and plans
followed up.
"""

from governance.attainment.actions.figures import add_reported_figure, change_reported_figure, remove_reported_figure
from governance.attainment.actions.months import confirm_month
from governance.attainment.actions.plans import add_plan_follow_up
from governance.attainment.actions.runs import add_attainment_run, start_run

__all__ = [
    "add_attainment_run",
    "add_plan_follow_up",
    "add_reported_figure",
    "change_reported_figure",
    "confirm_month",
    "remove_reported_figure",
    "start_run",
]
