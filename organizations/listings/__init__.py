"""The lists of this app."""

from organizations.listings import register, social_work

__all__ = ["register", "social_work"]
