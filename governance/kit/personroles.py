"""What a person can be, told by the app that keeps the role; a person is visible where one of her roles is homed.

An app registers in its `wiring.py`; `people` reads it, so that it sees persons through roles that it does not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey, Model

_roles: dict[str, PersonRole] = {}


@dataclass(frozen=True, slots=True)
class PersonRole:
    """A role: its name in the database, how it is called, where it is kept, and its fields of the person and the place.

    Both are foreign keys of the table itself. Of a `sensitive` role (a client, a party to a dispute) only those know
    who may view its records: it neither shows the person to others nor stands on her page for them.
    """

    slug: str
    label: Any
    model: type[Model]
    person: str = "person"
    region: str = "region"
    sensitive: bool = False

    def __post_init__(self) -> None:
        for name in (self.person, self.region):
            if not isinstance(self.model._meta.get_field(name), ForeignKey):
                raise TypeError(f"{self.slug}: {self.model.__name__}.{name} is no foreign key")

    def column(self, name: str) -> str:
        """Return the column of a field."""
        return str(self.model._meta.get_field(name).column)  # type: ignore[union-attr]


def register(*roles: PersonRole) -> None:
    """Add roles; a name stands for one role only."""
    for role in roles:
        if _roles.setdefault(role.slug, role) != role:
            raise ValueError(f"the role {role.slug} is registered already")


def forget(slug: str) -> None:
    """Take a role back: for tests that bring their own."""
    _roles.pop(slug, None)


def roles() -> list[PersonRole]:
    """Return all roles in the order of registration."""
    return list(_roles.values())
