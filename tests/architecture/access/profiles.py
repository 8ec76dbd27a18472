"""What everybody gets of a whole list, page by page; written by hand, once for each way in which lists are kept.

The columns are the cast, in this order:
anonymous no_post street_clerk next_street_clerk bureau_admin system_admin auditor partner
"""

# Pages, the admin and the API; after a verb of the API: 400 is an empty body that the caller might have filled.
LOOKED_AT = {
    "list": "302 403 200 200 200 403 403 302",
    "export": "302 403 200 200 200 403 403 302",
    "detail": "302 403 200 404 200 403 403 302",
    "history": "302 403 200 404 200 403 403 302",
    "choices": "302 200 200 200 200 200 200 302",  # empty for whoever may name none
    "admin changelist": "302 302 302 302 200 403 403 302",
    "admin change": "302 302 302 302 200 403 403 302",  # without the permission to change it only shows
    "admin history": "302 302 302 302 200 302 302 302",
    "api list": "401 403 200 200 200 403 403 200",
    "api detail": "401 403 200 404 200 403 403 200",
}

PROFILES = {
    # kept by the clerks of a street and by its partners
    "records": LOOKED_AT
    | {
        "add": "302 403 200 200 200 403 403 302",
        "import": "302 403 200 200 200 403 403 302",
        "template": "302 403 200 200 200 403 403 302",
        "change": "302 403 200 404 200 403 403 302",
        "remove": "302 403 200 404 200 403 403 302",
        "admin add": "302 302 302 302 200 403 403 302",
        "admin delete": "302 302 302 302 200 403 403 302",
        "post": "401 403 400 400 400 403 403 400",
        "put": "401 403 400 404 400 403 403 400",
        "patch": "401 403 200 404 200 403 403 200",
        "delete": "401 403 204 404 204 403 403 204",
    },
    # kept by the county's administration, looked at by the streets
    "ruled": LOOKED_AT
    | {
        "add": "302 403 403 403 200 403 403 302",
        "import": "302 403 403 403 200 403 403 302",
        "template": "302 403 403 403 200 403 403 302",
        "change": "302 403 403 403 200 403 403 302",
        "remove": "302 403 403 403 200 403 403 302",
        "admin add": "302 302 302 302 200 403 403 302",
        "admin delete": "302 302 302 302 200 403 403 302",
        "post": "401 403 403 403 400 403 403 403",
        "put": "401 403 403 403 400 403 403 403",
        "patch": "401 403 403 403 200 403 403 403",
        "delete": "401 403 403 403 204 403 403 403",
    },
    # written by nobody: it follows from other records
    "shown": LOOKED_AT
    | {
        "admin add": "302 302 302 302 403 403 403 302",
        "admin delete": "302 302 302 302 403 403 403 302",
        "post": "401 403 403 403 403 403 403 403",
        "put": "401 403 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403 403",
    },
}

# A private file of a record, where the list has any.
FILE = "302 403 200 404 200 403 403 302"

# A move of a record's life: the page that asks, the endpoint (a plain GET of it), and the page of the admin.
MOVES = {
    "keep": ("302 403 200 404 200 403 403 302", "401 403 405 405 405 403 403 405", "302 302 302 302 200 403 403 302"),
    "rule": ("302 403 403 403 200 403 403 302", "401 403 403 403 405 403 403 403", "302 302 302 302 200 403 403 302"),
}
