"""What is done in this app: figures are reported, numbers computed anew and kept up to date."""

from governance.attainment.actions.figures import add_reported_figure, change_reported_figure, remove_reported_figure
from governance.attainment.actions.runs import add_attainment_run, start_run

__all__ = [
    "add_attainment_run",
    "add_reported_figure",
    "change_reported_figure",
    "remove_reported_figure",
    "start_run",
]
