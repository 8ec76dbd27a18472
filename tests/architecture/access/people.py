"""Persons come with their roles, are corrected where these are, and removed by nobody."""

LISTED = {"person": "records -import -add -remove"}

GET = {
    "api:person-reveal": "401 403 405 405 405 403 403 405",
    "people:person_find": "302 403 200 200 200 403 403 302",
    "people:person_reveal": "302 403 200 404 200 403 403 302",
}
