"""Funds of communities, and what is budgeted of them."""

from funds.models.budget import FundBudget
from funds.models.fund import Fund

__all__ = ["Fund", "FundBudget"]
