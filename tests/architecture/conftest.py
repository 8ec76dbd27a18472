"""Everybody, and a record of each list in one street: made once for all questions who gets what."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client, override_settings

from governance.accounts.models import Post
from governance.kit.listing import LISTINGS
from organizations.models import Organization
from tests.conftest import partner_client
from tests.factories import make_record, make_tree, make_user
from tests.factories.places import Tree
from tests.stage import same_visitor, staged


@dataclass(frozen=True)
class World:
    """The places, the cast by name, and by list what the address of a record in the street needs."""

    tree: Tree
    cast: dict[str, Client]
    others: dict[str, Client]
    values: dict[str, dict[str, Any]]


def make_world() -> World:
    """Make it."""
    tree = make_tree()
    users = {
        "street_clerk": make_user("street_clerk", tree.street, "clerk", name="周敏"),
        "next_street_clerk": make_user("next_street_clerk", tree.next_street, "clerk", name="邻街经办"),
        "bureau_admin": make_user("bureau_admin", tree.county, "bureau_admin", name="刘洋"),
        "system_admin": make_user("system_admin", tree.county, "system_admin", name="系统管理员"),
        "auditor": make_user("auditor", tree.county, "auditor", name="审计管理员"),
        "no_post": make_user("no_post", tree.street, name="无岗位"),
    }
    cast = {"anonymous": Client()} | {name: Client() for name in users}
    for name, user in users.items():
        cast[name].force_login(user)
    cast["partner"] = partner_client(tree.street, ["view", "add", "change", "delete"])
    others = _others(tree)
    values = {}
    for model, listing in LISTINGS.items():
        record = tree.community if listing.name == "region" else make_record(model, tree.community, "本街记录")
        for field in listing.files:
            stored = getattr(record, field)
            if not stored and record._meta.get_field(field).editable:
                stored.save("evidence.pdf", ContentFile(b"%PDF-1.4 evidence"))
        values[listing.name] = {listing.key: getattr(record, listing.key), "object_id": record.pk}
    return World(tree, cast, others, values)


def _others(tree: Tree) -> dict[str, Client]:
    """Return those who are like somebody of the cast, each with a client; the units have no record of the street."""
    users = {name: make_user(name, tree.street, name) for name in ("approver", "evaluator")}
    users["security_admin"] = make_user("security_admin", tree.county, "security_admin")
    own = make_record(Organization, tree.county, "别的组织")
    for name, place, unit in (
        ("organization_manager", tree.county, str(own.pk)),
        ("department_operator", tree.street, "区住建局"),
    ):
        users[name] = make_user(name, tree.street)
        Post.objects.create(user=users[name], role=name, region=place, unit=unit, since=date(2020, 1, 1))
    found = {name: Client() for name in users}
    for name, user in users.items():
        found[name].force_login(user)
    return found


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the world keeps its files."""
    return tmp_path_factory.mktemp("private")


@pytest.fixture(autouse=True)
def private_root(settings: Any, folder: Path) -> None:
    """The files of the world are where it put them."""
    settings.PRIVATE_ROOT = str(folder)


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any, folder: Path) -> Iterator[World]:
    """The world, until the last test of this folder."""
    with override_settings(PRIVATE_ROOT=str(folder)), staged(django_db_blocker, make_world) as made:
        yield made


@pytest.fixture
def tree(db: None, world: World) -> Tree:
    """The places."""
    return deepcopy(world.tree)


@pytest.fixture
def cast(db: None, world: World) -> dict[str, Client]:
    """Everybody by name, each with a client."""
    return {name: same_visitor(client) for name, client in world.cast.items()}


@pytest.fixture
def others(db: None, world: World) -> dict[str, Client]:
    """The others by name, each with a client."""
    return {name: same_visitor(client) for name, client in world.others.items()}


@pytest.fixture
def values(db: None, world: World) -> dict[str, dict[str, Any]]:
    """A record of each list in the street of `street_clerk`, by the name of the list."""
    return deepcopy(world.values)
