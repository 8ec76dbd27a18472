"""Remembering what a user looked at last, so that a page opened without a choice shows that again."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError, transaction

from governance.desk.models import LastUsed
from governance.regions.models import Region

log = logging.getLogger(__name__)


def last_of(user: Any) -> LastUsed | None:
    """Return what `user` looked at last; whether she may still see it is for the caller to ask."""
    found: LastUsed | None = LastUsed.objects.visible_to(user).select_related("region").first()
    return found


def remember(user: Any, region: Region, policy: str) -> None:
    """Keep what `user` looks at. It is a convenience: where it cannot be written, the page is shown all the same."""
    own = LastUsed.objects.visible_to(user)
    if own.filter(region=region, policy=policy).exists():
        return
    try:
        with transaction.atomic():
            LastUsed.objects.bulk_create(
                [LastUsed(user_id=user.pk, region=region, policy=policy)],
                update_conflicts=True,
                unique_fields=["user"],
                update_fields=["region", "policy"],
            )
    except DatabaseError:
        log.warning("what a user looked at last could not be kept", exc_info=True)


def forget(user: Any) -> None:
    """Drop what is out of reach by now."""
    LastUsed.objects.visible_to(user).delete()
