"""Funds and budgets."""

LISTED = {"fund": "records", "fund_budget": "ruled"}
