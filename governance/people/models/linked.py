"""Records of a person that have no place of their own, such as a certificate: seen where the person is seen."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet, permission
from governance.people.models.person import Person
from governance.people.models.place import PersonPlace


class PersonScopedQuerySet(ScopedQuerySet):
    """Rows of persons with a role inside the scope of the row's own permission."""

    region_path = "person__region__path"  # where the trail keeps what is done to them
    decided_by = "person"  # what `allows` asks about; `deciders` asks about many

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return the rows of persons with a place in that scope."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        places = PersonPlace.objects.seen_by(user, permission(self.model, verb))
        return self.filter(Exists(places.filter(person=OuterRef("person"))))

    @classmethod
    def allows(cls, user: Any, verb: str, record: Any) -> bool:
        """Return the same for one row."""
        places = PersonPlace.objects.seen_by(user, permission(record._meta.model, verb))
        return places.filter(person=record.person_id).exists()

    @classmethod
    def deciders(cls, user: Any, verb: str, model: type[models.Model], keys: Collection[int]) -> set[int]:
        """Return the persons among `keys` of whose rows it returns the same."""
        places = PersonPlace.objects.seen_by(user, permission(model, verb)).filter(person__in=keys)
        return set(places.values_list("person", flat=True))


class PersonRecord(Record):
    """The base of such records."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="%(class)ss", verbose_name=_("人员"))

    objects = PersonScopedQuerySet.as_manager()

    class Meta:
        abstract = True
