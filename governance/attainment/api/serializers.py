"""How this app's records look to partner systems."""

from governance.attainment.models import ReportedFigure
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
