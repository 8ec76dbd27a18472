"""Listens to every act, and to logins; reads the history of records for their pages."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils.translation import gettext_lazy as _

from governance.audit import logins, reading, sink
from governance.audit.models import RowChange
from governance.kit import events, history, retention

events.listen(sink.keep)
history.read_by(reading.changes_of)
user_logged_in.connect(logins.logged_in, dispatch_uid="audit")
user_logged_out.connect(logins.logged_out, dispatch_uid="audit")
user_login_failed.connect(logins.refused, dispatch_uid="audit")
retention.apart(RowChange, _("审计记录至少保存 180 天（《网络安全法》），个人信息的值从不写入。"))
