"""An app of the tests, with tables of its own: every shape that a source can have, before the real ones come."""
