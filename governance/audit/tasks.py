"""Tasks that the beat sends, and what is done when a worker stops."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_shutdown
from django.db import DatabaseError

from governance.audit import archiving, sealing

log = logging.getLogger(__name__)


@shared_task(name="audit.seal")
def seal() -> None:
    """Seal what has been written since the last seal."""
    sealing.seal()


@shared_task(name="audit.archive")
def archive() -> None:
    """Move months that are old enough to files."""
    for made in archiving.archive():
        log.info("archived %s events and %s changes of %s in %s", made.events, made.changes, made.month, made.name)


@worker_shutdown.connect
def seal_at_shutdown(**_told: Any) -> None:
    """Seal once more when a worker stops; without the database the next start does it."""
    try:
        sealing.seal()
    except DatabaseError:
        log.warning("the trail could not be sealed at shutdown; the next start does it")
