"""The trail is read by the auditor alone."""

_AUDITOR = "302 403 403 403 403 403 200 302"

GET = {
    "admin:audit_auditevent_add": "302 302 302 302 403 403 403 302",
    "admin:audit_auditevent_change": "302 302 302 302 403 403 200 302",
    "admin:audit_auditevent_changelist": "302 302 302 302 403 403 200 302",
    "admin:audit_auditevent_delete": "302 302 302 302 403 403 403 302",
    "admin:audit_auditevent_history": "302 302 302 302 302 302 200 302",
    "admin:audit_rowchange_add": "302 302 302 302 403 403 403 302",
    "admin:audit_rowchange_change": "302 302 302 302 403 403 200 302",
    "admin:audit_rowchange_changelist": "302 302 302 302 403 403 200 302",
    "admin:audit_rowchange_delete": "302 302 302 302 403 403 403 302",
    "admin:audit_rowchange_history": "302 302 302 302 302 302 200 302",
    "audit:audit_event_detail": _AUDITOR,
    "audit:audit_event_export": _AUDITOR,
    "audit:audit_event_list": _AUDITOR,
    "audit:audit_seal_detail": _AUDITOR,
    "audit:audit_seal_export": _AUDITOR,
    "audit:audit_seal_list": _AUDITOR,
    "audit:row_change_detail": _AUDITOR,
    "audit:row_change_export": _AUDITOR,
    "audit:row_change_list": _AUDITOR,
}
