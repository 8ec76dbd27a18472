"""What lists of funds and budgets show."""

from funds.models import Fund, FundBudget, FundGrant
from governance.kit.columns import ListTable


class FundTable(ListTable):
    """Columns of the list of funds."""

    class Meta(ListTable.Meta):
        model = Fund
        fields = ("name", "kind", "region", "organization", "agreement_on", "document_no", "since", "until")
        shown = ("name", "kind", "region", "organization", "agreement_on", "since", "until")


class FundBudgetTable(ListTable):
    """Columns of the list of budgets."""

    class Meta(ListTable.Meta):
        model = FundBudget
        fields = ("year", "region", "purpose", "fund", "amount", "document_no")


class FundGrantTable(ListTable):
    """Columns of the list of grants."""

    class Meta(ListTable.Meta):
        model = FundGrant
        fields = ("granted_on", "project", "fund", "amount", "purpose", "document_no")
