"""The way of a file to records: received, checked, confirmed, forgotten."""
