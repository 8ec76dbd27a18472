"""Where a person has a role: kept by the database from the tables of the roles, and what decides who sees her."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.personroles import roles
from governance.kit.privacy import classified
from governance.kit.scoping import ScopedQuerySet, permission
from governance.regions.models import Region


class PersonPlaceQuerySet(ScopedQuerySet):
    """Places of persons."""

    def seen_by(self, user: Any, verb: str) -> Self:
        """Return the places inside the scope of `user` for the permission `verb`; sensitive roles for those who see them."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        sensitive = [role for role in roles() if role.sensitive]
        seen = self.inside(user.scope_for(verb))
        if not sensitive:
            return seen
        plain = seen.exclude(role__in=[role.slug for role in sensitive])
        known = models.Q(pk__in=())
        for role in sensitive:
            known |= models.Q(role=role.slug) & user.scope_for(permission(role.model, "view")).q(self.region_path)
        return plain | (seen.filter(known))


@classified(internal="id person region role")
class PersonPlace(models.Model):
    """A person has, or had, this role at this place. Nobody enters it: triggers on the tables of the roles do.

    An ended role keeps its place, for its history stays visible where it happened; one that is removed does not. Person
    and place are held by the foreign keys of the role, and are not checked a second time for millions of rows.
    """

    person = models.ForeignKey(
        "people.Person",
        models.CASCADE,
        related_name="places",
        db_index=False,
        db_constraint=False,
        verbose_name=_("人员"),
    )
    region = models.ForeignKey(
        Region, models.CASCADE, related_name="+", db_index=False, db_constraint=False, verbose_name=_("地区")
    )
    role = models.CharField(_("身份"), max_length=24)

    objects = PersonPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("人员所在地")
        verbose_name_plural = pgettext_lazy("plural", "人员所在地")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("person", "region", "role"),
                name="person_place_once",
                violation_error_message=_("该人员在这里的这个身份已记录。"),
            ),
        )
        indexes = (
            models.Index(fields=("region", "person", "role"), name="person_place_region"),  # who is here
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"
