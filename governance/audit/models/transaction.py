"""The number of the transaction in which a row of the trail was written: it orders what is sealed."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, Func


class CurrentTransaction(Func):
    """The 64-bit number of the running transaction; savepoints share it."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = BigIntegerField()

    def __init__(self) -> None:
        super().__init__()

    def as_sql(self, *args: Any, **options: Any) -> Any:
        """Return the call; it has no arguments."""
        return self.template, []
