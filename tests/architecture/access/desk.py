"""The desk itself, jobs and imports."""

LISTED = {"export_request": "shown +approve:rule +refuse:rule"}

GET = {
    # asked for by who works at a place, decided by who rules it; a partner has no part in it
    "api:export_request-detail": "401 403 200 404 200 403 403 403",
    "api:export_request-list": "401 403 200 200 200 403 403 403",
    "desk:export_request_ask": "302 404 404 404 404 404 404 302",
    "desk:export_request_fetch": "302 403 404 404 404 403 403 302",
    "admin:desk_job_add": "302 302 302 302 403 403 403 302",
    "admin:desk_job_change": "302 302 302 302 200 403 403 302",
    "admin:desk_job_changelist": "302 302 302 302 200 403 403 302",
    "admin:desk_job_delete": "302 302 302 302 403 403 403 302",
    "admin:desk_job_history": "302 302 302 302 200 302 302 302",
    "api:job-detail": "401 403 200 404 200 403 403 403",
    "api:job-list": "401 403 200 200 200 403 403 403",
    "desk:dues": "302 200 200 200 200 200 200 302",
    "desk:import_batch_again": "302 403 403 404 403 403 403 302",
    "desk:import_batch_confirm": "302 403 403 404 403 403 403 302",
    "desk:import_batch_detail": "302 403 200 404 200 403 403 302",
    "desk:import_batch_drop": "302 403 403 404 403 403 403 302",
    "desk:import_batch_export": "302 403 200 200 200 403 403 302",
    "desk:import_batch_list": "302 403 200 200 200 403 403 302",
    "desk:import_batch_refused": "302 403 403 404 403 403 403 302",
    "desk:job_detail": "302 403 200 404 200 403 403 302",
    "desk:job_export": "302 403 200 200 200 403 403 302",
    "desk:job_file": "302 403 403 404 403 403 403 302",
    "desk:job_list": "302 403 200 200 200 403 403 302",
    "desk:manual": "302 200 200 200 200 200 200 302",
    "desk:manual_section": "302 200 200 200 200 200 200 302",
    "desk:message_list": "302 200 200 200 200 200 200 302",
    "desk:message_read": "302 405 405 405 405 405 405 302",
    "admin:desk_acceptedfinding_add": "302 302 302 302 403 403 403 302",
    "admin:desk_acceptedfinding_change": "302 302 302 302 200 403 403 302",
    "admin:desk_acceptedfinding_changelist": "302 302 302 302 200 403 403 302",
    "admin:desk_acceptedfinding_delete": "302 302 302 302 200 403 403 302",
    "admin:desk_acceptedfinding_history": "302 302 302 302 200 302 302 302",
    # what is wrong is seen by who keeps the records, and accepted by who answers for them
    "desk:accepted_finding_detail": "302 403 200 404 200 403 403 302",
    "desk:accepted_finding_export": "302 403 200 200 200 403 403 302",
    "desk:accepted_finding_history": "302 403 200 404 200 403 403 302",
    "desk:accepted_finding_list": "302 403 200 200 200 403 403 302",
    "desk:accepted_finding_remove": "302 403 403 403 200 403 403 302",
    "desk:quality": "302 403 200 200 200 403 403 302",
    "desk:quality_accept": "302 403 403 403 404 403 403 302",
    "desk:quality_export": "302 403 200 200 200 403 403 302",
    "desk:quality_list": "302 403 200 200 200 403 403 302",
    "desk:quality_recount": "302 403 403 403 405 403 403 302",
    "desk:saved_filter_add": "302 405 405 405 405 405 405 302",
    "desk:saved_filter_remove": "302 405 405 405 405 405 405 302",
    "desk:search": "302 200 200 200 200 200 200 302",
    "desk:workbench": "302 200 200 200 200 200 200 302",
}

VERBS = {
    "export_request": {"post": "401 403 405 405 405 403 403 403"},  # asked for on the page of a list
    "job": {
        "post": "401 403 403 403 403 403 403 403",
        "put": "401 403 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403 403",
    },
}

OF = {"desk:saved_filter_remove": "job"}
