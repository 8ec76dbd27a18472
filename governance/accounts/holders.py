"""Who holds a permission at a place: the people whom a message about it is for."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from governance.accounts.models import Post, User
from governance.accounts.roles import ROLES
from governance.regions.models import Region


def holders(permission: str, region: Region) -> QuerySet[User]:
    """Return the people who hold a permission at a place today: by a post there or at a place above it."""
    posts = _posts(permission).filter(region__path__in=_line(region.path))
    found: QuerySet[User] = User.objects.filter(pk__in=posts.values("user")).order_by("pk")
    return found


class Holders:
    """The same for many places, read once."""

    def __init__(self, permission: str) -> None:
        self._at: dict[str, list[User]] = defaultdict(list)
        self._places: dict[str, int] = {}
        for post in _posts(permission).select_related("user", "region").order_by("region__path", "user", "pk"):
            if post.user not in self._at[post.region.path]:
                self._at[post.region.path].append(post.user)
            self._places[post.region.path] = post.region_id

    @property
    def places(self) -> dict[str, int]:
        """The places at which somebody holds it: path and key."""
        return self._places

    def at(self, path: str) -> list[User]:
        """Return who holds it by a post at this very place."""
        return self._at.get(path, [])

    def nearest(self, path: str) -> list[User]:
        """Return who holds it at the place with this path or nearest above it: who is to do something there."""
        return next((self._at[each] for each in reversed(_line(path)) if each in self._at), [])


def _posts(permission: str) -> Any:
    roles = [role.slug for role in ROLES.values() if permission in role.permissions]
    people = {"user__is_active": True, "user__kind": User.Kind.PERSON}
    return Post.objects.alive_on(timezone.localdate()).filter(role__in=roles, unit="", **people)


def _line(path: str) -> list[str]:
    """Return the paths from the top down to a place, that of the place last."""
    return [path[: at + 1] for at, sign in enumerate(path) if sign == "/"]
