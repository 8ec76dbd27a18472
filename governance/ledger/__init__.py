"""The double-entry core of money, hours, points and goods."""
