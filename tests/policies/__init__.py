"""Policies, their packs, and who sees them."""
