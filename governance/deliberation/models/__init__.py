"""What residents and departments decide, are called to and are known for."""

from governance.deliberation.models.award import Award
from governance.deliberation.models.consultation import Consultation, ConsultationParticipant
from governance.deliberation.models.designation import Designation
from governance.deliberation.models.dispute import Dispute
from governance.deliberation.models.emergency_plan import EmergencyPlan
from governance.deliberation.models.expert import Expert
from governance.deliberation.models.unit_assessment import UnitAssessment
from governance.deliberation.models.whistle_call import WhistleCall
from governance.deliberation.models.work_task import WorkTask

__all__ = [
    "Award",
    "Consultation",
    "ConsultationParticipant",
    "Designation",
    "Dispute",
    "EmergencyPlan",
    "Expert",
    "UnitAssessment",
    "WhistleCall",
    "WorkTask",
]
