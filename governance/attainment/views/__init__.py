"""Pages of this app beside those of its lists."""
