"""Offers the kit a place to keep jobs and imports."""

from governance.desk.importing.receiving import Imports
from governance.desk.store import JobStore
from governance.kit import jobs
from governance.kit.imports import store

jobs.keep_in(JobStore())
store.keep_in(Imports())
