"""Filters that a user keeps: hers alone, few, known to the list, and without numbers of persons."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test import Client

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.desk.models import SavedFilter
from governance.kit.listing import LISTINGS
from governance.kit.privacy import Classification
from governance.kit.savedfilters import keepable
from governance.people.models import Person
from governance.regions.models import Facility
from tests.factories.places import Tree

LIST, ADD = "/regions/facilities/", "/filters/add/"
LABEL = "regions.facility"


def save(client: Client, name: str = "在用的站点", query: str = "q=站点&alive=now", listing: str = LABEL) -> Any:
    return client.post(ADD, {"listing": listing, "name": name, "query": query})


def names(client: Client) -> list[str]:
    return [each.name for each in client.get(LIST).context["saved"]]


def test_a_filter_is_kept_shown_and_forgotten(as_user: Any, street_clerk: User) -> None:
    client = as_user(street_clerk)
    answer = save(client, query="q=站点&alive=now&page=3&per_page=50&print=1&sort=-name&nonsense=1&kind=")
    assert answer["Location"] == f"{LIST}?q=%E7%AB%99%E7%82%B9&alive=now&sort=-name"
    kept = SavedFilter.objects.get()
    body = client.get(answer["Location"]).content.decode()
    address = re.escape(f'href="{LIST}?q=%E7%AB%99%E7%82%B9&amp;alive=now&amp;sort=-name"')
    assert re.search(rf'<a {address}[^>]* aria-current="true"', body)
    assert client.post(f"/filters/{kept.pk}/remove/")["Location"] == LIST
    assert names(client) == []
    told = AuditEvent.objects.filter(action__startswith="desk.savedfilter").order_by("pk")
    assert [event.action for event in told] == ["desk.savedfilter.save", "desk.savedfilter.delete"]
    assert not any("站点" in str([event.before, event.after]) for event in told)


def test_the_same_name_means_the_new_filters(as_user: Any, street_clerk: User) -> None:
    client = as_user(street_clerk)
    save(client, query="q=甲")
    save(client, query="q=乙")
    assert [each.query for each in SavedFilter.objects.all()] == ["q=%E4%B9%99"]


def test_nobody_else_sees_or_removes_it(as_user: Any, street_clerk: User, bureau_admin: User) -> None:
    save(as_user(street_clerk))
    kept, other = SavedFilter.objects.get(), as_user(bureau_admin)
    assert names(other) == []
    assert other.post(f"/filters/{kept.pk}/remove/").status_code == 404
    assert SavedFilter.objects.exists()


def test_who_may_not_see_the_list_keeps_nothing(
    as_user: Any, street_clerk: User, no_post: User, auditor: User, partner: Client
) -> None:
    for client in (as_user(no_post), as_user(auditor)):
        assert save(client).status_code == 404
    assert save(partner).status_code == 302
    for label in ("", "nowhere", "regions.nothing", "accounts.user", "desk.savedfilter"):
        assert save(as_user(street_clerk), listing=label).status_code == 404, label
    assert not SavedFilter.objects.exists()


def test_numbers_of_persons_are_not_kept(as_user: Any, street_clerk: User, tree: Tree) -> None:
    client = as_user(street_clerk)
    save(client, query="q=13800138000")
    save(client, name="13800138000", query="q=甲")
    save(client, name="", query="q=甲")
    save(client, name="长" * 31, query="q=甲")
    save(client, query="nonsense=1")
    assert not SavedFilter.objects.exists()
    asked = QueryDict(f"q=110105 19491231 002X&region={tree.street.code} {tree.street.name}", mutable=True)
    assert keepable(LISTINGS[Facility], asked).startswith(f"region={tree.street.code}")
    assert "q=" not in keepable(LISTINGS[Person], QueryDict("q=11010519491231002X"))


def test_filters_by_sensitive_fields_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    listing, asked = LISTINGS[Facility], QueryDict("kind=incubator&alive=now")
    assert keepable(listing, asked) == "kind=incubator&alive=now"
    levels = {"kind": Classification.SENSITIVE}
    monkeypatch.setattr("governance.kit.savedfilters.classification_of", lambda model: levels)
    assert keepable(listing, asked) == "alive=now"


def test_a_list_has_twenty_at_most(as_user: Any, street_clerk: User) -> None:
    client = as_user(street_clerk)
    for number in range(20):
        save(client, name=f"第{number}个")
    save(client, name="多一个")
    assert len(names(client)) == 20
    assert "多一个" not in names(client)
    client.post(f"/filters/{SavedFilter.objects.get(name='第7个').pk}/remove/")
    save(client, name="多一个")
    assert SavedFilter.objects.get(name="多一个").slot == 8


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"slot": 21}, "savedfilter_few"),
        ({"slot": 0}, "savedfilter_few"),
        ({"name": "乙"}, "savedfilter_slot_once"),
        ({"slot": 2}, "savedfilter_name_once"),
        ({"slot": 2, "name": ""}, "savedfilter_named"),
        ({"slot": 2, "name": "乙", "query": ""}, "savedfilter_named"),
    ],
)
def test_the_database_keeps_the_rules(street_clerk: User, wrong: dict[str, Any], constraint: str) -> None:
    values: dict[str, Any] = {"user": street_clerk, "listing": LABEL, "name": "甲", "query": "q=1", "slot": 1}
    SavedFilter.objects.create(**values)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SavedFilter.objects.create(**values | wrong)
    assert connection.is_usable()


def test_nothing_is_offered_where_nothing_is_filtered(as_user: Any, street_clerk: User) -> None:
    client = as_user(street_clerk)
    assert "save-filter" not in client.get(LIST).content.decode()
    assert "save-filter" in client.get(f"{LIST}?q=x").content.decode()
    assert "save-filter" not in client.get(f"{LIST}?q=x&print=1").content.decode()
