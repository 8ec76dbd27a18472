"""What the engine keeps: reported figures, runs and their chunks, computed values, marks of what has changed; and what
places say about their numbers: months that are confirmed, reasons and plans for missed targets.
"""

from governance.attainment.models.confirmed_month import CONFIRMING, ConfirmedMonth, ConfirmedMonthQuerySet
from governance.attainment.models.figure import ReportedFigure, ReportedFigureQuerySet
from governance.attainment.models.mark import DirtyMark
from governance.attainment.models.plan import (
    ImprovementPlan,
    ImprovementPlanQuerySet,
    PlanFollowUp,
    PlanFollowUpQuerySet,
)
from governance.attainment.models.run import AttainmentRun, RunChunk
from governance.attainment.models.value import ComputedArea, CurrentStatus, Measure, MeasureValue

__all__ = [
    "CONFIRMING",
    "AttainmentRun",
    "ComputedArea",
    "ConfirmedMonth",
    "ConfirmedMonthQuerySet",
    "CurrentStatus",
    "DirtyMark",
    "ImprovementPlan",
    "ImprovementPlanQuerySet",
    "Measure",
    "MeasureValue",
    "PlanFollowUp",
    "PlanFollowUpQuerySet",
    "ReportedFigure",
    "ReportedFigureQuerySet",
    "RunChunk",
]
