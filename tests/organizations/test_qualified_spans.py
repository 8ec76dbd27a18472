"""When persons in post are certified or trained, kept by triggers and computed here once more from scratch."""

from __future__ import annotations

import io
import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from governance.people.models import Person
from organizations.models import (
    CommunityWorkerPost,
    QualifiedSpan,
    SocialWorkCertificate,
    SocialWorkPost,
    TrainingRecord,
)
from tests.factories.places import Tree
from tests.organizations.made import certificate, day, person, post, training, worker

Row = tuple[str, str, date, date | None]
RANKS = ("assistant", "intermediate", "senior")


@pytest.fixture
def one(tree: Tree) -> Person:
    return person(tree.street)


def kept(of: Person, kind: str = "certified_social_worker") -> list[Row]:
    rows = QualifiedSpan.objects.filter(person=of, kind=kind).select_related("region").order_by("since")
    return [(row.region.name, row.level, row.since, row.until) for row in rows]


def test_a_higher_certificate_hides_the_lower(tree: Tree, one: Person) -> None:
    post(one, tree.street, "2020-01-01", "2024-01-01")
    certificate(one, "assistant", "2019-06-01")
    certificate(one, "intermediate", "2021-06-01", "2023-06-01")
    name = tree.street.name
    assert kept(one) == [
        (name, "assistant", day("2020-01-01"), day("2021-06-01")),
        (name, "intermediate", day("2021-06-01"), day("2023-06-01")),
        (name, "assistant", day("2023-06-01"), day("2024-01-01")),
    ]
    certificate(one, "senior", "2020-07-01")
    assert kept(one) == [
        (name, "assistant", day("2020-01-01"), day("2020-07-01")),
        (name, "senior", day("2020-07-01"), day("2024-01-01")),
    ]


def test_only_the_main_post_of_a_professional_counts(tree: Tree, one: Person) -> None:
    certificate(one, "senior", "2019-01-01")
    main = post(one, tree.street, "2020-01-01")
    post(one, tree.community, "2020-01-01", main=False)
    assert [row[0] for row in kept(one)] == [tree.street.name]
    main.professional = False
    main.save()
    assert kept(one) == []


def test_a_training_counts_for_a_year_and_one_after_another_without_a_gap(tree: Tree, one: Person) -> None:
    worker(one, tree.community, "2023-01-01", "2025-01-15")
    training(one, "2022-03-10")
    training(one, "2023-02-01")
    training(one, "2024-02-29")
    assert kept(one, "trained_community_worker") == [
        (tree.community.name, "", day("2023-01-01"), day("2024-02-01")),
        (tree.community.name, "", day("2024-02-29"), day("2025-01-15")),
    ]


def test_a_community_worker_is_certified_by_any_level(tree: Tree, one: Person) -> None:
    worker(one, tree.community, "2020-01-01", "2022-01-01")
    worker(one, tree.village, "2022-01-01")
    certificate(one, "assistant", "2021-01-01", "2023-01-01")
    certificate(one, "senior", "2022-06-01")
    assert kept(one, "certified_community_worker") == [
        (tree.community.name, "", day("2021-01-01"), day("2022-01-01")),
        (tree.village.name, "", day("2022-01-01"), None),
    ]


def test_each_way_of_writing_is_followed(tree: Tree, one: Person) -> None:
    held = certificate(one, "assistant", "2020-01-01")
    with connection.cursor() as cursor:
        columns = "person_id, region_id, employer, title, professional, full_time, main, since, changed_at"
        row = f"{one.pk}\t{tree.street.pk}\t工作站\t\tt\tt\tt\t2021-01-01\t2021-01-01\n"
        cursor.copy_expert(f"COPY organizations_socialworkpost ({columns}) FROM STDIN", io.StringIO(row))
    assert kept(one) == [(tree.street.name, "assistant", day("2021-01-01"), None)]
    SocialWorkPost.objects.filter(person=one).update(until=day("2023-01-01"))
    assert kept(one) == [(tree.street.name, "assistant", day("2021-01-01"), day("2023-01-01"))]
    SocialWorkCertificate.objects.bulk_create(
        [SocialWorkCertificate(person=one, level="senior", number="S1", since=day("2022-01-01"))]
    )
    assert [row[1] for row in kept(one)] == ["assistant", "senior"]
    held.delete()
    assert [row[1] for row in kept(one)] == ["senior"]
    SocialWorkPost.objects.filter(person=one).delete()
    assert kept(one) == []


def test_a_row_that_moves_to_another_person_leaves_the_first(tree: Tree, one: Person) -> None:
    other = person(tree.street, "李强")
    held = certificate(one, "assistant", "2020-01-01")
    post(one, tree.street, "2021-01-01")
    post(other, tree.street, "2021-01-01")
    SocialWorkCertificate.objects.filter(pk=held.pk).update(person=other)
    assert kept(one) == []
    assert kept(other) == [(tree.street.name, "assistant", day("2021-01-01"), None)]


