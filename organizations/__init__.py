"""Social organisations and social work."""
