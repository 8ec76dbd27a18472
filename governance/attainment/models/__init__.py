"""What the engine keeps: reported figures, runs and their chunks, computed values, marks of what has changed."""

from governance.attainment.models.figure import ReportedFigure, ReportedFigureQuerySet
from governance.attainment.models.mark import DirtyMark
from governance.attainment.models.run import AttainmentRun, RunChunk
from governance.attainment.models.value import ComputedArea, CurrentStatus, Measure, MeasureValue

__all__ = [
    "AttainmentRun",
    "ComputedArea",
    "CurrentStatus",
    "DirtyMark",
    "Measure",
    "MeasureValue",
    "ReportedFigure",
    "ReportedFigureQuerySet",
    "RunChunk",
]
