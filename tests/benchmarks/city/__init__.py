"""A synthetic municipality, shaped like a large one; nothing in it is anybody's data.

Scale 1: 12,271 places of five levels, 7 million volunteers, 5 million services, 100,000 organisations, 80,000 social
workers, 60,000 projects, 12,000 facilities, eleven years of population. The same seed gives the same rows. It comes in
the portal's own tables (`REAL`) or in the flat ones of the trial app (`TRIAL`): BENCH_TABLES says in which.
"""

import os

from tests.benchmarks.city.drawing import City, generate
from tests.benchmarks.city.load import load, vacuum
from tests.benchmarks.city.places import Places
from tests.benchmarks.city.policy import make_policy
from tests.benchmarks.city.real import REAL
from tests.benchmarks.city.tables import Tables
from tests.benchmarks.city.trial import TRIAL

__all__ = ["REAL", "TRIAL", "City", "Places", "Tables", "chosen", "generate", "load", "make_policy", "vacuum"]


def chosen() -> Tables:
    """Return the tables that BENCH_TABLES names, else the real ones."""
    known = {tables.name: tables for tables in (REAL, TRIAL)}
    name = os.environ.get("BENCH_TABLES", REAL.name)
    if name not in known:
        raise SystemExit(f"BENCH_TABLES is {name}; there are: {', '.join(known)}")
    return known[name]
