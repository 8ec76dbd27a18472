"""Needs, resources and the projects where the five actors meet."""
