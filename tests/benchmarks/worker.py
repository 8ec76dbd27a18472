"""A worker that waits for runs on its standard input and computes chunks of them until none is left.

It is started before the time is taken, as workers are. `python -m tests.benchmarks.worker DATABASE`; a line with the key
of a run is answered by a line with the number of chunks and the most memory that the process has had, in MB.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from resource import RUSAGE_SELF, getrusage

import django
from django.db import connection


def main(database: str) -> None:
    """Serve until the input ends."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"  # no others have the tables that are measured
    django.setup()
    product = import_module("tests.benchmarks.product")  # its models need the apps
    connection.settings_dict["NAME"] = database
    connection.ensure_connection()
    _tell("ready")
    for line in sys.stdin:
        done = product.compute_chunks(int(line))
        _tell(f"{done} {getrusage(RUSAGE_SELF).ru_maxrss / 1024:.1f}")


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
