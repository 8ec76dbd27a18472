"""Requests that no person makes: each gets an answer that says what is wrong, never a fault of the program."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.messages.storage import default_storage
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory
from django.urls import reverse

from governance.accounts.listings import USERS
from governance.accounts.models import User
from governance.kit.api import ListingViewSet
from governance.kit.errors import server_error
from governance.kit.listing import LISTINGS
from governance.kit.origin import address_of
from governance.kit.routes import pages
from governance.regions.models import Estate
from tests.factories.places import Tree

PAGES = ["/regions/%00/", "/regions/choices/?q=%00", "/regions/go/?q=%00", "/regions/import/?%00=1", "/%00", "/?x=\0"]


@pytest.mark.parametrize("url", PAGES)
def test_a_nul_in_an_address_is_a_bad_request(url: str, street_clerk: User, as_user: Any) -> None:
    response = as_user(street_clerk).get(url)
    assert response.status_code == 400
    assert "请求有误" in response.content.decode()


@pytest.mark.parametrize("listing", list(LISTINGS.values()), ids=lambda listing: listing.name)
def test_a_nul_in_a_filter_is_a_bad_request(listing: Any, street_clerk: User, as_user: Any) -> None:
    client = as_user(street_clerk)
    for name in ("region", "q"):
        if "page" in listing.surfaces:
            for url in (listing.url("list"), listing.url("export", kind="csv")):
                assert client.get(f"{url}?{name}=%00").status_code == 400, url
        if "api" in listing.surfaces:
            response = client.get(f"{reverse(f'api:{listing.name}-list')}?{name}=a%00b")
            assert response.status_code == 400
            assert response.json()["detail"]


def test_a_nul_in_a_form_is_refused_at_its_field(street_clerk: User, as_user: Any) -> None:
    response = as_user(street_clerk).post(reverse("regions:estate_add"), {"community": "\0铁西", "name": "金谷"})
    assert response.status_code == 400
    assert "看不见的控制字符" in response.content.decode()


@pytest.mark.parametrize("given", ["\0/\0", "needs_survey/\0", 5, ["a"], "\ud800/a"])
def test_a_nul_in_a_component_is_refused_at_its_field(given: Any, partner: Client, tree: Tree) -> None:
    body = {"region": tree.community.code, "item": "needs_survey", "component": given, "since": "2024-01-01"}
    response = partner.post(reverse("api:capability-list"), json.dumps(body), content_type="application/json")
    assert response.status_code == 400
    assert "component" in response.json()


def test_a_nul_where_nobody_looked_for_it_is_a_bad_request_too(client: Client, tree: Tree) -> None:
    data = {"grant_type": "client_credentials", "client_id": "\0", "client_secret": "x"}
    response = client.post(reverse("api:token"), data)
    assert response.status_code in {400, 401}


@pytest.mark.parametrize(
    "body",
    [
        "[" * 200_000,
        '{"a":' * 200_000,
        '{"name":' + "[" * 900 + "]" * 900 + "}",
        '{"name":' + "[" * 400 + "]" * 400 + "}",
        '{"kind":' + "[" * 12 + "]" * 12 + "}",
    ],
)
def test_a_body_nested_without_end_is_a_bad_request(body: str, partner: Client) -> None:
    response = partner.post(reverse("api:facility-list"), body, content_type="application/json")
    assert response.status_code == 400
    assert "嵌套过深" in response.json()["detail"]


def test_a_fault_under_api_is_json(monkeypatch: pytest.MonkeyPatch, partner: Client) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(ListingViewSet, "get_queryset", broken)
    partner.raise_request_exception = False
    response = partner.get(reverse("api:facility-list"))
    assert response.status_code == 500
    assert response["Content-Type"] == "application/json"
    assert "broken" not in response.json()["detail"]
    assert server_error(RequestFactory().get("/regions/"))["Content-Type"].startswith("text/html")


def test_what_is_shown_to_somebody_is_kept_by_nobody(
    street_clerk: User, as_user: Any, partner: Client, client: Client
) -> None:
    clerk = as_user(street_clerk)
    for url in ("/", "/regions/", reverse("regions:facility_export", kwargs={"kind": "csv"}), "/nowhere/"):
        assert clerk.get(url)["Cache-Control"] == "private, no-store", url
    assert partner.get(reverse("api:region-list"))["Cache-Control"] == "private, no-store"
    assert "no-store" in clerk.post(reverse("accounts:logout"))["Cache-Control"]
    assert "Cache-Control" not in client.get("/regions/").headers


def test_a_form_without_its_token_is_refused_in_chinese(street_clerk: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(street_clerk)
    response = client.post(reverse("regions:estate_add"), {"name": "金谷"})
    assert response.status_code == 403
    assert "页面已失效" in response.content.decode()
    assert not Estate.objects.exists()


def test_messages_do_not_travel_in_a_cookie() -> None:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    assert isinstance(default_storage(request), SessionStorage)


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("evil, 203.0.113.7", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("203.0.113.7:4711", None),
        ("[2001:db8::7]:4711", None),
        ("fe80::1%eth0", None),
        ("unknown", None),
        ("203.0.113.7,", None),
        ("1; DROP TABLE", None),
    ],
)
def test_a_forwarded_address_is_one_or_none(forwarded: str, address: str | None, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded})
    assert address_of(request) == address


def test_an_address_that_is_no_address_breaks_nothing(street_clerk: User, as_user: Any, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    url = reverse("regions:facility_export", kwargs={"kind": "csv"})
    response = as_user(street_clerk).get(url, headers={"x-forwarded-for": "203.0.113.7:4711"})
    assert response.status_code == 200


def test_a_listing_stands_only_on_the_surfaces_that_it_names() -> None:
    with pytest.raises(ValueError, match="no pages"):
        pages(USERS)
    with pytest.raises(ValueError, match="no endpoint"):
        type("UserViewSet", (ListingViewSet,), {"listing": USERS})


@pytest.mark.parametrize(
    "listing", [each for each in LISTINGS.values() if "page" in each.surfaces], ids=lambda listing: listing.name
)
@pytest.mark.parametrize("size", ["-1", "0", "999999999", "1e9", "x"])
def test_a_page_size_that_is_not_offered_gives_the_first(
    size: str, listing: Any, bureau_admin: User, system_admin: User, auditor: User, as_user: Any
) -> None:
    user = next(each for each in (bureau_admin, system_admin, auditor) if listing.allows(each, "view"))
    response = as_user(user).get(listing.url("list"), {"per_page": size})
    assert (response.status_code, response.context["table"].paginator.per_page) == (200, 20)


def test_a_page_number_that_there_is_not_gives_a_page(street_clerk: User, as_user: Any) -> None:
    client, url = as_user(street_clerk), reverse("regions:estate_list")
    for number in ("-1", "0", "99", "x", "9" * 30):
        response = client.get(url, {"page": number, "per_page": "50"})
        assert response.status_code == 200, number
        assert (response.context["table"].page.number, response.context["table"].paginator.per_page) == (1, 50)


@pytest.mark.parametrize("body", [{"kind": "\ud800"}, {"\ud800": 1}])
def test_half_a_character_is_not_repeated_in_the_refusal(body: dict[str, Any], partner: Client, tree: Tree) -> None:
    given = {"region": tree.community.code, "kind": "incubator", "name": "甲", "since": "2024-01-01"} | body
    response = partner.post(reverse("api:facility-list"), json.dumps(given), content_type="application/json")
    assert response.status_code == 400
    assert set(response.json()) == ({"kind"} if "kind" in body else {"?"})
