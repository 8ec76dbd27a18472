"""The tree of places, with its estates, facilities and capabilities."""
