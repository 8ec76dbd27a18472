"""Offers the kit a place to keep jobs, imports and messages."""

from governance.desk.importing.receiving import Imports
from governance.desk.mailbox import Mailbox
from governance.desk.store import JobStore
from governance.kit import jobs, messages
from governance.kit.imports import store

jobs.keep_in(JobStore())
store.keep_in(Imports())
messages.keep_in(Mailbox())
