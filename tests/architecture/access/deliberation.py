"""What residents and departments decide, are called to and are known for."""

LISTED = {
    "consultation": "records",
    "consultation_participant": "records",
    "dispute": "records -import",
    "whistle_call": "records",
    "work_task": "records",
    "designation": "ruled",
    "award": "ruled",
    "expert": "records",
    "unit_assessment": "ruled",
    "emergency_plan": "records",
}

GET = {
    "api:dispute-reveal": "401 403 405 405 405 403 403 403",
    "deliberation:dispute_reveal": "302 403 200 404 200 403 403 302",
}
