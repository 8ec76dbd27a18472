"""What can be counted of funds and budgets."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funds.models import Fund, FundBudget
from governance.kit.measures.sources import Events, Intervals, Mark, Weight, declare

_KIND = Fund.Kind

declare(
    Intervals(
        "community_funds",
        _("社区基金"),
        model="funds.Fund",
        home="region",
        marks={kind.value: Mark(kind.label, _("只"), Q(kind=kind)) for kind in _KIND},
    )
)

declare(
    Events(
        "fund_budgets",
        _("年度预算"),
        model="funds.FundBudget",
        home="region",
        on="starts_on",
        marks={"livelihood": Mark(_("惠民资金预算"), _("笔"), Q(purpose=FundBudget.Purpose.LIVELIHOOD))},
        weights={"cents": Weight("cents", _("预算金额"), _("分"))},
    )
)
