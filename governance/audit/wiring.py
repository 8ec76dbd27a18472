"""Listens to every act, and to logins; reads the history of records for their pages."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from governance.audit import logins, reading, sink
from governance.kit import events, history

events.listen(sink.keep)
history.read_by(reading.changes_of)
user_logged_in.connect(logins.logged_in, dispatch_uid="audit")
user_logged_out.connect(logins.logged_out, dispatch_uid="audit")
user_login_failed.connect(logins.refused, dispatch_uid="audit")
