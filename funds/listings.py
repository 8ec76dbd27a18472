"""The lists of this app."""

from django.utils.translation import gettext_lazy as _

from funds import actions, filtersets, forms, tables
from funds.models import Fund, FundBudget, FundGrant
from governance.kit.access import RULED
from governance.kit.cards import ListCard
from governance.kit.found import Found
from governance.kit.imports.columns import Imports
from governance.kit.listing import Listing
from governance.kit.navigation import Line
from governance.kit.written import written

FUNDS = Listing(
    "fund", Fund, filtersets.FundFilterSet, tables.FundTable,
    at="", form=forms.FundForm, **written(Fund, rule=actions.at_its_level), nav=Line("charity", 51),
    card=ListCard("region", 60, group="kind", alive=True),
    imports=Imports(natural=("region", "name", "since")),  # its spans may not overlap
    hint=_("登记社区基金、社区发展基金、社区自治金和社区微基金，各类基金数由此得出。"),
    found=Found(55, "coin"),
)  # fmt: skip
BUDGETS = Listing(
    "fund_budget", FundBudget, filtersets.FundBudgetFilterSet, tables.FundBudgetTable,
    at="budgets", form=forms.FundBudgetForm, **written(FundBudget), nav=Line("charity", 52), access=RULED,
    natural=("region", "year", "purpose", "fund"),
    hint=_("登记每年安排的惠民资金等预算，当年安排的资金额由此得出。"),
)  # fmt: skip
GRANTS = Listing(
    "fund_grant", FundGrant, filtersets.FundGrantFilterSet, tables.FundGrantTable,
    at="grants", form=forms.FundGrantForm, **written(FundGrant), nav=Line("charity", 53),
    natural=("fund", "project", "granted_on"),
    hint=_("基金资助项目，每拨付一笔登记一条，项目页面的慈善资源由此得出。"),
)  # fmt: skip
