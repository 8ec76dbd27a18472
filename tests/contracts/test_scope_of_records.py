"""A record outside one's regions does not exist, on any surface and for any verb."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.audit.models import AuditEvent
from governance.kit.listing import LISTINGS, Listing
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint
from governance.regions.models import Region
from tests.contracts.surfaces import EVERYWHERE, record_urls
from tests.factories import make_record
from tests.factories.places import Tree

ALL = [listing for listing in LISTINGS.values() if listing.model not in EVERYWHERE]
by_name = {"ids": lambda listing: listing.name}


@pytest.mark.parametrize("listing", ALL, **by_name)
def test_the_address_of_a_foreign_record_leads_nowhere(listing: Listing, almighty: Client, tree: Tree) -> None:
    record = make_record(listing.model, tree.next_community, "邻街记录")
    for name, url in record_urls(listing, record):
        for method in ("get",) if name == "api" else ("get", "post"):
            response = getattr(almighty, method)(url)
            # the admin sends people back to its index when a record does not exist for them, and refuses
            # what nobody may do before it looks for the record
            nobody = name.startswith("admin ") and listing.action(name.removeprefix("admin ")) is None
            assert response.status_code in ({404, 405, 302} | ({403} if nobody else set())), f"{method} {name}"
            if response.status_code == 302:
                assert response["Location"] == reverse("admin:index"), f"{method} {name}"
            assert "邻街记录" not in response.content.decode()


@pytest.mark.parametrize("listing", [listing for listing in ALL if "api" in listing.surfaces], **by_name)
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_the_api_refuses_to_touch_a_foreign_record(listing: Listing, method: str, partner: Client, tree: Tree) -> None:
    record = make_record(listing.model, tree.next_community, "邻街记录")
    url = reverse(f"api:{listing.name}-detail", kwargs={listing.key: getattr(record, listing.key)})
    response = getattr(partner, method)(url, json.dumps({}), content_type="application/json")
    assert response.status_code in {403, 404, 405}
    assert listing.model._default_manager.filter(pk=record.pk).exists()


WRITES: list[tuple[str, dict[str, Any]]] = [
    ("succession", {"predecessor": "{region}", "successor": "{sibling}", "changed_on": "2024-01-01"}),
    ("estate", {"community": "{region}", "name": "金谷小区"}),
    ("facility", {"region": "{region}", "kind": "social_work_room", "name": "社工室", "since": "2024-01-01"}),
    ("capability", {"region": "{region}", "item": "needs_survey", "statement": "has", "since": "2024-01-01"}),
    ("register_coverage", {"region": "{region}", "register": "facilities", "since": "2021-01-01"}),
    (
        "policy",
        {
            "region": "{region}",
            "slug": "a-policy",
            "title": "某地意见",
            "title_en": "An opinion",
            "issued_on": "2022-06-24",
            "valid_from": "2022-06-24",
        },
    ),
    ("clause", {"policy": "{policy}", "position": "1", "quote": "社区基金不少于200个"}),
    (
        "indicator",
        {
            "policy": "{clause.policy.slug}",
            "clause": "{clause.pk}",
            "slug": "funds",
            "position": "1",
            "role": "target",
            "name": "社区数",
            "name_en": "Communities",
            "kind": "count",
            "numerator": "units(community)",
            "denominator": "1",
            "factor": "1",
            "unit": "个",
            "test": "pooled",
            "direction": "at_least",
        },
    ),
    ("target", {"indicator": "{indicator}", "region": "{region}", "origin": "text", "value": "200"}),
    ("reference_point", {"indicator": "{stated}", "region": "{region}", "text": "200个", "bound": "exact"}),
    (
        "reported_figure",
        {"region": "{region}", "measure": "resident_population", "on": "2020-11-01", "value": "10", "source": "普查"},
    ),
]


def filled(values: dict[str, Any], home: Region, tree: Tree) -> dict[str, Any]:
    """Fill in the place, and what else at this place the values ask for."""
    asked = "".join(values.values())
    made: dict[str, Any] = {"region": home.code, "sibling": tree.village.code}
    if "{policy}" in asked:
        made["policy"] = make_record(Policy, home, "文件").slug
    if "{clause" in asked:
        made["clause"] = make_record(Clause, home, "条款")
    if "{indicator}" in asked:
        made["indicator"] = make_record(Indicator, home, "指标").slug
    if "{stated}" in asked:
        made["stated"] = make_record(ReferencePoint, home, "另一件事").indicator.slug
        ReferencePoint.objects.all().delete()
    return {name: value.format(**made) for name, value in values.items()}


# the fields that name the home of a record, where it is not `region` alone
HOMES = {
    "estate": {"community"},
    "succession": {"predecessor"},
    "clause": {"policy"},
    "indicator": {"policy", "clause"},
    "target": {"indicator", "region"},
    "reference_point": {"indicator", "region"},
}


def test_every_list_that_can_be_added_to_is_tried() -> None:
    addable = {listing.name for listing in ALL if listing.add and "api" in listing.surfaces}
    assert addable == {name for name, _values in WRITES}


@pytest.mark.parametrize(("name", "values"), WRITES, ids=[name for name, _values in WRITES])
@pytest.mark.parametrize("surface", ["page", "api", "admin"])
def test_writing_outside_the_scope_is_refused_by_field(
    name: str, values: dict[str, Any], surface: str, almighty: Client, tree: Tree
) -> None:
    listing = next(listing for listing in ALL if listing.name == name)
    data = filled(values, tree.next_community, tree)
    before = listing.model._default_manager.count()
    if surface == "api":
        response = almighty.post(reverse(f"api:{name}-list"), json.dumps(data), content_type="application/json")
        assert response.status_code == 400
        assert set(response.json()) == HOMES.get(name, {"region"})
    elif surface == "page":
        response = almighty.post(reverse(f"{listing.app}:{name}_add"), data)
        assert response.status_code == 400
    else:
        response = almighty.post(reverse(f"admin:{listing.app}_{listing.model._meta.model_name}_add"), data)
        assert response.status_code == 200  # the admin shows its form again
    assert tree.next_community.name not in response.content.decode()
    assert listing.model._default_manager.count() == before


@pytest.mark.parametrize(("name", "values"), WRITES, ids=[name for name, _values in WRITES])
@pytest.mark.parametrize("surface", ["page", "api", "admin"])
def test_writing_inside_the_scope_succeeds_and_leaves_a_trace(
    name: str, values: dict[str, Any], surface: str, almighty: Client, tree: Tree
) -> None:

    listing = next(listing for listing in ALL if listing.name == name)
    data = filled(values, tree.community, tree)
    if surface == "api":
        response = almighty.post(reverse(f"api:{name}-list"), json.dumps(data), content_type="application/json")
        assert response.status_code == 201, response.content.decode()
    elif surface == "page":
        response = almighty.post(reverse(f"{listing.app}:{name}_add"), data)
        assert response.status_code == 302, response.content.decode()
    else:
        response = almighty.post(reverse(f"admin:{listing.app}_{listing.model._meta.model_name}_add"), data)
        assert response.status_code == 302, response.content.decode()
    record = listing.model._default_manager.get()
    event = AuditEvent.objects.get(action=f"{listing.model._meta.label_lower}.add")
    assert (event.record_id, event.region_path, event.surface) == (str(record.pk), tree.community.path, surface)
    assert event.actor is not None
    assert event.actor.username == "almighty"
