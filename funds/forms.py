"""Forms of funds and budgets."""

from funds.models import Fund, FundBudget, FundGrant
from governance.kit.forms import RecordForm


class FundForm(RecordForm):
    """A fund."""

    class Meta(RecordForm.Meta):
        model = Fund
        fields = ("region", "kind", "name", "organization", "agreement_on", "document_no", "since", "until")


class FundBudgetForm(RecordForm):
    """A budget."""

    class Meta(RecordForm.Meta):
        model = FundBudget
        fields = ("region", "year", "purpose", "fund", "amount", "document_no")


class FundGrantForm(RecordForm):
    """A grant."""

    class Meta(RecordForm.Meta):
        model = FundGrant
        fields = ("fund", "project", "amount", "granted_on", "purpose", "document_no")
