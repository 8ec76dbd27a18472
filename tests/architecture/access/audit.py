"""The trail is read by the auditor alone."""

GET = {
    "admin:audit_auditevent_add": "302 302 302 302 403 403 403 302",
    "admin:audit_auditevent_change": "302 302 302 302 403 403 200 302",
    "admin:audit_auditevent_changelist": "302 302 302 302 403 403 200 302",
    "admin:audit_auditevent_delete": "302 302 302 302 403 403 403 302",
    "admin:audit_auditevent_history": "302 302 302 302 302 302 200 302",
}
