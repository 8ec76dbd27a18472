"""Somebody in one street who may do everything there is, so that only the scope can stop her."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client

from governance.accounts import roles
from governance.accounts.models import User
from governance.accounts.roles import Role
from tests.factories import make_tree, make_user
from tests.factories.places import Tree
from tests.stage import staged

EVERYTHING = frozenset().union(*(role.permissions for role in roles.ROLES.values()))


@pytest.fixture(scope="package")
def places(django_db_setup: None, django_db_blocker: Any) -> Iterator[Tree]:
    """The places, made once for all tests of this folder."""
    with staged(django_db_blocker, make_tree) as made:
        yield made


@pytest.fixture
def tree(db: None, places: Tree) -> Tree:
    """One county with two streets, and the county beside it."""
    return deepcopy(places)


@pytest.fixture
def everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clerk's role grant every permission there is, the admin included."""
    almighty = Role("clerk", "clerk", "", own=EVERYTHING, admin=True)
    monkeypatch.setitem(roles.ROLES, "clerk", almighty)


@pytest.fixture
def almighty(everybody: None, tree: Tree, as_user: Any) -> Client:
    """A client of somebody who may do everything in one street, and nothing beside it."""
    user: User = make_user("almighty", tree.street, "clerk", name="本街全能")
    return as_user(user)  # type: ignore[no-any-return]
