"""Places and what they have."""

LISTED = {
    "region": "ruled -add -remove -import",
    "succession": "ruled -change -import",
    "estate": "records",
    "facility": "records",
    "capability": "records +file",
    "register_coverage": "ruled",
}

GET = {
    "regions:region_choices": "302 200 200 200 200 200 200 302",
    "regions:region_go": "302 302 302 302 302 302 302 302",
    "regions:region_import": "302 403 403 403 200 403 403 302",
}

QUERIES = {
    "capability-page": 7,  # the items of the filter menu
}
