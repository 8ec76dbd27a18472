"""The search box of every page: what it finds, for whom, and that numbers of persons stand in no address."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.accounts.models import User
from governance.kit.creditcode import check_character, organisation_check
from governance.kit.listing import LISTINGS
from governance.kit.seeking import is_secret, kinds_for
from governance.people.models import Person
from governance.regions.models import Facility, Region
from organizations.models import Organization
from projects.models import Project
from tests.contracts.surfaces import EVERYWHERE
from tests.factories import make, make_record
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy
from volunteers.models import Volunteer

URL = "/search/"


def code(area: str, body: str) -> str:
    """Return a credit code of an organisation."""
    whole = area + body + organisation_check(body)
    return whole + check_character(whole)


CODE = code("52430211", "MJJ12345")
ALL_DIGITS = code("51430211", "50000002")
SOUGHT = [listing for listing in LISTINGS.values() if listing.found is not None]
by_name = {"ids": lambda listing: listing.name}


def body(client: Client, text: str) -> str:
    """Return the page of results."""
    response = client.get(URL, {"q": text})
    assert response.status_code == 200
    return str(response.content.decode())


def kinds(client: Client, text: str) -> dict[str, list[str]]:
    """Return the names found by the label of their kind."""
    return {str(kind.label): [hit.name for hit in kind.hits] for kind in client.get(URL, {"q": text}).context["kinds"]}


def test_a_place_is_found_by_name_initials_and_code(as_user: Any, street_clerk: User, tree: Tree) -> None:
    client = as_user(street_clerk)
    for text in ("铁西", "txjwh", "TXJ", tree.community.code, tree.community.code[:10], " 铁西 "):
        assert tree.community.name in kinds(client, text)["地区"], text


@pytest.mark.parametrize("model", [Organization, Project, Volunteer, Facility, Person])
def test_a_record_is_found_and_leads_to_its_page(model: Any, as_user: Any, bureau_admin: User, tree: Tree) -> None:
    record = make_record(model, tree.community, "幸福里")
    person = getattr(record, "person", record)
    text = person.name if isinstance(person, Person) else "幸福里"
    hits = {hit.url for kind in as_user(bureau_admin).get(URL, {"q": text}).context["kinds"] for hit in kind.hits}
    assert record.get_absolute_url() in hits


def test_an_organisation_is_found_by_initials_and_by_its_code(as_user: Any, street_clerk: User, tree: Tree) -> None:
    record = make(Organization, tree.community, "幸福里互助会", uscc=CODE)
    client = as_user(street_clerk)
    for text in ("xflh", "XFLHZH", CODE, CODE[:11].lower()):
        assert kinds(client, text)["社会组织"] == [record.name], text


def test_indicators_and_policies_are_found(as_user: Any, street_clerk: User, tree: Tree) -> None:
    policy = make_policy(tree.county, "told", title="三社联动实施意见")
    make_indicator(make_clause(policy, "条款"), "told_one", name="三社联动覆盖率")
    found = kinds(as_user(street_clerk), "三社联动")
    assert found == {"政策": ["三社联动实施意见"], "指标": ["三社联动覆盖率"]}
    assert kinds(as_user(street_clerk), "told") == found


@pytest.mark.parametrize("listing", [each for each in SOUGHT if each.model not in EVERYWHERE], **by_name)
def test_nothing_of_the_next_street_is_found(
    listing: Any, as_user: Any, street_clerk: User, next_street_clerk: User, tree: Tree
) -> None:
    if listing.model is Region:
        record: Any = tree.next_community
    else:
        record = make_record(listing.model, tree.next_community, "邻街专有")
    person = record if isinstance(record, Person) else getattr(record, "person", None)
    text = person.name if person is not None else str(record)
    own, other = (as_user(each).get(URL, {"q": text}) for each in (street_clerk, next_street_clerk))
    url = listing.url("detail", record)
    assert url not in own.content.decode()
    assert not any(kind.label == listing.model._meta.verbose_name_plural for kind in own.context["kinds"])
    if listing in kinds_for(next_street_clerk):
        assert url in other.content.decode()


def test_who_has_no_post_finds_nothing(
    as_user: Any, no_post: User, auditor: User, system_admin: User, tree: Tree
) -> None:
    make_record(Organization, tree.community, "铁西互助会")
    for user in (no_post, auditor, system_admin):
        assert kinds(as_user(user), "铁西") == {}, user


def test_a_partner_has_no_pages(partner: Client) -> None:
    assert partner.get(URL, {"q": "铁西"}).status_code == 302
    assert partner.post(URL, {"q": "铁西"}).status_code == 302


def test_a_person_is_masked_and_found_by_the_beginning_of_her_name_only(
    as_user: Any, bureau_admin: User, tree: Tree
) -> None:
    person = make_record(Volunteer, tree.community, "x").person
    Person.objects.filter(pk=person.pk).update(name="欧阳明珠", pinyin="oymz")
    client = as_user(bureau_admin)
    for text in ("欧阳明珠", "欧阳", "oymz"):
        answer = client.get(URL, {"q": text})
        assert "欧阳*珠" in answer.content.decode(), text
        assert "欧阳明珠" not in answer.content.decode().replace(f"“{text}”", "").replace(f'value="{text}"', "")
    assert "人员" not in kinds(client, "明珠")


def test_a_number_is_neither_looked_up_nor_repeated_nor_put_into_an_address(
    as_user: Any, bureau_admin: User, tree: Tree
) -> None:
    client = as_user(bureau_admin)
    for number in ("11010519491231002X", "１３８００１３８０００", "138 0013 8000", "6222021234567890123"):
        answer = client.post(URL, {"q": number})
        assert answer.status_code == 200, number
        text = answer.content.decode()
        assert number not in text
        assert reverse("people:person_find") in text
        with CaptureQueriesContext(connection) as captured:
            by_address = body(client, number)
        assert number not in by_address
        assert not any("LIKE" in query["sql"] for query in captured)


def test_a_code_is_no_number_of_a_person() -> None:
    assert not is_secret("430211000000")
    assert not is_secret(CODE)
    assert not is_secret(ALL_DIGITS)
    assert is_secret("430211199001011234")
    assert is_secret("13800138000")


def test_what_is_typed_comes_by_post_and_leads_to_the_page(as_user: Any, street_clerk: User, tree: Tree) -> None:
    client = as_user(street_clerk)
    answer = client.post(URL, {"q": "铁西"})
    assert (answer.status_code, answer["Location"]) == (302, "/search/?q=%E9%93%81%E8%A5%BF")
    part = client.post(URL, {"q": "铁西"}, headers={"HX-Request": "true"}).content.decode()
    assert f'href="{tree.community.get_absolute_url()}"' in part
    assert "<html" not in part
    assert client.post(URL, {"q": ""})["Location"] == URL


def test_one_sign_finds_nothing_and_odd_signs_do_no_harm(as_user: Any, street_clerk: User, tree: Tree) -> None:
    client = as_user(street_clerk)
    for text in ("", "铁", "%%", "' OR 1=1 --", "铁西\u202e", "长" * 5000):
        assert kinds(client, text) == {}, text


def test_each_kind_is_one_query_and_more_than_eight_lead_to_the_list(
    as_user: Any, bureau_admin: User, tree: Tree, django_assert_num_queries: Any
) -> None:
    make_record(Organization, tree.community, "多次出现")
    client = as_user(bureau_admin)
    client.get(URL, {"q": "多次出现"})
    with django_assert_num_queries(4 + len(kinds_for(bureau_admin))):  # session, user with her region, posts, the bell
        client.get(URL, {"q": "多次出现"})
    for number in range(9):
        make_record(Organization, tree.community, f"多次出现{number}")
    with django_assert_num_queries(4 + len(kinds_for(bureau_admin))):
        answer = client.get(URL, {"q": "多次出现"})
    (kind,) = answer.context["kinds"]
    assert (len(kind.hits), kind.more) == (8, True)
    assert client.get(kind.url).context["count"] == 10


def test_names_that_begin_so_come_first(as_user: Any, bureau_admin: User, tree: Tree) -> None:
    make_record(Organization, tree.community, "老年书画社")
    make_record(Organization, tree.community, "书画社联合会")
    assert kinds(as_user(bureau_admin), "书画社")["社会组织"] == ["书画社联合会", "老年书画社"]
