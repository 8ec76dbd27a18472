"""What the records of this app need more than their fields say."""

from __future__ import annotations

from governance.deliberation.models import Award, ConsultationParticipant, Designation

VALUES = {
    Award: lambda region, name: {"kind": "top_ten", "category": "neighbour"},
    Designation: lambda region, name: {"kind": "five_society_demo", "tier": "district"},
    ConsultationParticipant: lambda region, name: {"role": "resident", "name": name},
}
