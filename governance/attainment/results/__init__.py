"""Answers for people and programs: read from the computed numbers, computed on request where these do not reach."""
