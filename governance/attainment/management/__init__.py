"""Management commands of the attainment app."""
