"""Tasks of this app, which the beat sends every night."""

from __future__ import annotations

from celery import shared_task

from governance.accounts import lockout, unused
from governance.accounts.sessions import SessionStore
from governance.kit.origin import Origin, act_from


@shared_task(name="accounts.disable_unused")
def disable_unused() -> None:
    """Disable accounts that nobody uses."""
    with act_from(Origin("job")):
        unused.disable_unused()


@shared_task(name="accounts.forget_logins")
def forget_logins() -> None:
    """Remove sessions that have ended, and failed logins that no longer count."""
    SessionStore.clear_expired()
    lockout.forget_old()
