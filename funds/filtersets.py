"""How funds and budgets are filtered."""

from funds.models import Fund, FundBudget, FundGrant
from governance.kit.filters import FilterSet


class FundFilterSet(FilterSet):
    """Filters of the list of funds."""

    search = ("name__contains", "document_no__contains", "organization__name__contains")

    class Meta(FilterSet.Meta):
        model = Fund
        fields = ("kind", "organization", "since")


class FundBudgetFilterSet(FilterSet):
    """Filters of the list of budgets."""

    search = ("document_no__contains", "fund__name__contains", "region__name__contains")

    class Meta(FilterSet.Meta):
        model = FundBudget
        fields = ("purpose", "year", "fund")


class FundGrantFilterSet(FilterSet):
    """Filters of the list of grants."""

    search = ("purpose__contains", "document_no__contains", "fund__name__contains", "project__title__contains")

    class Meta(FilterSet.Meta):
        model = FundGrant
        fields = ("fund", "project", "granted_on")
