"""What the server's process of this connection has used of processors; on this machine, where /proc tells it."""

from __future__ import annotations

import os
from pathlib import Path

from django.db import connection

_USER, _SYSTEM = 11, 12  # fields of /proc/…/stat behind the name in brackets


def processor_seconds() -> float:
    """Return the seconds so far, 0 where nothing tells them; processes that help it with an index are not in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        file = Path("/proc") / str(cursor.fetchone()[0]) / "stat"
    if not file.exists():
        return 0.0
    fields = file.read_text().rsplit(")", 1)[1].split()
    return (int(fields[_USER]) + int(fields[_SYSTEM])) / os.sysconf("SC_CLK_TCK")
