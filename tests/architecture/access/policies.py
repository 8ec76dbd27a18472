"""Policies are kept by the administration of a place and read below it."""

LISTED = {
    "policy": "ruled -choices -import",
    "clause": "ruled -choices -import",
    "indicator": "ruled -choices -import",
    "target": "ruled -choices -import",
    "reference_point": "ruled -choices -import",
}

GET = {
    "policies:policy_pack": "302 403 200 404 200 403 403 302",
}

QUERIES = {
    "clause-page": 7,  # the policies of the filter menu
    "indicator-page": 8,  # the same, and what the text asks
    "indicator-api": 6,  # what the text asks, which is read with the rows
    "indicator-admin": 6,  # the same
    "target-page": 8,  # the policies and indicators of the filter menus
    "reference_point-page": 8,  # the same
}
