"""Notices are ruled by who answers for a place; consents and requests are kept where the person is; anybody reads notices."""

_KEPT = "401 403 405 405 405 403 403 403"  # a move of the clerks, in which a partner has no part
_RULED = "401 403 403 403 405 403 403 403"

LISTED = {
    "privacy_notice": "ruled -import +publish:rule",
    "consent": "records -import -change -remove +withdraw:keep +file",
    "data_subject_request": "records -import -remove +verify:keep +erase:rule +send_back:rule",
    "retention_run": "shown +stop:rule",
    "retention_item": "shown -history",
}

GET = {
    "privacy:public": "200 200 200 200 200 200 200 200",
    "privacy:public_version": "404 404 404 404 404 404 404 404",  # a draft
    "privacy:retention": "302 403 200 200 200 403 403 302",
    "privacy:data_subject_request_fetch": "302 403 404 404 404 403 403 302",
    "privacy:consent_reveal": "302 403 200 404 200 403 403 302",
    "privacy:data_subject_request_reveal": "302 403 200 404 200 403 403 302",
    "api:consent-reveal": _KEPT,
    "api:consent-withdraw": _KEPT,
    "api:data_subject_request-reveal": _KEPT,
    "api:data_subject_request-detail": "401 403 200 404 200 403 403 403",
    "api:data_subject_request-list": "401 403 200 200 200 403 403 403",
} | {
    f"api:data_subject_request-{move}": _KEPT for move in ("verify", "accept", "prepare", "answer", "propose", "refuse")
}

VERBS = {
    "consent": {"post": "401 403 400 400 400 403 403 403"},
    "data_subject_request": {
        "post": "401 403 400 400 400 403 403 403",
        "put": "401 403 400 404 400 403 403 403",
        "patch": "401 403 200 404 200 403 403 403",
    },
}

OF = {"privacy:public_version": "privacy_notice"}
