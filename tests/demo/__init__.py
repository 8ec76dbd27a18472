"""The demonstration data, on a part of the real divisions."""
