"""Long jobs: a row with a life and progress, and a task that a worker runs. The desk keeps the rows.

`start()` writes the row and sends the task on commit. A task is declared with `@job("app.name")`; it is given a
`Progress` first and the job's arguments by name, and returns a report (a dictionary that JSON can hold).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from celery import current_app, shared_task
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from kombu.exceptions import OperationalError

from governance.kit.errors import DomainError
from governance.kit.origin import Doing, Origin, act_from

log = logging.getLogger(__name__)


class Progress(Protocol):
    """Tells how far a job is: the step in words, how many of how many; total 0 is unknown."""

    def __call__(self, message: str, done: int = 0, total: int = 0) -> None:
        """Note the progress."""


class Run(Protocol):
    """A claimed job."""

    by: Any
    arguments: dict[str, Any]

    def progress(self, message: str, done: int = 0, total: int = 0) -> None:
        """Note the progress."""

    def finish(self, report: dict[str, Any]) -> None:
        """Mark the job done."""

    def fail(self, reason: str) -> None:
        """Mark the job failed."""


class Store(Protocol):
    """What the desk offers: new rows, and claiming them."""

    def create(self, name: str, *, title: str, by: Any, region: Any, arguments: dict[str, Any]) -> Any:
        """Write the row of a new job."""

    def claim(self, job_id: int) -> Run | None:
        """Take the job if nobody has; None if it is taken or over."""


_stores: list[Store] = []
NAMES: set[str] = set()


def keep_in(store: Store) -> None:
    """Register the store."""
    _stores[:] = [store]


def start(name: str, *, title: str, by: Any, region: Any, **arguments: Any) -> Any:
    """Write a job's row and send its task once the row is committed; return the row."""
    if name not in NAMES:
        raise LookupError(f"no job is called {name!r}")
    row = _stores[0].create(name, title=title, by=by, region=region, arguments=arguments)
    transaction.on_commit(partial(send, name, row.pk))
    return row


def send(name: str, job_id: int) -> None:
    """Send the task; when the broker is away the row stays pending and is sent again by the beat."""
    try:
        current_app.send_task(name, args=[job_id], retry=False)
    except OperationalError:
        log.warning("broker away: job %s stays pending", job_id)


def job(name: str) -> Callable[[Callable[..., dict[str, Any]]], Any]:
    """Declare a job under `name`; safe to deliver twice, because only one delivery can claim the row."""
    NAMES.add(name)

    def declare(work: Callable[..., dict[str, Any]]) -> Any:
        @shared_task(name=name)
        def run(job_id: int) -> None:
            claimed = _stores[0].claim(job_id)
            if claimed is not None:
                doing = Doing(lambda: claimed.by, lambda: name)
                with act_from(Origin("job"), doing), override(claimed.by.language):
                    _carry_out(work, claimed)

        return run

    return declare


def _carry_out(work: Callable[..., dict[str, Any]], claimed: Run) -> None:
    try:
        report = work(claimed.progress, by=claimed.by, **claimed.arguments)
    except DomainError as refusal:
        claimed.fail(refusal.reason)
    except ValidationError as error:
        claimed.fail(_("；").join(error.messages))
    except Exception:
        # The reason of an unforeseen failure belongs to the log; the person needs to know that it was not her.
        log.exception("job failed")
        claimed.fail(_("程序出错，没有写入任何数据。请把任务编号告诉系统管理员。"))
    else:
        claimed.finish(report)
