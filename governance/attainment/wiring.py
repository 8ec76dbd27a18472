"""What this app tells the others through the kit."""

from governance.attainment import preview
from governance.kit.review import register_preview
from governance.policies.models import Indicator, Target

register_preview(Target, preview.of_target)
register_preview(Indicator, preview.of_indicator)
