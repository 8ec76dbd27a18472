"""Shared machinery of every app. It has no tables and knows no app."""
