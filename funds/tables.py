"""What lists of funds and budgets show."""

from funds.models import Fund, FundBudget
from governance.kit.columns import ListTable


class FundTable(ListTable):
    """Columns of the list of funds."""

    class Meta(ListTable.Meta):
        model = Fund
        fields = ("name", "kind", "region", "organization", "agreement_on", "document_no", "since", "until")


class FundBudgetTable(ListTable):
    """Columns of the list of budgets."""

    class Meta(ListTable.Meta):
        model = FundBudget
        fields = ("year", "purpose", "region", "fund", "amount", "document_no")
