"""Offers the kit a place to keep jobs, imports, messages and filters."""

from governance.desk import exporting
from governance.desk.importing.receiving import Imports
from governance.desk.importing.resealing import StagedRows
from governance.desk.mailbox import Mailbox
from governance.desk.savedfilters import SavedFilters
from governance.desk.store import JobStore
from governance.kit import events, fullexport, jobs, messages, rotation, savedfilters
from governance.kit.imports import store

jobs.keep_in(JobStore())
store.keep_in(Imports())
messages.keep_in(Mailbox())
savedfilters.keep_in(SavedFilters())
rotation.register(StagedRows())
events.listen(exporting.follow)
fullexport.asked_at("desk:export_request_ask")
