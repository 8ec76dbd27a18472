"""A record outside one's regions does not exist, on any surface and for any verb."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.accounts.models import PartnerClient, User
from governance.audit.models import AuditEvent
from governance.kit.listing import LISTINGS, Listing
from tests.contracts.payloads import payload
from tests.contracts.surfaces import EVERYWHERE, record_urls
from tests.factories import make_record, make_user
from tests.factories.making import home_field, home_of
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


WRITES = [
    pytest.param(listing, surface, id=f"{listing.name}-{surface}")
    for listing in ALL
    if listing.add and listing.form and listing.model is not PartnerClient  # it makes an account: tests/accounts
    for surface in ("page", "api", "admin")
    if surface in listing.surfaces
]


def send(listing: Listing, surface: str, client: Client, data: dict[str, Any]) -> Any:
    """Enter a record."""
    if surface == "api":
        return client.post(reverse(f"api:{listing.name}-list"), json.dumps(data), content_type="application/json")
    if surface == "page":
        return client.post(reverse(f"{listing.app}:{listing.name}_add"), data)
    return client.post(reverse(f"admin:{listing.app}_{listing.model._meta.model_name}_add"), data)


def refusals(response: Any) -> list[str]:
    """Return what was refused, without the page around it."""
    text = response.content.decode()
    found = re.findall(r'(?s)class="(?:errorlist|invalid-feedback|alert)[^>]*>(.*?)</(?:ul|div)>', text)
    return [re.sub(r"<[^>]+>|\s+", " ", each).strip() for each in found] or [text[:500]]


@pytest.fixture
def writer(everybody: None, tree: Tree) -> User:
    """Sees both streets, and what is made in them."""
    return make_user("writer", tree.county, "clerk", name="全县经办")


@pytest.mark.parametrize(("listing", "surface"), WRITES)
def test_writing_outside_the_scope_is_refused_by_field(
    listing: Listing, surface: str, almighty: Client, writer: User, tree: Tree
) -> None:
    sent = payload(listing, tree.next_community, surface, "邻街记录", writer)
    refused = sent.refused(User.objects.get(username="almighty"))
    home = home_field(listing.model)
    assert refused, "nothing in it leads to the next street"
    assert home is None or home.name not in sent.named or home.name in refused
    before = listing.model._default_manager.count()
    response = send(listing, surface, almighty, sent.data)
    assert response.status_code == {"api": 400, "page": 400, "admin": 200}[surface]  # the admin shows its form again
    if surface == "api":
        assert set(response.json()) == refused
    assert tree.next_community.name not in response.content.decode()
    assert listing.model._default_manager.count() == before


@pytest.mark.parametrize(("listing", "surface"), WRITES)
def test_writing_inside_the_scope_succeeds_and_leaves_a_trace(
    listing: Listing, surface: str, almighty: Client, writer: User, tree: Tree
) -> None:
    sent = payload(listing, tree.community, surface, "本街记录", writer)
    rows = listing.model._default_manager
    before = set(rows.values_list("pk", flat=True))
    response = send(listing, surface, almighty, sent.data)
    assert response.status_code == (201 if surface == "api" else 302), refusals(response)
    record = rows.exclude(pk__in=before).get()
    event = AuditEvent.objects.get(action=f"{listing.model._meta.label_lower}.add")
    home = home_of(listing.model, tree.community)
    assert (event.record_id, event.region_path, event.surface) == (str(record.pk), home.path, surface)
    assert event.actor is not None
    assert event.actor.username == "almighty"
