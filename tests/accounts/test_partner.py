"""Partner systems: credentials to a token, the token limited to a region and to verbs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from oauth2_provider.models import get_access_token_model

from governance.accounts import actions, posts
from governance.accounts.models import PartnerClient, User
from tests.conftest import partner_client
from tests.factories.places import Tree

SECRET = "a secret that is shown once"


@pytest.fixture
def registered(system_admin: User, security_admin: User, tree: Tree) -> PartnerClient:
    client = actions.add_partner(
        by=system_admin, name="街道平台", region=tree.street, verbs=["view", "add"], secret=SECRET
    )
    posts.add_post(by=security_admin, user=client.user, role="partner", region=tree.street)
    return client


def token(client: Client, partner: PartnerClient, secret: str = SECRET, **more: str) -> Any:
    data = {"grant_type": "client_credentials", "client_id": partner.client_id, "client_secret": secret}
    return client.post(reverse("api:token"), data | more)


def test_credentials_give_a_token_that_reads_one_street(client: Client, registered: PartnerClient, tree: Tree) -> None:
    answer = token(client, registered).json()
    assert set(answer["scope"].split()) == {"view", "add"}
    response = client.get(reverse("api:region-list"), headers={"authorization": f"Bearer {answer['access_token']}"})
    codes = {row["code"] for row in response.json()["results"]}
    assert codes == {tree.street.code, tree.community.code, tree.village.code}


def test_a_token_is_never_given_more_verbs_than_the_client_has(client: Client, registered: PartnerClient) -> None:
    assert token(client, registered, scope="view delete").status_code in {400, 401}
    assert set(token(client, registered, scope="view").json()["scope"].split()) == {"view"}


def test_a_wrong_secret_gives_nothing(client: Client, registered: PartnerClient) -> None:
    assert token(client, registered, secret="guessed").status_code == 401


def test_the_secret_is_kept_as_a_hash(registered: PartnerClient) -> None:
    assert SECRET not in PartnerClient.objects.get(pk=registered.pk).client_secret


def test_a_token_is_kept_as_a_checksum_and_read_from_the_header_alone(
    client: Client, registered: PartnerClient
) -> None:
    text = token(client, registered).json()["access_token"]
    kept = get_access_token_model().objects.get(application=registered)
    assert text not in (kept.token, kept.token_checksum)
    url = reverse("api:facility-list")
    assert client.get(url, headers={"authorization": f"bearer {text}"}).status_code == 200
    assert client.get(url, {"access_token": text}).status_code == 401
    assert client.post(url, {"access_token": text}).status_code == 401


def test_no_other_grant_is_offered(client: Client, registered: PartnerClient) -> None:
    data = {
        "grant_type": "password",
        "username": "x",
        "password": "y",
        "client_id": registered.client_id,
        "client_secret": SECRET,
    }
    assert client.post(reverse("api:token"), data).status_code in {400, 401}


def test_losing_a_verb_ends_the_tokens_given_before(
    client: Client, registered: PartnerClient, system_admin: User
) -> None:
    bearer = {"authorization": f"Bearer {token(client, registered).json()['access_token']}"}
    assert client.get(reverse("api:region-list"), headers=bearer).status_code == 200
    actions.change_partner(registered, by=system_admin, name="街道平台", verbs=["add"])
    assert client.get(reverse("api:region-list"), headers=bearer).status_code == 401


def test_a_disabled_account_ends_its_tokens(client: Client, registered: PartnerClient) -> None:
    bearer = {"authorization": f"Bearer {token(client, registered).json()['access_token']}"}
    User.objects.filter(pk=registered.user.pk).update(is_active=False)
    assert client.get(reverse("api:region-list"), headers=bearer).status_code == 401


def test_a_token_opens_no_page(partner: Client) -> None:
    assert partner.get(reverse("desk:workbench")).status_code == 302


def test_a_rule_refused_is_409_and_bad_input_is_400_by_field(partner: Client, tree: Tree) -> None:
    estate = {"community": tree.community.code, "name": "金谷小区", "since": "2024-01-01"}
    first = partner.post(reverse("api:estate-list"), estate, content_type="application/json").json()
    stale = first | {"households": 3, "changed_at": "2020-01-01T00:00:00Z"}
    url = reverse("api:estate-detail", kwargs={"pk": first["id"]})
    refused = partner.put(url, stale, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "changed_meanwhile")
    bad = partner.post(reverse("api:estate-list"), {"community": "999", "name": ""}, content_type="application/json")
    assert bad.status_code == 400
    assert set(bad.json()) == {"community", "name"}


def test_a_place_of_the_wrong_level_is_refused_at_its_field_in_words(partner: Client, tree: Tree) -> None:
    street = {"community": tree.street.code, "name": "金谷小区"}
    refused = partner.post(reverse("api:estate-list"), street, content_type="application/json")
    assert refused.status_code == 400
    assert refused.json() == {"community": [f"{tree.street.name}是乡镇（街道），这里只能选：村（社区）。"]}


def test_an_unknown_region_in_a_filter_is_400(partner: Client) -> None:
    response = partner.get(reverse("api:facility-list"), {"region": "999999999999"})
    assert response.status_code == 400
    assert "region" in response.json()


def test_the_schema_describes_every_endpoint(street_clerk: User, as_user: Any) -> None:
    response = as_user(street_clerk).get(reverse("api:schema"), headers={"accept": "application/json"})
    assert response.status_code == 200
    body = response.content.decode()
    for name in ("regions", "estates", "facilities", "capabilities", "reported_figures", "jobs"):
        assert f"/api/v1/{name}/" in body
    asked = response.json()["paths"]["/api/v1/facilities/"]["post"]["security"]
    assert {"partner": ["add"]} in asked


def test_a_partner_reads_only_what_its_verbs_name(tree: Tree) -> None:
    assert partner_client(tree.street, ["add"]).get(reverse("api:region-list")).status_code == 403
