"""What the pages and endpoints of policies say, and to whom."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.policies.models import Target
from governance.policies.packing import export
from tests.factories import make_region, make_user
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_reference, make_target


@pytest.fixture
def elsewhere(tree: Tree) -> None:
    """Policies above the clerk's street, beside it and in another province, each with an indicator and its target."""
    fujian = make_region("350000000000", "福建省")
    roots = {
        "county": tree.county, "prefecture": tree.prefecture, "province": tree.province,
        "beside": tree.other_county, "fujian": fujian,
    }  # fmt: skip
    for slug, root in roots.items():
        policy = make_policy(root, slug, title=f"{slug} 的意见")
        indicator = make_indicator(make_clause(policy, f"{slug} 的原文"), f"{slug}_indicator", name=f"{slug} 的指标")
        make_target(indicator, root)
        make_reference(indicator, root, text=f"{slug} 的事实")


ABOVE, FOREIGN = {"county", "prefecture", "province"}, {"beside", "fujian"}
LISTS = ("policy", "clause", "indicator", "target", "reference_point")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("surface", ["policies:{}_list", "api:{}-list"])
def test_a_clerk_reads_the_policies_above_her_street_and_no_others(
    name: str, surface: str, elsewhere: None, street_clerk: User, as_user: Any
) -> None:
    body = as_user(street_clerk).get(reverse(surface.format(name))).content.decode()
    assert {slug for slug in ABOVE | FOREIGN if slug in body} == ABOVE