def test_only_what_differs_is_written(tree: Tree, one: Person) -> None:
    work = post(one, tree.street, "2020-01-01")
    certificate(one, "assistant", "2019-01-01", "2021-01-01")
    held = certificate(one, "intermediate", "2021-01-01")
    before = versions()
    SocialWorkPost.objects.filter(pk=work.pk).update(title="站长")
    assert versions() == before
    SocialWorkPost.objects.filter(pk=work.pk).update(until=day("2024-01-01"))
    after = versions()
    assert after.keys() == before.keys()
    assert [pk for pk in after if after[pk] != before[pk]] == [max(after)]  # the second ends earlier, the first stays
    held.delete()
    assert versions() == {min(before): before[min(before)]}


def versions() -> dict[int, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, ctid FROM organizations_qualifiedspan")
        return dict(cursor.fetchall())


# ---- against a slow computation, day by day ----


def test_random_writes_leave_what_is_computed_from_scratch(tree: Tree) -> None:
    chance = random.Random(20260212)
    people = [person(tree.street, f"人{number}") for number in range(4)]
    places = (tree.street, tree.community, tree.village)
    for _step in range(160):
        of, place = chance.choice(people), chance.choice(places)
        since = START + timedelta(days=chance.randrange(300))
        until = since + timedelta(days=chance.randint(1, 200)) if chance.random() < 0.8 else None
        model: Any = chance.choice((SocialWorkPost, CommunityWorkerPost, SocialWorkCertificate, TrainingRecord))
        days = {"since": since, "until": until}
        values: dict[str, Any] = {"person": of}
        if model is TrainingRecord:
            values |= {"title": f"{_step}", "finished_on": since - timedelta(days=200)}
        elif model is SocialWorkCertificate:
            values |= {"level": chance.choice(RANKS), "number": f"{_step}", **days}
        elif model is SocialWorkPost:
            values |= {
                "region": place,
                "employer": "站",
                "main": chance.random() < 0.7,
                "professional": chance.random() < 0.8,
                **days,
            }
        else:
            values |= {"community": chance.choice(places[1:]), "position": "dedicated", **days}
        row = model.objects.order_by("?").first() if chance.random() < 0.5 else None
        if row is not None and chance.random() < 0.4:
            row.delete()
        elif free(model, values, row):
            if row is None:
                model.objects.create(**values)
            else:
                model.objects.filter(pk=row.pk).update(**values)
    assert QualifiedSpan.objects.count() > 5
    assert {kind: held(kind) for kind in QualifiedSpan.Kind.values} == from_scratch(people)


START, DAYS = date(2022, 1, 1), 600


def free(model: Any, values: dict[str, Any], row: Any) -> bool:
    """Return whether the rules let a row be written so."""
    if model is TrainingRecord or (model is SocialWorkPost and not values["main"]):
        return True
    same = {name: values[name] for name in ("level",) if name in values} | ({"main": True} if "main" in values else {})
    others = model.objects.filter(person=values["person"], **same).exclude(pk=row.pk if row else None)
    end = values["until"] or date.max
    return not any(each.since < end and values["since"] < (each.until or date.max) for each in others)


def held(kind: str) -> set[tuple[int, int, str, int, date]]:
    """Return each day on which somebody is qualified: person, place, level, post and day."""
    return {
        (row.person_id, row.region_id, row.level, row.social_work_post_id or row.community_post_id, day)
        for row in QualifiedSpan.objects.filter(kind=kind)
        for day in days(row)
    }


def days(row: Any) -> list[date]:
    return [each for each in calendar() if row.since <= each and (row.until is None or each < row.until)]


def calendar() -> list[date]:
    return [START + timedelta(days=number) for number in range(DAYS)]


def from_scratch(people: list[Person]) -> dict[str, set[tuple[int, int, str, int, date]]]:
    found: dict[str, set[tuple[int, int, str, int, date]]] = {kind: set() for kind in QualifiedSpan.Kind.values}
    for of in people:
        level: dict[date, str] = {}
        for certified in SocialWorkCertificate.objects.filter(person=of):
            for each in days(certified):
                level[each] = max(level.get(each, "assistant"), certified.level, key=RANKS.index)
        trained = {
            each
            for row in TrainingRecord.objects.filter(person=of)
            for each in calendar()
            if row.finished_on <= each < row.finished_on.replace(year=row.finished_on.year + 1)
        }
        for work in SocialWorkPost.objects.filter(person=of, main=True, professional=True):
            found["certified_social_worker"] |= {
                (of.pk, work.region_id, level[each], work.pk, each) for each in days(work) if each in level
            }
        for place in CommunityWorkerPost.objects.filter(person=of):
            mine = (of.pk, place.community_id, "", place.pk)
            found["certified_community_worker"] |= {(*mine, each) for each in days(place) if each in level}
            found["trained_community_worker"] |= {(*mine, each) for each in days(place) if each in trained}
    return found
