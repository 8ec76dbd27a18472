"""What the records of this app need more than their fields say."""

from __future__ import annotations

from funds.models import Fund, FundBudget

VALUES = {
    Fund: lambda region, name: {"kind": "micro_fund"},
    FundBudget: lambda region, name: {"purpose": "livelihood", "fund": None},
}
