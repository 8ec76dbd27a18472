"""What lists of this app show."""
