"""Needs, resources, projects and purchases."""

LISTED = {
    "project": "records",
    "need": "records",
    "resource": "records",
    "list_upkeep": "shown",
    "needs_survey": "records",
    "project_session": "records",
    "project_evaluation": "records +file",
    "catalogue": "ruled +file",
    "purchase_project": "records",
    "purchase_contract": "records",
    "service_case": "records -import",
}

GET = {
    "api:service_case-reveal": "401 403 405 405 405 403 403 403",
    "projects:service_case_reveal": "302 403 200 404 200 403 403 302",
}
