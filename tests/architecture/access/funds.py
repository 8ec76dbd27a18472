"""Funds, budgets and grants."""

LISTED = {"fund": "records", "fund_budget": "ruled", "fund_grant": "records"}
