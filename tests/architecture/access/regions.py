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
    "admin:regions_region_add": "302 302 302 302 403 403 403 302",
    "admin:regions_region_delete": "302 302 302 302 403 403 403 302",
    "regions:region_choices": "302 200 200 200 200 200 200 302",
    "regions:region_go": "302 302 302 302 302 302 302 302",
    "regions:region_import": "302 403 403 403 200 403 403 302",
}

VERBS = {
    "region": {
        "post": "401 403 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403 403",
    },
    "succession": {
        "put": "401 403 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403 403",
    },
}

QUERIES = {
    "capability-page": 6,  # the items of the filter menu
}
