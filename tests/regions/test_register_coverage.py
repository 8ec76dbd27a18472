"""From when on registers are kept: the nearest statement going upwards decides, an item's own beats the general one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from governance.accounts.models import User
from governance.kit.measures.sources import SOURCES
from governance.regions.cards import registers as card
from governance.regions.listings import REGISTER_COVERAGE
from governance.regions.models import CapabilityItem, Region, RegisterCoverage
from governance.regions.registers import register_choices, register_name, registers
from tests.factories.places import Tree


def keep(region: Region, register: str, year: int = 2021) -> RegisterCoverage:
    return RegisterCoverage.objects.create(region=region, register=register, since=date(year, 1, 1))


def deciding(region: Region) -> dict[str, tuple[str, int]]:
    rows = RegisterCoverage.objects.deciding_at(region)
    return {row.register: (row.region.name, row.since.year) for row in rows}


@pytest.mark.django_db
def test_registers_are_the_sources_the_capabilities_and_each_item() -> None:
    slugs = set(CapabilityItem.objects.values_list("slug", flat=True))
    assert slugs
    assert set(registers()) == slugs | set(SOURCES) | {"capabilities"}
    for shared in slugs & set(SOURCES):  # one statement speaks for both: the records are what the item follows from
        source = SOURCES[shared].intervals
        assert source is not None
        assert {implied.item for implied in source.implies} == {shared}
    assert "capabilities" not in slugs
    offered = [code for _group, choices in register_choices() for code, _name in choices]
    assert len(offered) == len(set(offered)) == len(registers())
    assert register_name("needs_survey") == CapabilityItem.objects.get(pk="needs_survey").name
    assert register_name("facilities") == str(SOURCES["facilities"].label)
    assert register_name("dropped") == "dropped"


def test_the_nearest_statement_decides(tree: Tree) -> None:
    keep(tree.county, "facilities", 2021)
    keep(tree.street, "facilities", 2023)
    keep(tree.community, "estates", 2024)
    assert deciding(tree.prefecture) == {}
    assert deciding(tree.next_community) == {"facilities": ("天元区", 2021)}
    assert deciding(tree.village) == {"facilities": ("泰山路街道", 2023)}
    assert deciding(tree.community) == {"facilities": ("泰山路街道", 2023), "estates": ("铁西居委会", 2024)}


def test_an_item_against_all_capabilities(tree: Tree) -> None:
    keep(tree.county, "needs_survey", 2020)
    keep(tree.county, "capabilities", 2021)
    both = {"capabilities": ("天元区", 2021), "needs_survey": ("天元区", 2020)}
    assert deciding(tree.county) == both, "at the same place the item has its own statement"
    keep(tree.street, "capabilities", 2023)
    assert deciding(tree.community) == {"capabilities": ("泰山路街道", 2023)}, "a nearer one beats it"
    keep(tree.community, "needs_survey", 2024)
    assert deciding(tree.community)["needs_survey"] == ("铁西居委会", 2024)


def test_the_card_tells_whom_a_place_follows(tree: Tree, street_clerk: User, bureau_admin: User, as_user: Any) -> None:
    keep(tree.county, "facilities")
    page = as_user(street_clerk).get(tree.community.get_absolute_url()).content.decode()
    assert "随天元区" in page
    assert reverse("regions:register_coverage_add") not in page
    shown = card(street_clerk, tree.community)["kept"]
    assert [row["url"] for row in shown] == [None], "the county's record is not hers to open"
    page = as_user(bureau_admin).get(tree.community.get_absolute_url()).content.decode()
    assert f"{reverse('regions:register_coverage_add')}?region={tree.community.code}" in page
    assert RegisterCoverage.objects.get().get_absolute_url() in page


def test_without_a_statement_the_card_says_what_that_means(tree: Tree, street_clerk: User, as_user: Any) -> None:
    page = as_user(street_clerk).get(tree.community.get_absolute_url()).content.decode()
    assert "还没有启用任何台账" in page


def test_a_register_that_does_not_exist_is_refused(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        REGISTER_COVERAGE.add(by=bureau_admin, region=tree.county, register="rumours", since=date(2021, 1, 1))
    assert set(refusal.value.message_dict) == {"register"}
    data = {"region": tree.county.code, "register": "rumours", "since": "2021-01-01"}
    client = as_user(bureau_admin)
    assert client.post(reverse("regions:register_coverage_add"), data).status_code == 400
    answer = client.post(reverse("api:register_coverage-list"), data, content_type="application/json")
    assert (answer.status_code, set(answer.json())) == (400, {"register"})


def test_the_same_register_twice_at_one_place_is_refused(tree: Tree, bureau_admin: User) -> None:
    keep(tree.county, "facilities")
    with pytest.raises(ValidationError, match="已经说明过"):
        REGISTER_COVERAGE.add(by=bureau_admin, region=tree.county, register="facilities", since=date(2022, 1, 1))
    with pytest.raises(IntegrityError, match="register_coverage_once"), transaction.atomic():
        keep(tree.county, "facilities")
    keep(tree.street, "facilities")


def test_clerks_look_and_do_not_write(tree: Tree, street_clerk: User, as_user: Any) -> None:
    row = keep(tree.street, "facilities")
    with pytest.raises(PermissionDenied):
        REGISTER_COVERAGE.add(by=street_clerk, region=tree.street, register="estates", since=date(2021, 1, 1))
    with pytest.raises(PermissionDenied):
        REGISTER_COVERAGE.change(row, by=street_clerk, since=date(2022, 1, 1))
    with pytest.raises(PermissionDenied):
        REGISTER_COVERAGE.remove(row, by=street_clerk)
    assert as_user(street_clerk).get(row.get_absolute_url()).status_code == 200


def test_the_page_says_what_it_means_to_keep_a_register(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    client = as_user(bureau_admin)
    for name in ("list", "add"):
        page = client.get(reverse(f"regions:register_coverage_{name}")).content.decode()
        assert "从这一天起，没有登记就等于没有；此前和未启用都算无数据。" in page
    body = client.get(reverse("regions:register_coverage_add")).content.decode()
    assert body.count("<optgroup") == 2
