"""Computed numbers of whole sub-trees: what is computed, part by part, how it is kept, and how it stays up to date."""
