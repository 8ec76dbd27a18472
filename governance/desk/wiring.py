"""Offers the kit a place to keep jobs."""

from governance.desk.store import JobStore
from governance.kit import jobs

jobs.keep_in(JobStore())
