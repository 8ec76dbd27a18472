"""What can be counted of organisations and of social work."""

from organizations.measures import register, social_work

__all__ = ["register", "social_work"]
