"""How lists of this app are filtered, on every surface."""
