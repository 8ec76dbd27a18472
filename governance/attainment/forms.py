"""Forms of this app."""

from django.utils.translation import gettext_lazy as _

from governance.attainment.models import ReportedFigure
from governance.kit.forms import RecordForm
from governance.regions.fields import RegionField


class ReportedFigureForm(RecordForm):
    """A figure."""

    region = RegionField(label=_("地区"))

    class Meta(RecordForm.Meta):
        model = ReportedFigure
        fields = ("region", "measure", "on", "value", "until", "source")
