"""Where a user may look and write: the one rule behind every list, form, API and admin page.

A user holds posts: a role in a region. A role grants permissions, so each permission has a scope of its own:
the sub-trees of the posts whose role grants it. A region's path starts with the path of each of its ancestors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self, runtime_checkable

from django.db.models import Model, Q, QuerySet

from governance.kit.belonging import Held, is_own, own_q


@dataclass(frozen=True, slots=True)
class Scope:
    """Sub-trees of the region tree, as the paths of their roots; no path means nothing at all."""

    paths: tuple[str, ...] = ()

    @classmethod
    def over(cls, paths: Any) -> Scope:
        """Return the scope over `paths` without those that lie inside another one."""
        kept: list[str] = []
        for path in sorted(set(paths)):
            if not (kept and path.startswith(kept[-1])):
                kept.append(path)
        return cls(tuple(kept))

    def q(self, lookup: str) -> Q:
        """Return the condition that the path at `lookup` lies inside."""
        condition = Q(pk__in=())
        for path in self.paths:
            condition |= Q(**{f"{lookup}__startswith": path})
        return condition

    def covers(self, path: str) -> bool:
        """Return whether the region with this path lies inside."""
        return any(path.startswith(root) for root in self.paths)

    def __bool__(self) -> bool:
        return bool(self.paths)


@runtime_checkable
class Actor(Protocol):
    """The part of a user that the kit needs: staff in the browser and partner systems alike."""

    pk: Any

    @property
    def is_authenticated(self) -> bool:
        """Whether this is somebody."""

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Return whether one of the current posts grants `perm`."""

    def scope_for(self, perm: str) -> Scope:
        """Return where `perm` is granted."""

    def held_for(self, perm: str) -> tuple[Held, ...]:
        """Return the units for whose own records `perm` is granted."""


def permission(model: type[Model], verb: str) -> str:
    """Return the name of a model permission, such as `regions.change_facility`."""
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}"


class ScopedQuerySet(QuerySet[Any]):
    """A queryset that knows which of its rows a user may see or write."""

    region_path: ClassVar[str] = "region__path"

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return the rows on which `user` may do `verb` (view, change, delete); none for an anonymous visitor."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        perm = permission(self.model, verb)
        own = own_q(self.model, user.held_for(perm), verb, self.region_path)
        return self.filter(user.scope_for(perm).q(self.region_path) | own)

    def inside(self, scope: Scope) -> Self:
        """Return the rows homed inside `scope`."""
        return self.filter(scope.q(self.region_path))

    @classmethod
    def allows(cls, user: Any, verb: str, record: Model) -> bool:
        """Return whether `user` may do `verb` on this very record, saved or not: the rule of `allowed_to` for one row."""
        perm = permission(record._meta.model, verb)
        held = user.held_for(perm)
        if held and is_own(record, held, verb, lambda: region_path_of(record)):
            return True
        return bool(user.scope_for(perm).covers(region_path_of(record)))

    def visible_to(self, user: Any) -> Self:
        """Return the rows that `user` may see."""
        return self.allowed_to(user, "view")

    def nameable_by(self, user: Any) -> Self:
        """Return the rows that `user` may name in a record of her own; a register of public names says more."""
        return self.visible_to(user)

    def visible_or_above(self, user: Any) -> Self:
        """Return the rows that `user` may see, and those of the places above: what is in force there holds below."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        scope = user.scope_for(permission(self.model, "view"))
        above = {path[: at + 1] for path in scope.paths for at, sign in enumerate(path) if sign == "/"}
        return self.filter(scope.q(self.region_path) | Q(**{f"{self.region_path}__in": above}))


def writing_scope(user: Any, perm: str) -> Scope:
    """Return the places that a form may name: where `perm` is granted, for all records or for those of one's unit."""
    scope: Scope = user.scope_for(perm)
    held = user.held_for(perm)
    return Scope.over([*scope.paths, *(post.path for post in held)]) if held else scope


def region_path_of(record: Model) -> str:
    """Return the path of the region at which `record` is homed."""
    value: Any = record
    rows: Any = record._meta.model._default_manager.get_queryset()  # not type(): the signed-in user is a lazy wrapper
    for name in rows.region_path.split("__"):
        value = getattr(value, name)
    return str(value)


def may(user: Any, verb: str, record: Model) -> bool:
    """Return whether `user` may do `verb` on this very record."""
    if not getattr(user, "is_authenticated", False):
        return False
    rows: Any = record._meta.model._default_manager.get_queryset()
    return bool(rows.allows(user, verb, record))
