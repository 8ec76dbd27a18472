"""Policies with their clauses, indicators and targets."""
