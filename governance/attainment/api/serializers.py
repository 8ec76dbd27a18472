"""How this app's records look to partner systems."""

from governance.attainment.models import ReportedFigure
from governance.kit.api import RecordSerializer
from governance.regions.fields import RegionCodeField


class ReportedFigureSerializer(RecordSerializer):
    """A figure."""

    region = RegionCodeField()

    class Meta:
        model = ReportedFigure
        fields = ("id", "region", "measure", "on", "value", "until", "source", "changed_at")
