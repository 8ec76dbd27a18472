"""Users, posts and partner systems, for the contracts of their lists."""

from __future__ import annotations

from governance.accounts.models import FailedLogin, PartnerClient, Post, User
from governance.regions.models import Region
from tests.factories.making import number
from tests.factories.users import make_partner, make_user


def _user(region: Region, name: str) -> User:
    return make_user(f"u{next(number)}", region, name=name)


def _post(region: Region, name: str) -> Post:
    return make_user(f"p{next(number)}", region, "viewer", name=name).posts.get()


def _partner(region: Region, name: str) -> PartnerClient:
    return make_partner(region, ["view"], name=name)[0]


def _failed_login(region: Region, name: str) -> FailedLogin:
    return FailedLogin.objects.create(kind="account", key=f"{name}{next(number)}", region=region, failures=1)


MAKERS = {FailedLogin: _failed_login, User: _user, Post: _post, PartnerClient: _partner}
