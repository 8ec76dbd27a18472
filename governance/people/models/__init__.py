"""A person, recorded once, and where her roles are."""

from governance.people.models.linked import PersonRecord, PersonScopedQuerySet
from governance.people.models.person import Person, PersonQuerySet
from governance.people.models.place import PersonPlace

__all__ = ["Person", "PersonPlace", "PersonQuerySet", "PersonRecord", "PersonScopedQuerySet"]
