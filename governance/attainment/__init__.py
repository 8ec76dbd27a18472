"""The engine that computes how far targets are reached."""
