"""Funds of communities, what is budgeted of them, and what they give."""

from funds.models.budget import FundBudget
from funds.models.fund import Fund
from funds.models.grant import FundGrant

__all__ = ["Fund", "FundBudget", "FundGrant"]
