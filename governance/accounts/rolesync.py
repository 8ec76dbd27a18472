"""Brings the roles of the code into their table after each migration."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import override

from governance.accounts.models import RoleInForce
from governance.accounts.roles import ROLES, Role


def follow_code(**options: Any) -> None:
    """Write what differs, take out what is no role any more."""
    with override("zh-hans"), transaction.atomic():
        stored = RoleInForce.objects.in_bulk()
        for role in ROLES.values():
            row = _row(role)
            if role.slug not in stored:
                row.save(force_insert=True)
            elif any(getattr(stored[role.slug], name) != getattr(row, name) for name in _FIELDS):
                row.save(force_update=True)
        RoleInForce.objects.exclude(pk__in=ROLES).delete()


_FIELDS = [field.name for field in RoleInForce._meta.concrete_fields]


def _row(role: Role) -> RoleInForce:
    return RoleInForce(
        slug=role.slug, name=str(role.label), description=str(role.description), permissions=sorted(role.permissions),
        levels=list(role.levels), unit=role.unit, works_in_admin=role.admin, apart=role.apart,
    )  # fmt: skip
