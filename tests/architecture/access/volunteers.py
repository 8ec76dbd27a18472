"""Volunteers, what they do and what they are given."""

LISTED = {
    "volunteer": "records -import",
    "activity": "records",
    "service_record": "records -import",
    "record_start": "shown",
    "points_issue": "records -import -change -remove",
    "points_partner": "records -import",
    "party_report": "records -import",
    "spot_check": "ruled",
}

GET = {"volunteers:volunteer_move_home": "302 403 200 404 200 403 403 302"}
