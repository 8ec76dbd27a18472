"""What is asked of the names that places bear before they are written."""

from django.utils.translation import gettext as _

from governance.deliberation.models import Designation
from governance.kit.errors import DomainError
from governance.regions.models import Level


def at_its_level(designation: Designation) -> None:
    """Refuse brands of service and pilots of posts that are named of more than a community."""
    kind = Designation.Kind
    if designation.kind in (kind.SERVICE_BRAND, kind.SOCIAL_WORK_POST_PILOT) and (
        designation.region.level != Level.COMMUNITY
    ):
        reason = _("社区服务品牌和社工岗位试点以村（社区）为单位，请选村（社区）。")
        raise DomainError(reason, code="designation_in_community", field="region")
