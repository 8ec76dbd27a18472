"""What is special about lists of this app: statuses of today, names that streets may point to, persons."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.kit.errors import DomainError
from governance.people.entry import Entry
from governance.people.models import Person
from governance.people.somebody import somebody
from organizations.listings.register import ORGANIZATIONS
from organizations.listings.social_work import CERTIFICATES, SOCIAL_WORK_POSTS, TRAININGS
from organizations.models import Organization, QualifiedSpan, SocialWorkPost
from tests.factories.people import identity_number, make_person
from tests.factories.places import Tree
from tests.organizations.made import certificate, credit_code, day, organization, person, post, status, training


def names(user: User, **asked: Any) -> list[str]:
    return [row.name for row in ORGANIZATIONS.filtered(user, asked).rows]


def test_an_organisation_is_what_it_is_today(tree: Tree, street_clerk: User) -> None:
    filed, gone = organization(tree.street, "甲会"), organization(tree.street, "乙会")
    organization(tree.street, "丙会")
    status(filed, "community_guided", "2020-01-01", "2021-01-01")
    status(filed, "filed", "2021-01-01")
    status(gone, "filed", "2020-01-01", "2024-01-01")
    standing = {row.name: row.standing for row in ORGANIZATIONS.rows(street_clerk)}
    assert standing == {"甲会": "filed", "乙会": None, "丙会": None}
    assert names(street_clerk, status="filed") == ["甲会"]
    assert set(names(street_clerk, status="none")) == {"乙会", "丙会"}
    assert names(street_clerk, status="registered") == []


def test_organisations_are_found_by_initials_and_codes(tree: Tree, street_clerk: User) -> None:
    code = credit_code()
    organization(tree.street, "天元社工服务中心", uscc=code)
    organization(tree.street, "湘江舞蹈队", filing_no="BA-2023-7")
    assert names(street_clerk, q="TYSG") == ["天元社工服务中心"]
    assert names(street_clerk, q=code[:10].lower()) == ["天元社工服务中心"]
    assert names(street_clerk, q="ba-2023") == ["湘江舞蹈队"]
    assert names(street_clerk, q="舞蹈") == ["湘江舞蹈队"]
    Organization.objects.filter(name="湘江舞蹈队").update(name="湘江合唱团")
    assert names(street_clerk, charity="true") == []


def test_a_street_may_name_what_its_county_has_registered(
    tree: Tree, street_clerk: User, next_street_clerk: User, no_post: User
) -> None:
    ours, county = organization(tree.community, "本街的"), organization(tree.county, "区里的")
    theirs, beside = organization(tree.next_street, "邻街的"), organization(tree.other_county, "邻区的")
    rows = Organization.objects.all()
    assert set(rows.nameable_by(street_clerk)) == {ours, county}
    assert set(rows.nameable_by(next_street_clerk)) == {theirs, county}
    assert set(rows.visible_to(street_clerk)) == {ours}
    assert not rows.nameable_by(no_post)
    assert beside not in rows.nameable_by(street_clerk)


# ---- persons ----


def entry(name: str, number: str = "") -> Entry:
    return Entry.of(name, number)


def employ(by: User, tree: Tree, named: Any, **values: Any) -> SocialWorkPost:
    given = {"region": tree.street, "employer": "社会工作站", "since": day("2024-01-01")}
    made: SocialWorkPost = SOCIAL_WORK_POSTS.action("add")(by=by, person=named, **(given | values))  # type: ignore[misc]
    return made


def test_a_post_records_its_holder_once(tree: Tree, street_clerk: User) -> None:
    number = identity_number()
    first = employ(street_clerk, tree, entry("王小芳", number), until=day("2025-01-01"))
    second = employ(street_clerk, tree, entry("王小芳", number), since=day("2025-01-01"))
    assert first.person == second.person
    assert Person.objects.count() == 1
    assert first.person in Person.objects.visible_to(street_clerk)


def test_a_certificate_follows_somebody_who_is_here(tree: Tree, street_clerk: User, next_street_clerk: User) -> None:
    add: Any = CERTIFICATES.action("add")
    values = {"level": "senior", "number": "S1", "since": day("2020-01-01"), "until": None}
    number = identity_number()
    holder = employ(street_clerk, tree, entry("王小芳", number)).person
    with pytest.raises(DomainError) as refusal:
        add(by=next_street_clerk, person=entry("王小芳", number), **values)
    assert refusal.value.code == "unknown_person"
    made = add(by=street_clerk, person=entry("王小芳"), **values)
    assert made.person == holder
    assert made in CERTIFICATES.model._default_manager.visible_to(street_clerk)
    assert not CERTIFICATES.model._default_manager.visible_to(next_street_clerk).exists()
    span = QualifiedSpan.objects.get()
    assert (span.since, span.get_absolute_url()) == (
        day("2024-01-01"),
        holder.social_work_posts.get().get_absolute_url(),
    )


def test_of_two_of_one_name_the_number_is_asked(tree: Tree, street_clerk: User) -> None:
    number = identity_number()
    employ(street_clerk, tree, entry("王小芳", number))
    employ(street_clerk, tree, entry("王小芳", identity_number()))
    with pytest.raises(DomainError) as refusal:
        somebody(entry("王小芳"), by=street_clerk)
    assert refusal.value.code == "several_persons"
    assert somebody(entry("王小芳", number), by=street_clerk).name == "王小芳"
    with pytest.raises(DomainError):
        somebody(entry("李小芳"), by=street_clerk)


def test_a_training_passes_to_nobody_else(tree: Tree, street_clerk: User) -> None:
    one, other = make_person(tree.street, "王小芳"), make_person(tree.street, "李强")
    change: Any = TRAININGS.action("change")
    row = training(one, "2024-01-01")
    with pytest.raises(DomainError) as refusal:
        change(row, by=street_clerk, person=other)
    assert refusal.value.field == "person"
    assert change(row, by=street_clerk, title="督导培训").title == "督导培训"


def test_certificates_are_listed_by_where_their_holders_work(tree: Tree, bureau_admin: User) -> None:
    one, other = person(tree.street), person(tree.street, "李强")
    post(one, tree.community, "2020-01-01")
    post(other, tree.next_community, "2020-01-01")
    here, there = certificate(one, "senior", "2020-01-01"), certificate(other, "senior", "2020-01-01")
    found = {
        place.code: set(CERTIFICATES.filtered(bureau_admin, {"region": place.code}).rows)
        for place in (tree.street, tree.next_street, tree.county, tree.village)
    }
    assert list(found.values()) == [{here}, {there}, {here, there}, set()]


def test_the_contact_of_an_organisation_is_replaced(tree: Tree, street_clerk: User, as_user: Any) -> None:
    client: Client = as_user(street_clerk)
    one = organization(tree.street, "甲会")
    address = reverse("organizations:organization_change", args=[one.pk])

    def send(**contact: str) -> None:
        one.refresh_from_db()
        answer = client.post(
            address,
            {"name": "甲会", "region": tree.street.code, "nature": "team", "seen": one.changed_at.isoformat()}
            | contact,
        )
        assert answer.status_code == 302, answer.content.decode()
        one.refresh_from_db()

    send(contact_name="王小芳", contact_identity_number=identity_number())
    first = one.contact
    assert first is not None
    assert first in Person.objects.visible_to(street_clerk)
    assert str(first) in client.get(address).content.decode()
    send()
    assert one.contact == first
    send(contact_name="李强")
    assert one.contact is not None
    assert one.contact.name == "李强"
    assert first not in Person.objects.visible_to(street_clerk)


def test_the_api_takes_an_organisation_and_its_status(tree: Tree, partner: Client) -> None:
    body = {"name": "甲会", "region": tree.street.code, "nature": "association", "uscc": credit_code()}
    made = partner.post(reverse("api:organization-list"), body, content_type="application/json")
    assert made.status_code == 201, made.content
    fact = {"organization": made.json()["id"], "status": "registered", "since": "2024-01-01"}
    standing = partner.post(reverse("api:organization_status-list"), fact, content_type="application/json")
    assert standing.status_code == 201, standing.content
    charity = {"organization": made.json()["id"], "way": "recognised", "since": "2024-01-01"}
    refused = partner.post(reverse("api:charity_recognition-list"), charity, content_type="application/json")
    assert refused.status_code == 403
    assert timezone.localdate() >= day("2024-01-01")
