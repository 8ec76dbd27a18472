"""Somebody in one street who may do everything there is, so that only the scope can stop her."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from governance.accounts import roles
from governance.accounts.models import UserSession
from governance.accounts.roles import Role
from tests.factories import make_tree, make_user
from tests.factories.places import Tree
from tests.stage import same_visitor, staged

EVERYTHING = frozenset().union(*(role.permissions for role in roles.ROLES.values()))


@dataclass(frozen=True)
class World:
    """The places, and somebody signed in in one of the streets."""

    tree: Tree
    visitor: Client


def make_world() -> World:
    """Make it."""
    tree, visitor = make_tree(), Client()
    visitor.force_login(make_user("almighty", tree.street, "clerk", name="本街全能"))
    return World(tree, visitor)


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """What all tests of this folder look at, made once."""
    with staged(django_db_blocker, make_world) as made:
        yield made


@pytest.fixture
def tree(db: None, world: World) -> Tree:
    """One county with two streets, and the county beside it."""
    return deepcopy(world.tree)


@pytest.fixture
def everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clerk's role grant every permission there is, the admin included."""
    almighty = Role("clerk", "clerk", "", own=EVERYTHING, admin=True)
    monkeypatch.setitem(roles.ROLES, "clerk", almighty)


@pytest.fixture
def almighty(db: None, everybody: None, world: World) -> Client:
    """A client of somebody who may do everything in one street, and nothing beside it."""
    # as if she had signed in just now: a session that was not seen for a minute is noted by one more query
    UserSession.objects.update(seen_at=timezone.now())
    return same_visitor(world.visitor)
