"""Offers the kit a place to keep jobs, imports and filters."""

from governance.desk.importing.receiving import Imports
from governance.desk.savedfilters import SavedFilters
from governance.desk.store import JobStore
from governance.kit import jobs, savedfilters
from governance.kit.imports import store

jobs.keep_in(JobStore())
store.keep_in(Imports())
savedfilters.keep_in(SavedFilters())
