"""Who may write the roles of the trial tables: their lists do not exist, so the roles of users are told here."""

from __future__ import annotations

from typing import Any

import pytest

from governance.accounts.roles import Role
from governance.people.actions import entered
from tests.trial.models import Helper

HELPERS = entered(Helper)
NUMBER, OTHER_NUMBER = "11010519491231002X", "500101200002290125"


@pytest.fixture(autouse=True)
def helpers_are_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let clerks and partners keep helpers, and administrators of the bureau see confidants."""
    plain: Any = Role.permissions
    read = plain.fget
    helper = {f"trial.{verb}_helper" for verb in ("view", "add", "change", "delete")}
    more = {"clerk": helper, "partner": helper, "bureau_admin": helper | {"trial.view_confidant"}}
    monkeypatch.setattr(Role, "permissions", property(lambda role: read(role) | more.get(role.slug, set())))
