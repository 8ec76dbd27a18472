"""Jobs of this app, and tasks that the beat sends."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from governance.desk import exporting, findings, mailbox, reminding
from governance.desk.importing import checking, confirming, forgetting, lost
from governance.desk.store import revive
from governance.kit.jobs import Progress, job


@shared_task(name="desk.revive_jobs")
def revive_jobs() -> None:
    """Send jobs again that lost their worker or their message; give imports back that lost theirs."""
    revive()
    lost.release()


@job("desk.check_import")
def check_import(progress: Progress, *, by: Any, batch: int) -> dict[str, Any]:
    """Check an uploaded file."""
    return checking.check(batch, by=by, progress=progress)


@job("desk.confirm_import")
def confirm_import(progress: Progress, *, by: Any, batch: int) -> dict[str, Any]:
    """Write what was checked."""
    return confirming.confirm(batch, by=by, progress=progress)


@job(exporting.JOB)
def full_export(progress: Progress, *, by: Any, request: int) -> dict[str, Any]:
    """Make the file of an approved request."""
    return exporting.carry_out(request, by=by, progress=progress)


@shared_task(name="desk.expire_exports")
def expire_exports() -> None:
    """Take away files of full exports whose time is over."""
    exporting.expire()


@shared_task(name="desk.forget_imports")
def forget_imports() -> None:
    """Forget what old imports brought."""
    forgetting.forget_imports()


@shared_task(name="desk.forget_messages")
def forget_messages() -> None:
    """Remove old messages."""
    mailbox.forget_messages()


@shared_task(name="desk.tell_dues")
def tell_dues() -> None:
    """Tell of records that fall due."""
    reminding.tell_dues()


@job("desk.recount_findings")
def recount_findings(progress: Progress, *, by: Any) -> dict[str, Any]:
    """Count what may be wrong, because somebody asks."""
    return findings.count_all(tell=False)


@shared_task(name="desk.count_findings")
def count_findings() -> None:
    """Count what may be wrong, and tell what is new."""
    findings.count_all(tell=True)
