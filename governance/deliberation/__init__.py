"""Consultation, mediation, calls to departments, tasks and awards."""
