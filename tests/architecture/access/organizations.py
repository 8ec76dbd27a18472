"""Organisations are kept by the streets; who is a charity, the civil affairs administration says."""

LISTED = {
    "organization": "records",
    "organization_status": "records",
    "charity_recognition": "ruled",
    "organization_party": "records",
    "organization_restriction": "records",
    "organization_ending": "shown",
    "registration_assessment": "records",
    "incubation": "records",
    "social_work_post": "records",
    "social_work_certificate": "records",
    "community_worker_post": "records",
    "committee_member": "records",
    "training_record": "records",
    "qualified_span": "shown -history",
}

GET = {
    "organizations:organization_dissolve": "302 403 200 404 200 403 403 302",
    "organizations:organization_relocate": "302 403 200 404 200 403 403 302",
    "organizations:organization_restore": "302 403 200 404 200 403 403 302",
    "organizations:organization_standing": "302 403 200 404 200 403 403 302",
}

OF = {
    "organizations:organization_dissolve": "organization",
    "organizations:organization_relocate": "organization",
    "organizations:organization_restore": "organization",
    "organizations:organization_standing": "organization",
}
