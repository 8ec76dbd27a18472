"""How dates and numbers are written: ISO dates and thousands separators in every language."""
