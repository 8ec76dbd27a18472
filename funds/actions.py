"""What is asked of a fund before it is written."""

from django.utils.translation import gettext as _

from funds.models import Fund
from governance.kit.errors import DomainError
from governance.regions.models import Level

_LEVELS = {
    Fund.Kind.DEVELOPMENT_FUND: (Level.TOWNSHIP,),
    Fund.Kind.SELF_GOVERNANCE_FUND: (Level.COMMUNITY,),
    Fund.Kind.MICRO_FUND: (Level.COMMUNITY,),
}


def at_its_level(fund: Fund) -> None:
    """Refuse a kind of fund at a place where there can be none."""
    levels = _LEVELS.get(Fund.Kind(fund.kind), (Level.TOWNSHIP, Level.COMMUNITY))
    if fund.region.level in levels:
        return
    if levels == (Level.TOWNSHIP,):
        reason = _("社区发展基金设在街道（乡镇），请选街道（乡镇）。")
    else:
        reason = _("社区自治金和社区微基金设在村（社区），请选村（社区）。")
    raise DomainError(reason, code="fund_level", field="region")
