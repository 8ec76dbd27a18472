"""The cast. Every permission test has someone who must not get in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import settings as hypothesis_settings

from governance.accounts.models import User
from governance.kit.catalogue import compile_mo
from tests.emptying import put_back_beginning, remember_beginning
from tests.factories import make_partner, make_tree, make_user
from tests.factories.places import Tree

# The same examples each time, however slow the machine: what fails here fails everywhere.
hypothesis_settings.register_profile("portal", derandomize=True, deadline=None)
hypothesis_settings.load_profile("portal")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the English catalogue before anything is translated, once for all workers."""
    if not hasattr(config, "workerinput"):
        compile_mo(Path(settings.BASE_DIR) / "locale" / "en" / "LC_MESSAGES" / "django.po")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Have a test that committed leave the database as it was made, in a moment."""

    def put_back(_case: TransactionTestCase) -> None:
        put_back_beginning()
        connection.close()

    with django_db_blocker.unblock():
        remember_beginning()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", put_back)
        yield


@pytest.fixture
def tree(db: None) -> Tree:
    """One county with two streets, and the county beside it."""
    return make_tree()


@pytest.fixture
def street_clerk(tree: Tree) -> User:
    """Registers what happens in one street."""
    return make_user("street_clerk", tree.street, "clerk", name="周敏")


@pytest.fixture
def next_street_clerk(tree: Tree) -> User:
    """Must see nothing of the first one's street."""
    return make_user("next_street_clerk", tree.next_street, "clerk", name="邻街经办")


@pytest.fixture
def bureau_admin(tree: Tree) -> User:
    """Runs the county's data in the admin."""
    return make_user("bureau_admin", tree.county, "bureau_admin", name="刘洋")


@pytest.fixture
def system_admin(tree: Tree) -> User:
    """Opens accounts in the county; sees no business data."""
    return make_user("system_admin", tree.county, "system_admin", name="系统管理员")


@pytest.fixture
def security_admin(tree: Tree) -> User:
    """Gives posts in the county; sees no business data."""
    return make_user("security_admin", tree.county, "security_admin", name="安全管理员")


@pytest.fixture
def auditor(tree: Tree) -> User:
    """Reads the trail of the county; sees no business data."""
    return make_user("auditor", tree.county, "auditor", name="审计管理员")


@pytest.fixture
def no_post(tree: Tree) -> User:
    """Logged in without a post."""
    return make_user("no_post", tree.street, name="无岗位")


@pytest.fixture
def partner(tree: Tree) -> Client:
    """A partner system with a token for all verbs in one street."""
    return partner_client(tree.street, ["view", "add", "change", "delete"])


def partner_client(region: Any, verbs: list[str], name: str = "partner") -> Client:
    """Return a test client that carries a partner's token."""
    _client, token = make_partner(region, verbs, name)
    return Client(headers={"authorization": f"Bearer {token}"})


@pytest.fixture
def as_user() -> Any:
    """Return a function that gives a logged-in test client."""

    def login(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return login


@pytest.fixture
def cast(
    street_clerk: User,
    next_street_clerk: User,
    bureau_admin: User,
    system_admin: User,
    auditor: User,
    no_post: User,
    as_user: Any,
    partner: Client,
) -> dict[str, Client]:
    """Everybody by name, each with a client."""
    users = (street_clerk, next_street_clerk, bureau_admin, system_admin, auditor, no_post)
    return {"anonymous": as_user(None)} | {user.username: as_user(user) for user in users} | {"partner": partner}


@pytest.fixture(autouse=True)
def private_root(settings: Any, tmp_path: Any) -> None:
    """Files that tests upload go to a folder of their own."""
    settings.PRIVATE_ROOT = str(tmp_path / "private")
