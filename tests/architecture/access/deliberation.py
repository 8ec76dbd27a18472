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