def test_the_pack_of_a_policy_is_taken_from_its_page(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    policy = make_policy(tree.county)
    make_clause(policy)
    browser = as_user(bureau_admin)
    address = reverse("policies:policy_pack", args=[policy.slug])
    assert address in browser.get(policy.get_absolute_url()).content.decode()
    taken = browser.get(address)
    assert taken["Content-Disposition"] == f'attachment; filename="{policy.slug}.yaml"'
    assert taken.content.decode() == export(policy.slug)
    event = AuditEvent.objects.get(action="policies.policy.export")
    assert event.after == {"kind": "yaml"}
    assert browser.head(address).status_code == 405


@pytest.mark.parametrize("slug", sorted(ABOVE | FOREIGN))
def test_a_foreign_policy_does_not_exist(slug: str, elsewhere: None, street_clerk: User, as_user: Any) -> None:
    client = as_user(street_clerk)
    wanted = 200 if slug in ABOVE else 404
    addresses = (
        reverse("policies:policy_detail", args=[slug]),
        reverse("policies:indicator_detail", args=[f"{slug}_indicator"]),
        reverse("api:policy-detail", args=[slug]),
        reverse("api:indicator-detail", args=[f"{slug}_indicator"]),
    )
    assert [client.get(address).status_code for address in addresses] == [wanted] * 4


def test_a_policy_that_speaks_of_a_place_is_found_by_it(elsewhere: None, tree: Tree, as_user: Any) -> None:
    client = as_user(make_user("province", tree.province, "viewer"))
    rows = client.get(reverse("api:policy-list"), {"region": tree.other_county.code}).json()["results"]
    assert {row["slug"] for row in rows} == {"beside", "prefecture", "province"}


def test_the_page_of_a_policy_goes_clause_by_clause(tree: Tree, street_clerk: User, as_user: Any) -> None:
    policy = make_policy(tree.county, document_no="某民发〔2022〕7号", responsible="区民政局")
    second = make_clause(policy, "社工总量达到3万人", position=2)
    first = make_clause(policy, "杜区基金不少于200个", position=1, display="社区基金不少于200个")
    funds = make_indicator(first, "funds", name="社区基金数")
    make_target(funds, tree.county)
    make_indicator(second, "workers", name="社工总量", role="shown", direction="")
    body = as_user(street_clerk).get(policy.get_absolute_url()).content.decode()
    for text in ("某民发〔2022〕7号", "2022-06-24 起", "区民政局", "200 个（2025-12-31）", "杜区基金不少于200个"):
        assert text in body, text
    order = [body.index(text) for text in ("社区基金不少于200个", "社区基金数", "社工总量达到3万人", ">社工总量<")]
    assert order == sorted(order)
    assert reverse("policies:policy_change", args=[policy.slug]) not in body


@pytest.fixture
def page(tree: Tree, bureau_admin: User, as_user: Any) -> Any:
    """Return a function that gives the body of an indicator's page, as the administrator sees it unless told."""

    def body(indicator: Any, user: User | None = None) -> str:
        client: Client = as_user(user or bureau_admin)
        return client.get(indicator.get_absolute_url()).content.decode()

    return body


def test_the_page_of_an_indicator_sets_out_its_formula(tree: Tree, page: Any, street_clerk: User) -> None:
    whole = make_indicator(make_clause(make_policy(tree.county)), "whole", name="场所总数", position=2)
    indicator = make_indicator(
        whole.clause, "rooms", kind="coverage", numerator="regions_with(needs_survey, community)",
        denominator="units(community)", factor=Decimal(100), unit="%", subset_of=whole, note="原文未说明", reading="按月",
        show_levels=["township", "community"], counts="有调查的社区", checklist=["第一点", "第二点"],
    )  # fmt: skip
    make_reference(indicator, tree.county, text="约六成", value=Decimal(60), bound="about")
    body = page(indicator)
    for text in (
        "<span>村（社区）总数</span>", "× 100%", "合计判断，不低于目标数", "乡镇（街道）、村（社区）", "有调查的社区",
        "原文未说明", "按月", "第二点", "约六成", "约为", whole.get_absolute_url(), "regions_with(needs_survey, community)",
    ):  # fmt: skip
        assert text in body, text
    assert "尚无数据来源" not in body
    assert "regions_with(needs_survey, community)" not in page(indicator, street_clerk), (
        "expressions are for administrators"
    )


def test_a_source_that_nobody_declares_is_said(tree: Tree, page: Any) -> None:
    clause = make_clause(make_policy(tree.county))
    body = page(make_indicator(clause, numerator="stock(nothing_of_the_kind.any)"))
    assert "尚无数据来源，算不出数值：系统里还没有 nothing_of_the_kind 这样的台账。" in body
    body = page(make_indicator(clause, "broken", numerator="regions_with(gone, community)"))
    assert "读不通" in body


def test_english_readers_get_the_english_texts(tree: Tree, page: Any, street_clerk: User) -> None:
    policy = make_policy(
        tree.county, title="某地意见", title_en="An opinion", responsible="局", responsible_en="Bureau"
    )
    indicator = make_indicator(
        make_clause(policy), counts="设施", counts_en="facilities in use", note="疑", note_en="open", checklist=["甲"],
        checklist_en=["first"],
    )  # fmt: skip
    User.objects.filter(pk=street_clerk.pk).update(language="en")
    body = page(indicator, User.objects.get(pk=street_clerk.pk))
    for text in ("Facilities", "An opinion", "facilities in use", "open", "first", "Bureau"):
        assert text in body, text


def test_what_was_handed_down_is_seen_by_those_it_concerns(
    tree: Tree, page: Any, street_clerk: User, bureau_admin: User
) -> None:
    indicator = make_indicator(make_clause(make_policy(tree.county)))
    make_target(indicator, tree.county)
    make_target(indicator, tree.street, "allocated", value=Decimal(71))
    make_target(indicator, tree.next_street, "allocated", value=Decimal(73))
    assert all(f"<b>{number}</b>" in page(indicator) for number in (200, 71, 73))
    seen = page(indicator, street_clerk)
    assert "<b>71</b>" in seen
    assert "<b>73</b>" not in seen
    assert tree.next_street.name not in seen


def test_a_county_hands_down_what_its_city_asks(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    indicator = make_indicator(make_clause(make_policy(tree.prefecture)), verdict_levels=["prefecture"])
    client = as_user(bureau_admin)
    values = {"indicator": indicator.slug, "region": tree.street.code, "origin": "allocated", "value": "40"}
    response = client.post(reverse("policies:target_add"), values | {"due": "2025-12-31"})
    assert response.status_code == 302, response.content.decode()
    assert Target.objects.get().region == tree.street
    own = client.post(reverse("policies:target_add"), values | {"region": tree.county.code, "due": "2025-12-31"})
    assert own.status_code == 400, "a county does not decide what the city asks of it"
    assert Target.objects.count() == 1


def test_programs_get_exact_numbers_as_texts(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    indicator = make_indicator(make_clause(make_policy(tree.county)))
    target = make_target(indicator, tree.county, value=Decimal("18.5"))
    client = as_user(bureau_admin)
    row = client.get(reverse("api:target-detail", args=[target.pk])).json()
    assert (row["indicator"], row["region"], Decimal(row["value"])) == (
        indicator.slug,
        tree.county.code,
        Decimal("18.5"),
    )
    assert isinstance(row["value"], str)
    found = client.get(reverse("api:indicator-list"), {"level": "county", "q": "funds"}).json()["results"]
    assert [(each["policy"], each["verdict_levels"], each["factor"]) for each in found] == [
        ("a-policy", ["county"], "1.000000")
    ]
    none = client.get(reverse("api:indicator-list"), {"level": "community"}).json()["results"]
    assert none == []


def test_targets_are_found_by_the_year_of_their_day(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    make_target(make_indicator(make_clause(make_policy(tree.county))), tree.county)
    client = as_user(bureau_admin)
    counts = [client.get(reverse("api:target-list"), {"year": year}).json()["count"] for year in (2024, 2025)]
    assert counts == [0, 1]
    for wrong in ("99999", "0", "2025.5", "last"):
        assert client.get(reverse("api:target-list"), {"year": wrong}).status_code == 400, wrong


def test_clauses_to_choose_from_are_those_of_the_policy_once_it_is_known(
    tree: Tree, bureau_admin: User, as_user: Any
) -> None:
    make_clause(make_policy(tree.county, "first", document_no="甲〔1〕号"), "头一份的原文")
    make_clause(make_policy(tree.county, "second", document_no="乙〔2〕号"), "第二份的原文")
    client, address = as_user(bureau_admin), reverse("policies:indicator_add")
    unknown = client.get(address).content.decode()
    assert "1. 头一份的原文（甲〔1〕号）" in unknown
    assert "1. 第二份的原文（乙〔2〕号）" in unknown
    known = client.get(address, {"policy": "second"}).content.decode()
    assert "头一份的原文" not in known
    assert "1. 第二份的原文\n" in known or "1. 第二份的原文<" in known


def test_what_numbers_hang_on_is_not_removed_unseen(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    clause = make_clause(make_policy(tree.county))
    indicator = make_indicator(clause)
    make_target(indicator, tree.county)
    client = as_user(bureau_admin)
    for address, reason in (
        (reverse("policies:policy_remove", args=["a-policy"]), "还有 1 条条款"),
        (reverse("policies:indicator_remove", args=[indicator.slug]), "还有 1 条目标或参考事实"),
        (reverse("policies:clause_remove", args=[clause.pk]), "还有 1 条记录用到它"),
    ):
        response = client.post(address)
        assert response.status_code == 409
        assert reason in response.content.decode()


@pytest.mark.parametrize("slug", ["add", "indicators", "targets"])
def test_a_slug_does_not_hide_a_page(slug: str, tree: Tree, bureau_admin: User, as_user: Any) -> None:
    values = {
        "region": tree.county.code, "slug": slug, "title": "甲", "title_en": "A", "issued_on": "2022-06-24",
        "valid_from": "2022-06-24",
    }  # fmt: skip
    response = as_user(bureau_admin).post(reverse("policies:policy_add"), values)
    assert response.status_code == 400
    assert "固定用词" in response.content.decode()


# A changed number is a decision: look at the queries first. One counts the unread messages in the bar.
PINNED = {"policy": 9, "clause": 8, "indicator": 12}


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_page_costs_what_was_agreed(
    name: str, tree: Tree, bureau_admin: User, as_user: Any, django_assert_num_queries: Any
) -> None:
    policy = make_policy(tree.county)
    clause = make_clause(policy)
    indicator = make_indicator(clause)
    address = {"policy": policy, "clause": clause, "indicator": indicator}[name].get_absolute_url()
    client = as_user(bureau_admin)
    client.get(address)
    with django_assert_num_queries(PINNED[name]):
        client.get(address)
    for number in range(5):
        make_target(indicator, tree.county, due=f"20{number + 30}-12-31")
        make_reference(indicator, tree.county, text=f"事实{number}")
        more = make_indicator(clause, f"more_{number}", region=tree.street, position=number + 2)
        make_target(more, tree.county)
        make_clause(policy, f"原文{number}", position=number + 2)
    with django_assert_num_queries(PINNED[name]):
        client.get(address)
