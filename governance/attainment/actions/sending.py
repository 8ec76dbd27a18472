"""Messages to the workers, by name. One that is lost is sent again by `reviving`; one that comes twice does no harm."""

from __future__ import annotations

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

RUN, CHUNK, FINISH = "attainment.run", "attainment.chunk", "attainment.finish"

log = logging.getLogger(__name__)


def send(name: str, *arguments: int) -> None:
    """Send a task once the transaction is committed."""
    transaction.on_commit(partial(_send, name, arguments))


def _send(name: str, arguments: tuple[int, ...]) -> None:
    try:
        current_app.send_task(name, args=list(arguments), retry=False)
    except OperationalError:
        log.warning("broker away: %s%s is sent later", name, arguments)
