"""Volunteers, what they do and what they are given."""

LISTED = {
    "volunteer": "records",
    "activity": "records",
    "service_record": "records -import",
    "record_start": "shown -history",
    "points_issue": "records -import -change -remove",
    "points_partner": "records",
    "party_report": "records",
    "spot_check": "ruled",
}

GET = {
    "volunteers:volunteer_move_home": "302 403 200 404 200 403 403 302",
    "admin:volunteers_pointsissue_delete": "302 302 302 302 403 403 403 302",  # it is reversed
}

VERBS = {
    "points_issue": {
        "put": "401 403 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403 403",
    }
}

OF = {"volunteers:volunteer_move_home": "volunteer"}
