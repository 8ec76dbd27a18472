"""Keeps what happens every second out of the logs, where it would hide the rest."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping


class Everyday(logging.Filter):
    """Drops the lines that say of some tasks that they were sent, taken or done; what goes wrong with them stays."""

    def __init__(self, tasks: Collection[str] = ()) -> None:
        super().__init__()
        self.tasks = frozenset(tasks)

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the line is kept."""
        if record.levelno > logging.INFO:
            return True
        told = record.args.values() if isinstance(record.args, Mapping) else record.args or ()
        return self.tasks.isdisjoint(word for word in told if isinstance(word, str))
