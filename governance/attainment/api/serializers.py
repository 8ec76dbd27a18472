"""How this app's records look to partner systems."""

from governance.attainment.models import AttainmentRun, ReportedFigure
from governance.kit.api import RecordSerializer
from governance.regions.fields import RegionCodeField


class ReportedFigureSerializer(RecordSerializer):
    """A figure; of a survey `value` is part of `out_of`. The state is moved by the transitions, not written."""

    region = RegionCodeField()

    class Meta:
        model = ReportedFigure
        fields = (
            "id", "region", "measure", "on", "value", "out_of", "until", "source", "state", "reason", "changed_at",
        )  # fmt: skip
        read_only_fields = ("state", "reason")


class AttainmentRunSerializer(RecordSerializer):
    """A run with its progress; what came of it is in `report`. Nothing of it can be written."""

    class Meta:
        model = AttainmentRun
        fields = (
            "id", "cause", "status", "chunks_done", "chunks_total", "months", "rows", "report", "error", "created_at",
            "started_at", "heard_at", "finished_at",
        )  # fmt: skip
        read_only_fields = fields
