"""Staged import: a file becomes a checked table of rows first, and is written as a whole when that is confirmed."""
