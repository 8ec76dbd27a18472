"""What a value means against its target: pure functions on numbers (docs/attainment.md, parts 5 to 7)."""
