"""Organisations are kept by the streets; who is a charity, the civil affairs administration says."""

LISTED = {
    "organization": "records",
    "organization_status": "records",
    "charity_recognition": "ruled",
    "organization_party": "records",
    "registration_assessment": "records",
    "incubation": "records",
    "social_work_post": "records",
    "social_work_certificate": "records",
    "community_worker_post": "records",
    "committee_member": "records",
    "training_record": "records",
    "qualified_span": "shown",
}
