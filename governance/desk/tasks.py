"""Tasks that the beat sends."""

from celery import shared_task

from governance.desk.store import revive


@shared_task(name="desk.revive_jobs")
def revive_jobs() -> None:
    """Send jobs again that lost their worker or their message."""
    revive()
