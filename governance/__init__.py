"""The apps that every actor of community governance stands on."""
