"""The whole API asked with generated and with broken requests, by somebody of one street."""
