"""The dashboard opened without a choice shows what its reader looked at last, as long as it is in her reach."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.accounts.models import Post, User
from governance.desk.models import LastUsed
from governance.policies.models import Policy
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy

URL = "/attainment/"


@pytest.fixture
def older(tree: Tree) -> Policy:
    policy = make_policy(tree.county, "older-2019", valid_from=date(2019, 1, 1), valid_to=None)
    make_indicator(make_clause(policy, "条款"), "older_one", name="指标甲")
    return policy


@pytest.fixture
def newer(tree: Tree) -> Policy:
    return make_policy(tree.county, "newer-2022", valid_from=date(2022, 1, 1), valid_to=None)


@pytest.fixture
def bureau(bureau_admin: User, as_user: Any) -> Client:
    return as_user(bureau_admin)  # type: ignore[no-any-return]


def seen(client: Client) -> tuple[str, str]:
    context = client.get(URL).context
    return context["policy"].slug, context["region"].code


def test_it_comes_back_to_what_was_chosen(older: Policy, newer: Policy, tree: Tree, bureau: Client) -> None:
    first = seen(bureau)
    assert not LastUsed.objects.exists()  # nothing was chosen
    chosen = older if first[0] == newer.slug else newer
    bureau.get(URL, {"policy": chosen.slug, "region": tree.street.code})
    assert seen(bureau) == (chosen.slug, tree.street.code)
    bureau.get(URL, {"policy": chosen.slug, "region": tree.community.code})
    assert seen(bureau) == (chosen.slug, tree.community.code)
    assert LastUsed.objects.count() == 1
    assert bureau.get(URL, {"policy": first[0]}).context["policy"].slug == first[0]


def test_it_is_hers_alone(
    older: Policy, newer: Policy, tree: Tree, bureau: Client, as_user: Any, street_clerk: User
) -> None:
    bureau.get(URL, {"policy": older.slug, "region": tree.next_street.code})
    assert seen(as_user(street_clerk))[1] != tree.next_street.code


def test_the_same_again_writes_nothing(older: Policy, tree: Tree, bureau: Client) -> None:
    asked = {"policy": older.slug, "region": tree.street.code}
    bureau.get(URL, asked)
    with CaptureQueriesContext(connection) as captured:
        bureau.get(URL, asked)
    written = ('INSERT INTO "desk_lastused"', 'UPDATE "desk_lastused"')
    assert not any(statement in query["sql"] for query in captured for statement in written)
    with CaptureQueriesContext(connection) as captured:
        bureau.get(URL, asked | {"region": tree.county.code})
    assert any(written[0] in query["sql"] for query in captured)


def test_what_is_out_of_reach_is_forgotten(older: Policy, tree: Tree, as_user: Any, street_clerk: User) -> None:
    client = as_user(street_clerk)
    client.get(URL, {"policy": older.slug, "region": tree.community.code})
    assert LastUsed.objects.filter(region=tree.community).exists()
    Post.objects.filter(user=street_clerk).update(region=tree.next_street)
    answer = client.get(URL)
    assert answer.status_code == 200
    assert answer.context["region"] != tree.community
    assert not LastUsed.objects.exists()


def test_a_policy_that_is_gone_is_forgotten(older: Policy, newer: Policy, tree: Tree, bureau: Client) -> None:
    bureau.get(URL, {"policy": older.slug, "region": tree.street.code})
    LastUsed.objects.update(policy="gone")
    assert bureau.get(URL).status_code == 200
    assert not LastUsed.objects.exists()


def test_a_place_outside_is_not_remembered(older: Policy, tree: Tree, as_user: Any, street_clerk: User) -> None:
    assert as_user(street_clerk).get(URL, {"policy": older.slug, "region": tree.next_street.code}).status_code == 404
    assert not LastUsed.objects.exists()


def test_the_page_is_shown_where_it_cannot_be_kept(
    older: Policy, tree: Tree, bureau: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: Any, **options: Any) -> None:
        raise DatabaseError("read only")

    monkeypatch.setattr(type(LastUsed.objects.all()), "bulk_create", fail)
    assert bureau.get(URL, {"policy": older.slug, "region": tree.street.code}).status_code == 200
    assert not LastUsed.objects.exists()


def test_the_database_keeps_one_row_that_names_a_policy(tree: Tree, street_clerk: User) -> None:
    with pytest.raises(IntegrityError, match="lastused_names_a_policy"), transaction.atomic():
        LastUsed.objects.create(user=street_clerk, region=tree.street, policy="")
    LastUsed.objects.create(user=street_clerk, region=tree.street, policy="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        LastUsed.objects.bulk_create([LastUsed(user=street_clerk, region=tree.county, policy="b")])


def test_the_switcher_stays_on_the_page(older: Policy, tree: Tree, as_user: Any, street_clerk: User) -> None:
    client = as_user(street_clerk)
    asked = {"policy": older.slug, "month": "2025-12"}
    switch = client.get(URL, asked).context["switch"]
    page = f"{URL}?policy=older-2019&amp;month=2025-12&amp;region={tree.community.code}"
    for text in ("铁西", "txj", tree.community.code):
        assert f'href="{page}"' in client.get(f"{switch['choices']}&q={text}").content.decode(), text
    assert client.get(switch["go"], asked | {"q": "铁西居委会"})["Location"] == page.replace("&amp;", "&")
    at = client.get("/attainment/indicators/older_one/", {"month": "2025-12"}).context["switch"]
    answer = client.get(at["go"], at["carried"] | {"q": tree.community.code})
    assert answer["Location"].startswith("/attainment/indicators/older_one/?")
    assert client.get(answer["Location"]).context["region"] == tree.community


def test_the_switcher_offers_no_place_out_of_reach(older: Policy, tree: Tree, as_user: Any, street_clerk: User) -> None:
    client = as_user(street_clerk)
    choices = client.get("/attainment/places/", {"policy": older.slug, "switch": "1"}).content.decode()
    assert tree.next_street.name not in choices
    assert tree.next_community.name not in choices
    assert tree.street.name in choices
    go = client.get("/attainment/places/go/", {"policy": older.slug, "q": tree.next_community.code})
    assert (go.status_code, tree.next_community.name in go.content.decode()) == (200, False)
    assert client.get("/attainment/places/", {"policy": "nothing", "switch": "1"}).status_code == 404
