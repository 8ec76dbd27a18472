"""Listens to every act, and to logins."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from governance.audit import logins, sink
from governance.kit import events

events.listen(sink.keep)
user_logged_in.connect(logins.logged_in, dispatch_uid="audit")
user_logged_out.connect(logins.logged_out, dispatch_uid="audit")
user_login_failed.connect(logins.refused, dispatch_uid="audit")
