"""Management commands of the policies app."""
