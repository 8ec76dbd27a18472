"""Runs that nobody asks for: every night, and when a month begins."""

from __future__ import annotations

import logging

from governance.attainment.actions.runs import Cause, start_run
from governance.attainment.engine.areas import areas
from governance.attainment.models import AttainmentRun, ComputedArea
from governance.kit.errors import DomainError

log = logging.getLogger(__name__)


def start_nightly() -> AttainmentRun | None:
    """Start the run of the night, which compares what stands with what it should be; none while one is under way."""
    return _start(Cause.NIGHTLY)


def start_of_month() -> AttainmentRun | None:
    """Start a run if a month has begun that is not computed yet."""
    computed = dict(ComputedArea.objects.filter(current=True).values_list("root", "last"))
    grown = any(area.last > computed[area.root.pk] for area in areas() if area.root.pk in computed)
    return _start(Cause.MONTH) if grown else None


def _start(cause: str) -> AttainmentRun | None:
    try:
        return start_run(by=None, cause=cause)
    except DomainError:
        log.info("no %s run: one is under way", cause)
        return None
