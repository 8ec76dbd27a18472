"""What the portal keeps for a user."""

from governance.desk.models.batch import ImportBatch
from governance.desk.models.export import ExportRequest
from governance.desk.models.finding import AcceptedFinding, QualityCount
from governance.desk.models.job import Job, JobQuerySet
from governance.desk.models.last import LastUsed
from governance.desk.models.message import Message, MessageQuerySet
from governance.desk.models.row import ImportRow
from governance.desk.models.saved import SavedFilter

__all__ = [
    "AcceptedFinding",
    "ExportRequest",
    "ImportBatch",
    "ImportRow",
    "Job",
    "JobQuerySet",
    "LastUsed",
    "Message",
    "MessageQuerySet",
    "QualityCount",
    "SavedFilter",
]
