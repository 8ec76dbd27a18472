"""A person, recorded once; roles in other apps point here."""
