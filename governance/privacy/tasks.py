"""Jobs of this app, and tasks that the beat sends."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from governance.kit.jobs import Progress, job
from governance.privacy import dossier, nightly


@job(dossier.JOB)
def copy(progress: Progress, *, by: Any, request: int) -> dict[str, Any]:
    """Make the copy that a person asked for."""
    return dossier.make(request, by=by, progress=progress)


@shared_task(name="privacy.expire_copies")
def expire_copies() -> None:
    """Take away copies whose time is over."""
    dossier.expire()


@shared_task(name="privacy.retention")
def retention() -> None:
    """Carry out what was announced and is due, then announce what is over now."""
    nightly.carry_out()
    nightly.announce()
