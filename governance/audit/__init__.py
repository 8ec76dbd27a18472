"""The trail: who did or saw what."""
