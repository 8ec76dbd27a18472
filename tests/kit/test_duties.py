"""What a role may do follows from its duty."""

from __future__ import annotations

import pytest

from governance.accounts.roles import ROLES
from governance.kit.access import APART, RECORDS, RULED
from governance.kit.duties import granted
from governance.regions.listings import ESTATES, REGISTER_COVERAGE


def test_who_keeps_writes_records_and_only_looks_at_what_is_ruled() -> None:
    clerk, bureau = ROLES["clerk"].permissions, ROLES["bureau_admin"].permissions
    assert (ESTATES.access, REGISTER_COVERAGE.access) == (RECORDS, RULED)
    assert {"regions.view_estate", "regions.add_estate", "regions.view_registercoverage"} <= clerk
    assert "regions.add_registercoverage" not in clerk
    assert "regions.add_registercoverage" in bureau


def test_a_role_without_a_duty_has_its_own_permissions_alone() -> None:
    assert ROLES["auditor"].permissions == {"audit.view_auditevent", "audit.view_rowchange", "audit.view_auditseal"}
    assert all(name.startswith("accounts.") for name in ROLES["system_admin"].permissions)


def test_accounts_and_the_trail_belong_to_no_duty() -> None:
    given = granted("look") | granted("keep") | granted("rule") | granted("partner")
    assert not [name for name in given if name.startswith(("accounts.", "audit."))]
    assert APART.verbs("rule") == ()


def test_moves_are_added_to_a_duty() -> None:
    access = RULED.with_verbs(keep="submit", rule="approve")
    assert access.verbs("keep") == ("view", "submit")
    assert access.verbs("rule") == ("view", "add", "change", "delete", "approve")
    assert access.verbs("partner") == ("view",)


def test_an_unknown_duty_is_a_mistake() -> None:
    with pytest.raises(LookupError):
        granted("everything")
