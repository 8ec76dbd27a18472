"""A person is seen where one of her roles is homed, whoever wrote the role and how."""

from __future__ import annotations

import io
import random
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from governance.accounts.models import Post, User
from governance.kit.personroles import roles
from governance.kit.scoping import may
from governance.people import places
from governance.people.models import Person, PersonPlace
from tests.contracts.surfaces import text_of
from tests.factories.people import make_person
from tests.factories.places import Tree
from tests.trial.models import Confidant, Helper

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def seen(user: User) -> set[str]:
    return set(Person.objects.visible_to(user).values_list("name", flat=True))


@pytest.fixture
def anna(tree: Tree) -> Person:
    return make_person(tree.other_county, "安娜", role=False)


def test_without_a_role_nobody_sees_her(anna: Person, street_clerk: User, bureau_admin: User) -> None:
    assert not seen(street_clerk)
    assert not seen(bureau_admin)


def test_each_role_adds_its_place(
    anna: Person, street_clerk: User, next_street_clerk: User, bureau_admin: User, no_post: User, tree: Tree
) -> None:
    helper = Helper.objects.create(person=anna, region=tree.community)
    assert seen(street_clerk) == seen(bureau_admin) == {"安娜"}
    assert not seen(next_street_clerk)
    assert not seen(no_post)
    Helper.objects.create(person=anna, region=tree.next_community)
    assert seen(street_clerk) == seen(next_street_clerk) == {"安娜"}
    helper.delete()
    assert not seen(street_clerk)
    assert seen(next_street_clerk) == {"安娜"}
    assert may(next_street_clerk, "view", anna)
    assert not may(street_clerk, "view", anna)


def test_a_role_in_confidence_shows_her_to_those_who_may_see_it(
    anna: Person, street_clerk: User, bureau_admin: User, tree: Tree
) -> None:
    Confidant.objects.create(who=anna, place=tree.community)
    assert not seen(street_clerk)
    assert seen(bureau_admin) == {"安娜"}
    Helper.objects.create(person=anna, region=tree.community)
    assert seen(street_clerk) == {"安娜"}


def test_one_of_two_roles_at_a_place_is_enough(anna: Person, street_clerk: User, tree: Tree) -> None:
    first = Helper.objects.create(person=anna, region=tree.community)
    Helper.objects.create(person=anna, region=tree.community)
    first.delete()
    assert seen(street_clerk) == {"安娜"}
    Helper.objects.all().update(region=tree.next_community)
    assert not seen(street_clerk)
    Helper.objects.all().update(region=tree.community)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trial_helper")
    assert not seen(street_clerk)


def test_whoever_writes(street_clerk: User, tree: Tree) -> None:
    people = [make_person(tree.other_county, f"人{turn}", role=False) for turn in range(4)]
    Helper.objects.bulk_create([Helper(person=person, region=tree.community) for person in people[:2]])
    rows = "".join(f"{person.pk}\t{tree.village.pk}\t\t{NOW.isoformat()}\n" for person in people[2:])
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY trial_helper (person_id, region_id, duty, changed_at) FROM STDIN", io.StringIO(rows))
    assert seen(street_clerk) == {person.name for person in people}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is deferred would forbid TRUNCATE
        cursor.execute("TRUNCATE trial_helper")
    assert not seen(street_clerk)


def test_many_at_once(tree: Tree) -> None:
    people = Person.objects.bulk_create([Person(name=f"人{turn}", region=tree.county) for turn in range(450)])
    Helper.objects.bulk_create([Helper(person=person, region=tree.community) for person in people])
    assert PersonPlace.objects.count() == 450
    Helper.objects.update(region=tree.village)
    assert set(PersonPlace.objects.values_list("region", flat=True)) == {tree.village.pk}
    assert PersonPlace.objects.count() == 450


def test_after_any_writes_the_places_are_those_of_the_roles(tree: Tree) -> None:
    dice = random.Random(7)
    people = [make_person(tree.county, f"人{turn}", role=False) for turn in range(6)]
    where = [tree.community, tree.village, tree.next_community]
    for _turn in range(150):
        model, person, region = dice.choice(
            [(Helper, "person", "region"), (Confidant, "who", "place")],
        )
        rows: Any = model.objects.all()
        one = dice.choice([*rows, None])
        match dice.randrange(4):
            case 0 | 1:
                rows.create(**{person: dice.choice(people), region: dice.choice(where)})
            case 2 if one is not None:
                rows.filter(pk__in=dice.sample([row.pk for row in rows], k=min(3, rows.count()))).update(
                    **{dice.choice([person]): dice.choice(people), region: dice.choice(where)}
                )
            case 3 if one is not None:
                rows.filter(pk__gte=one.pk).delete()
        expected = {(row.person_id, row.region_id, "trial_helper") for row in Helper.objects.all()} | {
            (row.who_id, row.place_id, "trial_confidant") for row in Confidant.objects.all()
        }
        assert set(PersonPlace.objects.values_list("person", "region", "role")) == expected


def test_lost_triggers_are_noticed_and_mended(anna: Person, tree: Tree) -> None:
    assert places.check(["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute('DROP FUNCTION "people_places_trial_helper_insert"() CASCADE')
    Helper.objects.create(person=anna, region=tree.community)
    assert not PersonPlace.objects.exists()
    assert [each.id for each in places.check(["default"])] == ["people.W001"]
    assert places.install() == ["people_places_trial_helper_insert"]
    assert PersonPlace.objects.get().person == anna
    assert places.check(["default"]) == []
    assert places.install() == []


def test_every_role_has_its_triggers(db: None) -> None:
    tables = {trigger.table for trigger in places.wanted()}
    assert {role.model._meta.db_table for role in roles()} == tables


@pytest.mark.parametrize("surface", ["/people/", "/api/v1/persons/", "/people/export.csv"])
def test_the_filter_by_place_tells_no_role_that_one_does_not_see(
    surface: str, anna: Person, street_clerk: User, bureau_admin: User, tree: Tree, as_user: Any
) -> None:
    Helper.objects.create(person=anna, region=tree.community)
    Confidant.objects.create(who=anna, place=tree.village)
    Helper.objects.create(person=anna, region=tree.next_community)
    # she reads the tree of the whole county, and persons in her own street only
    Post.objects.create(user=street_clerk, role="system_admin", region=tree.county, since=date(2020, 1, 1))

    def found(user: User, place: Any) -> bool:
        return "安" in text_of(as_user(user).get(surface, {"region": place.code}))

    assert found(street_clerk, tree.community)
    assert not found(street_clerk, tree.village)
    assert not found(street_clerk, tree.next_community)
    assert found(bureau_admin, tree.village)
