"""Declared sources, compiled: how their rows are read, and which of them stand behind a number."""
