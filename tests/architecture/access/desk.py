"""The desk itself, jobs and imports."""

GET = {
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
    "desk:saved_filter_add": "302 405 405 405 405 405 405 302",
    "desk:saved_filter_remove": "302 405 405 405 405 405 405 302",
    "desk:search": "302 200 200 200 200 200 200 302",
    "desk:workbench": "302 200 200 200 200 200 200 302",
}

VERBS = {
    "job": {
        "post": "401 403 403 403 403 403 403 403",
        "put": "401 403 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403 403",
    },
}

OF = {"desk:saved_filter_remove": "job"}
