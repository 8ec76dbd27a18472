"""Volunteers, their activities, service records and points."""
