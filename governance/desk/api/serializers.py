"""How jobs look to partner systems."""

from governance.desk.models import Job
from governance.kit.api import RecordSerializer
from governance.regions.fields import RegionCodeField


class JobSerializer(RecordSerializer):
    """A job with its progress."""

    region = RegionCodeField(read_only=True)

    class Meta:
        model = Job
        fields = (
            "id", "name", "title", "status", "region", "done", "total", "message", "report", "error", "attempts",
            "created_at", "started_at", "finished_at",
        )  # fmt: skip
