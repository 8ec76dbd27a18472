"""Credit codes: the check characters, how a code may be typed, and what a failing one needs."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from governance.accounts.models import User
from governance.kit.creditcode import check_character, is_valid, names_an_organisation, normalised
from organizations.actions import register as actions
from organizations.listings.register import ORGANIZATIONS
from organizations.models import Organization
from tests.factories.places import Tree
from tests.organizations.made import organization

GENUINE = ("914403001922038216", "9144030071526726XG", "91330100799655058B")
MADE = (
    "51500103MJP0000136", "52500112MJQ1234X2J", "53500000MJR0002010", "52500106MJ0000229Y", "54500112MF0000128F",
    "55500103MF00001A34",
)  # fmt: skip
PILOT = "91350211M0000XUF46"  # fails the check, and is genuine


@pytest.mark.parametrize("code", [*GENUINE, *MADE])
def test_a_code_ends_with_its_check_character(code: str) -> None:
    assert is_valid(code)
    assert names_an_organisation(code)
    assert check_character(code[:-1]) == code[-1]


@pytest.mark.parametrize("code", ["914403001922038217", PILOT, "91440300192203821O", GENUINE[0][:-1], ""])
def test_another_does_not(code: str) -> None:
    assert not is_valid(code)


def test_any_changed_character_is_noticed() -> None:
    code = MADE[0]
    for place in range(17):
        changed = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
        assert not is_valid(changed)


def test_the_code_inside_has_a_check_of_its_own() -> None:
    assert is_valid("52500112MJQ1234X5U")
    assert not names_an_organisation("52500112MJQ1234X5U")


def record(tree: Tree, by: User, **values: str | None) -> Organization:
    given = {"region": tree.street, "name": "金谷社工", "nature": "service_body"}
    made: Organization = actions.add_organization(by=by, contact=None, **(given | values))
    return made


@pytest.mark.parametrize("typed", [" 5150 0103 mjp0000136 ", "５１５００１０３ＭＪＰ００００１３６"])
def test_a_code_is_stored_narrow_and_without_blanks(typed: str, tree: Tree, street_clerk: User) -> None:
    assert normalised(typed) == MADE[0]
    made = record(tree, street_clerk, uscc=typed)
    made.refresh_from_db()
    assert made.uscc == MADE[0]


def test_no_code_is_none_at_all(tree: Tree, street_clerk: User) -> None:
    assert record(tree, street_clerk, uscc="").uscc is None
    assert record(tree, street_clerk, name="另一个", uscc=None).uscc is None


@pytest.mark.parametrize("code", ["914403001922038217", PILOT])
def test_a_failing_code_needs_a_proof(code: str, tree: Tree, street_clerk: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        record(tree, street_clerk, uscc=code)
    assert "uscc" in refusal.value.message_dict
    assert record(tree, street_clerk, uscc=code, uscc_proof="登记证书原件").uscc == code


def test_a_proof_helps_no_code_that_is_not_written_right(tree: Tree, street_clerk: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        record(tree, street_clerk, uscc="52500103MJ0000000I", uscc_proof="登记证书原件")
    assert "uscc" in refusal.value.message_dict


def test_a_code_is_taken_once_however_it_is_typed(tree: Tree, street_clerk: User) -> None:
    organization(tree.village, uscc=MADE[0])
    with pytest.raises(ValidationError) as refusal:
        record(tree, street_clerk, uscc=MADE[0].lower())
    assert "该统一社会信用代码已登记。" in refusal.value.messages


DOUBTFUL = {"52500112MJQ1234X5U": "组织机构代码（第 9 至 17 位）的校验位不对", PILOT: "已按所填的依据保存"}


@pytest.mark.parametrize("code", DOUBTFUL)
@pytest.mark.parametrize("admin", [False, True])
def test_a_doubtful_code_is_stored_and_told_of(
    code: str, admin: bool, tree: Tree, bureau_admin: User, as_user: Any
) -> None:
    client = as_user(bureau_admin)
    typed = {"name": "金谷社工", "region": tree.street.code, "nature": "service_body", "uscc": code, "uscc_proof": "证"}
    address = "/admin/organizations/organization/add/" if admin else ORGANIZATIONS.url("add")
    page = client.post(address, typed, follow=True)
    made = Organization.objects.get(uscc=code)
    assert DOUBTFUL[code] in page.content.decode()
    again = actions.change_organization(made, by=bureau_admin, address="一楼")
    assert not hasattr(again, "notice")  # it was told when the code was written
    assert not hasattr(actions.change_organization(made, by=bureau_admin, uscc=MADE[0]), "notice")
    told: Any = actions.change_organization(Organization.objects.get(), by=bureau_admin, uscc=code)
    assert DOUBTFUL[code] in told.notice
