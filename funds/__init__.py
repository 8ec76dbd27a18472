"""Funds, donations, goods and grants."""
