"""What workers do for this app; what the beat sends, and how often, is told in the settings."""

from __future__ import annotations

from celery import shared_task

from governance.attainment.actions.calendar import start_nightly, start_of_month
from governance.attainment.actions.chunks import compute_chunk
from governance.attainment.actions.finishing import finish_run
from governance.attainment.actions.refreshing import refresh_marked
from governance.attainment.actions.reminding import tell_dues as tell_of_dues
from governance.attainment.actions.reviving import revive_run
from governance.attainment.actions.runs import prepare_run
from governance.attainment.actions.sending import CHUNK, FINISH, RUN


@shared_task(name=RUN)
def prepare(run_id: int) -> None:
    """Cut a run into chunks and send them."""
    prepare_run(run_id)


@shared_task(name=CHUNK)
def chunk(run_id: int, number: int) -> None:
    """Compute a chunk of a run."""
    compute_chunk(run_id, number)


@shared_task(name=FINISH)
def finish(run_id: int) -> None:
    """Compute what lies above the chunks, check it all and publish it."""
    finish_run(run_id)


@shared_task(name="attainment.refresh")
def refresh() -> None:
    """Bring up to date what has changed."""
    refresh_marked()


@shared_task(name="attainment.revive")
def revive() -> None:
    """Take up again what was lost of a run."""
    revive_run()


@shared_task(name="attainment.nightly")
def nightly() -> None:
    """Compute everything anew."""
    start_nightly()


@shared_task(name="attainment.month")
def month() -> None:
    """Open the new month."""
    start_of_month()


@shared_task(name="attainment.tell_dues")
def tell_dues() -> None:
    """Tell of targets that fall due."""
    tell_of_dues()
