"""What the records of this app need more than their fields say."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from governance.deliberation.models import (
    Award,
    Consultation,
    ConsultationParticipant,
    Designation,
    EmergencyPlan,
    UnitAssessment,
)

_day = count()


def _one_plan_at_a_time() -> dict[str, Any]:
    adopted = date(1980, 1, 1) + timedelta(days=2 * next(_day))
    return {"adopted_on": adopted, "until": adopted + timedelta(days=1)}


VALUES = {
    Award: lambda region, name: {"kind": "top_ten", "category": "neighbour"},
    Consultation: lambda region, name: {"held_on": date(2024, 3, 1)},
    ConsultationParticipant: lambda region, name: {"role": "resident", "name": name[:60]},
    Designation: lambda region, name: {"kind": "five_society_demo", "tier": "district"},
    EmergencyPlan: lambda region, name: _one_plan_at_a_time(),
    UnitAssessment: lambda region, name: {"unit": name, "year": 2000 + next(_day) % 100},
}
