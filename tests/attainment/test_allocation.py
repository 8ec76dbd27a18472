"""A target is split over the places below, checked against the whole, and given to them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from governance.accounts.models import User
from governance.attainment.actions.allocating import allocate_target
from governance.attainment.models import ReportedFigure
from governance.audit.models import AuditEvent
from governance.desk.models import Message
from governance.kit.errors import DomainError
from governance.policies.models import Indicator, Target
from tests.factories import make_user
from tests.factories.places import Tree, make_region
from tests.policies.made import make_clause, make_indicator, make_policy, make_target

DUE = date(timezone.localdate().year + 1, 12, 31)


@pytest.fixture
def indicator(tree: Tree) -> Indicator:
    return make_indicator(make_clause(make_policy(tree.county)), "rooms", numerator="stock(facilities.any)")


@pytest.fixture
def target(indicator: Indicator, tree: Tree) -> Target:
    return make_target(indicator, tree.county, value=Decimal(10), due=DUE)


@pytest.fixture
def bureau(bureau_admin: User, as_user: Any) -> Client:
    client: Client = as_user(bureau_admin)
    return client


def address(target: Target, **more: str) -> str:
    given = {"region": target.region.code} | more
    return f"/attainment/indicators/{target.indicator.slug}/allocation/?" + "&".join(
        f"{name}={value}" for name, value in given.items()
    )


def residents(tree: Tree, street: int, next_street: int) -> None:
    for place, value in ((tree.street, street), (tree.next_street, next_street)):
        ReportedFigure.objects.create(
            region=place, measure="resident_population", on=date(2020, 11, 1), value=value, source="普查",
            state="approved",
        )  # fmt: skip


def given_to(target: Target) -> dict[str, Decimal]:
    rows = Target.objects.filter(indicator=target.indicator, origin="allocated")
    return {row.region.code: row.value for row in rows.select_related("region")}


def test_residents_share_it_to_the_last_one_and_the_places_are_told(
    tree: Tree, target: Target, bureau: Client, bureau_admin: User, street_clerk: User
) -> None:
    residents(tree, 70000, 20000)
    page = bureau.get(address(target))
    form = page.context["form"]
    assert (form[tree.street.code].value(), form[tree.next_street.code].value()) == ("8", "2")
    assert page.context["reached"] == "10"
    assert "70,000" in page.content.decode()
    sent = bureau.post(address(target), {tree.street.code: "8", tree.next_street.code: "3"})
    assert sent.status_code == 302
    assert given_to(target) == {tree.street.code: 8, tree.next_street.code: 3}
    told = Message.objects.get(user=street_clerk)
    assert (told.kind, told.text) == ("target", f"8个 {DUE}")
    assert told.title == f"{tree.street.name}的目标已下达：设施数"
    assert AuditEvent.objects.filter(action="policies.target.add", actor=bureau_admin).count() == 2


def test_too_little_is_refused_and_nothing_is_lost(tree: Tree, target: Target, bureau: Client) -> None:
    answer = bureau.post(address(target), {tree.street.code: "6", tree.next_street.code: "3.5"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "合起来只有 9.5个，达不到 10个。" in page
    assert 'value="3.5"' in page
    assert given_to(target) == {}


def test_what_is_no_number_is_named_at_its_place(tree: Tree, target: Target, bureau: Client) -> None:
    answer = bureau.post(address(target), {tree.street.code: "十", tree.next_street.code: "-1"})
    errors = answer.context["form"].errors
    assert set(errors) == {tree.street.code, tree.next_street.code}
    assert answer.status_code == 400
    assert given_to(target) == {}


def test_without_residents_it_is_shared_equally(tree: Tree, target: Target, bureau: Client) -> None:
    Target.objects.filter(pk=target.pk).update(value=Decimal(11))
    page = bureau.get(address(target))
    form = page.context["form"]
    assert (form[tree.street.code].value(), form[tree.next_street.code].value()) == ("5", "6")
    assert [str(label) for label, _url, _current in page.context["ways"]] == ["平均分配"]


def test_what_was_given_comes_first_and_is_changed_or_taken_back(tree: Tree, target: Target, bureau: Client) -> None:
    make_target(target.indicator, tree.street, "allocated", value=Decimal(7), due=DUE)
    make_target(target.indicator, tree.next_street, "allocated", value=Decimal(3), due=DUE)
    page = bureau.get(address(target))
    assert page.context["form"][tree.street.code].value() == "7"
    before = Target.objects.get(region=tree.next_street).changed_at
    bureau.post(address(target), {tree.street.code: "10", tree.next_street.code: ""})
    assert given_to(target) == {tree.street.code: 10}
    assert AuditEvent.objects.filter(action="policies.target.delete").count() == 1
    assert Target.objects.get(region=tree.street).changed_at > before


def test_a_rate_is_the_same_everywhere_or_makes_up_the_whole(tree: Tree, bureau_admin: User) -> None:
    rate = make_indicator(
        make_clause(make_policy(tree.county)), "rate", kind="coverage", denominator="units(community)",
        numerator="regions_with(facilities.any, community)", factor=100, unit="%",
    )  # fmt: skip
    target = make_target(rate, tree.county, value=Decimal(60), due=DUE)
    both = {tree.street: Decimal(50), tree.next_street: Decimal(80)}
    # two communities in one street, one in the other: (2 × 50 + 80) / 3 = 60
    weights: dict[Any, Any] = {tree.street: 2, tree.next_street: 1}
    assert len(allocate_target(target, by=bureau_admin, numbers=both, denominators=weights)) == 2
    less = both | {tree.next_street: Decimal("79.99")}
    with pytest.raises(DomainError, match=r"合起来只有 59.997%，达不到 60%"):
        allocate_target(target, by=bureau_admin, numbers=less, denominators=weights)
    with pytest.raises(DomainError, match="无法加权核对"):
        allocate_target(target, by=bureau_admin, numbers=both, denominators={})
    with pytest.raises(DomainError, match="还有地方没有目标数"):
        allocate_target(target, by=bureau_admin, numbers=both | {tree.street: None}, denominators=weights)


def test_only_places_right_below_get_a_share(tree: Tree, target: Target, bureau_admin: User) -> None:
    with pytest.raises(DomainError, match="直接下级"):
        allocate_target(target, by=bureau_admin, numbers={tree.community: Decimal(10)}, denominators={})


def test_a_range_is_not_split(tree: Tree, target: Target, bureau: Client, bureau_admin: User) -> None:
    Indicator.objects.filter(pk=target.indicator_id).update(direction="range")
    Target.objects.filter(pk=target.pk).update(high=Decimal(20))
    assert bureau.get(address(target)).status_code == 403
    changed = Target.objects.select_related("indicator__policy").get(pk=target.pk)
    with pytest.raises(DomainError, match="区间目标"):
        allocate_target(changed, by=bureau_admin, numbers={tree.street: Decimal(10)}, denominators={})


def test_a_street_gives_nothing_and_its_page_offers_nothing(
    tree: Tree, target: Target, street_clerk: User, as_user: Any, bureau: Client
) -> None:
    client = as_user(street_clerk)
    assert client.get(address(target, region=tree.street.code)).status_code == 403
    assert client.post(address(target, region=tree.street.code), {tree.community.code: "10"}).status_code == 403
    here = f"/attainment/indicators/rooms/?region={tree.county.code}"
    assert "分解目标" in bureau.get(here).content.decode()
    assert "分解目标" not in client.get(f"/attainment/indicators/rooms/?region={tree.street.code}").content.decode()


def test_the_next_county_is_not_there(tree: Tree, target: Target, as_user: Any) -> None:
    stranger = make_user("stranger", tree.other_county, "bureau_admin", name="邻县管理员")
    assert as_user(stranger).get(address(target)).status_code == 404
    assert as_user(stranger).post(address(target), {tree.street.code: "10"}).status_code == 404
    assert given_to(target) == {}


def test_a_street_that_was_given_a_number_has_it_split_further(tree: Tree, target: Target, as_user: Any) -> None:
    make_target(target.indicator, tree.street, "allocated", value=Decimal(7), due=DUE)
    head = make_user("head", tree.street, "bureau_admin", name="街道管理员")
    client = as_user(head)
    sent = client.post(address(target, region=tree.street.code), {tree.community.code: "4", tree.village.code: "3"})
    assert sent.status_code == 302
    assert given_to(target)[tree.community.code] == 4


def test_of_several_days_the_next_one_is_split_unless_another_is_asked_for(
    tree: Tree, target: Target, bureau: Client
) -> None:
    late = make_target(target.indicator, tree.county, value=Decimal(30), due=DUE + timedelta(days=365))
    past = make_target(target.indicator, tree.county, value=Decimal(5), due=date(2023, 12, 31))
    assert bureau.get(address(target)).context["target"] == target
    assert bureau.get(address(target, due=str(late.due))).context["target"] == late
    assert bureau.get(address(target, due=str(past.due))).context["target"] == past
    assert bureau.get(address(target, due="2030-01-01")).status_code == 404


def test_more_places_cost_no_more_queries(
    tree: Tree, target: Target, bureau: Client, django_assert_num_queries: Any
) -> None:
    bureau.get(address(target))
    with django_assert_num_queries(QUERIES):
        bureau.get(address(target))
    for number in range(3, 9):
        make_region(f"43021100{number}000", f"第{number}街道", tree.county)
    with django_assert_num_queries(QUERIES):
        bureau.get(address(target))


QUERIES = 24
