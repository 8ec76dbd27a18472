"""Who sees a policy and its numbers, and who may write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from governance.accounts.models import User
from governance.kit.scoping import ScopedQuerySet, may
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.regions.models import Region
from tests.factories import make_partner, make_region, make_user
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_reference, make_target

MODELS = (Policy, Clause, Indicator, Target, ReferencePoint)
VERBS = ("change", "delete")


@dataclass
class Cast:
    """Users by the place of their post."""

    tree: Tree
    users: dict[str, User]


@pytest.fixture
def cast(tree: Tree) -> Cast:
    """Administrators of three levels, a clerk in each street, and people of other places."""
    abroad = make_region("500000000000", "重庆市")
    users = {
        "province": make_user("province", tree.province, "bureau_admin"),
        "prefecture": make_user("prefecture", tree.prefecture, "bureau_admin"),
        "county": make_user("county", tree.county, "bureau_admin"),
        "other county": make_user("other_county", tree.other_county, "bureau_admin"),
        "street clerk": make_user("street_clerk", tree.street, "clerk"),
        "next street clerk": make_user("next_street_clerk", tree.next_street, "clerk"),
        "community viewer": make_user("community_viewer", tree.community, "viewer"),
        "abroad": make_user("abroad", abroad, "bureau_admin"),
        "system": make_user("system", tree.province, "system_admin"),
        "nobody": make_user("nobody", tree.county),
        "partner": make_partner(tree.street, ["view"])[0].user,
    }
    return Cast(tree, users)


def policy_of(root: Region, slug: str) -> Policy:
    """Make a policy with one of everything at its root."""
    policy = make_policy(root, slug)
    indicator = make_indicator(make_clause(policy), f"{slug}_count")
    make_target(indicator, root)
    make_reference(indicator, root)
    return policy


def seen(cast: Cast, model: Any, verb: str = "view") -> dict[str, set[str]]:
    """Return by user the policies whose rows of a model she may see or write, asked of set and single row alike."""
    path = {Policy: "slug", Clause: "policy__slug", Indicator: "policy__slug"}.get(model, "indicator__policy__slug")
    found = {}
    for name, user in cast.users.items():
        rows = model.objects.allowed_to(user, verb)
        assert isinstance(rows, ScopedQuerySet)
        allowed = set(rows.values_list("pk", flat=True))
        assert {record.pk for record in model.objects.all() if may(user, verb, record)} == allowed
        found[name] = set(rows.values_list(path, flat=True))
    return {name: slugs for name, slugs in found.items() if slugs}


@pytest.mark.parametrize("model", MODELS)
def test_a_policy_is_seen_inside_and_below_its_root_only(model: Any, cast: Cast) -> None:
    tree = cast.tree
    for root, slug in (
        (tree.province, "hunan"),
        (tree.county, "tianyuan"),
        (tree.other_county, "lukou"),
        (tree.street, "taishan"),
    ):
        policy_of(root, slug)
    above = {"hunan", "tianyuan", "lukou", "taishan"}
    assert seen(cast, model) == {
        "province": above,
        "prefecture": above,
        "county": {"hunan", "tianyuan", "taishan"},
        "other county": {"hunan", "lukou"},
        "street clerk": {"hunan", "tianyuan", "taishan"},
        "next street clerk": {"hunan", "tianyuan"},
        "community viewer": {"hunan", "tianyuan", "taishan"},
        "partner": {"hunan", "tianyuan", "taishan"},
    }


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("model", MODELS)
def test_it_is_written_over_its_root_only(model: Any, verb: str, cast: Cast) -> None:
    tree = cast.tree
    for root, slug in (
        (tree.province, "hunan"),
        (tree.county, "tianyuan"),
        (tree.other_county, "lukou"),
        (tree.street, "taishan"),
    ):
        policy_of(root, slug)
    assert seen(cast, model, verb) == {
        "province": {"hunan", "tianyuan", "lukou", "taishan"},
        "prefecture": {"tianyuan", "lukou", "taishan"},
        "county": {"tianyuan", "taishan"},
        "other county": {"lukou"},
    }


@pytest.mark.parametrize("model", MODELS)
def test_an_anonymous_visitor_sees_nothing(model: Any, cast: Cast) -> None:
    policy_of(cast.tree.province, "hunan")
    assert not model.objects.visible_to(AnonymousUser()).exists()
    assert not may(AnonymousUser(), "view", model.objects.get())


@pytest.fixture
def allocated(cast: Cast) -> dict[str, Target]:
    """A policy of the prefecture, with numbers for two counties, a street and a community."""
    tree = cast.tree
    indicator = make_indicator(make_clause(make_policy(tree.prefecture, "zhuzhou")), "zhuzhou_count")
    return {
        "text": make_target(indicator, tree.prefecture),
        "county": make_target(indicator, tree.county, "allocated"),
        "other county": make_target(indicator, tree.other_county, "allocated"),
        "street": make_target(indicator, tree.street, "allocated"),
        "community": make_target(indicator, tree.community, "allocated"),
    }


def targets(cast: Cast, made: dict[str, Target], verb: str) -> dict[str, set[str]]:
    found = {}
    for name, user in cast.users.items():
        keys = set(Target.objects.allowed_to(user, verb).values_list("pk", flat=True))
        found[name] = {which for which, target in made.items() if target.pk in keys}
        assert found[name] == {which for which, target in made.items() if may(user, verb, target)}
    return {name: which for name, which in found.items() if which}


def test_an_allocated_target_is_seen_at_its_region_and_from_below(cast: Cast, allocated: dict[str, Target]) -> None:
    assert targets(cast, allocated, "view") == {
        "province": set(allocated),
        "prefecture": set(allocated),
        "county": {"text", "county", "street", "community"},
        "other county": {"text", "other county"},
        "street clerk": {"text", "county", "street", "community"},
        "next street clerk": {"text", "county"},
        "community viewer": {"text", "county", "street", "community"},
        "partner": {"text", "county", "street", "community"},
    }


@pytest.mark.parametrize("verb", VERBS)
def test_a_county_does_not_change_what_the_city_asks_of_it(verb: str, cast: Cast, allocated: dict[str, Target]) -> None:
    assert targets(cast, allocated, verb) == {
        "province": set(allocated),
        "prefecture": set(allocated),
        "county": {"street", "community"},
    }


def test_a_new_target_is_asked_the_same(cast: Cast, allocated: dict[str, Target]) -> None:
    tree, indicator = cast.tree, allocated["text"].indicator
    may_add = {
        (place.name, origin): [
            name
            for name, user in cast.users.items()
            if may(user, "add", Target(indicator=indicator, region=place, origin=origin, due=date(2024, 12, 31)))
        ]
        for place in (tree.prefecture, tree.county, tree.street)
        for origin in ("text", "allocated")
    }
    above = ["province", "prefecture"]
    assert may_add == {
        ("株洲市", "text"): above,
        ("株洲市", "allocated"): ["province"],
        ("天元区", "text"): above,
        ("天元区", "allocated"): above,
        ("泰山路街道", "text"): above,
        ("泰山路街道", "allocated"): [*above, "county"],
    }


def test_a_policy_of_a_province_has_nothing_above(cast: Cast) -> None:
    province = cast.tree.province
    indicator = make_indicator(make_clause(make_policy(province, "hunan")), "hunan_count")
    user = cast.users["province"]
    assert not may(user, "add", Target(indicator=indicator, region=province, origin="allocated"))
