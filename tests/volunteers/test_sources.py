"""What the sources of this app count, from the day on which it is; and all of it against the slow reader."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from governance.kit.measures import expressions as e
from governance.kit.measures.sources import SOURCES
from governance.regions.models import Region, RegisterCoverage
from tests.attainment.packed_rows import packed, values
from tests.attainment.slow_facts import RecordFacts
from tests.factories.places import Tree
from tests.projects.counted import count, keep
from tests.volunteers.made import activity, day, person, points, service, span, volunteer
from volunteers.models import PartyReport, PointsPartner, SpotCheck

NAMES = (
    "volunteers",
    "activities",
    "service_records",
    "service_record_start",
    "points",
    "points_partners",
    "party_reports",
    "spot_checks",
)
APRIL, MAY, JUNE = date(2024, 4, 30), date(2024, 5, 31), date(2024, 6, 1)
WINDOWS = ("month", "ytd", "last12", "last24", "total")


@pytest.fixture
def _kept(tree: Tree) -> None:
    keep(tree.county, *NAMES, "capabilities")


def counts(expression: e.Expression, tree: Tree, *days: date) -> list[Any]:
    return [count(expression, tree.county, each) for each in days]


@pytest.mark.usefixtures("_kept")
def test_volunteers_from_and_until_the_last_day_of_a_month(tree: Tree) -> None:
    registered, verified = e.Stock("volunteers", "registered"), e.Stock("volunteers", "verified")
    volunteer(tree.community, "2024-05-31", "2024-06-30")
    volunteer(tree.village, "2024-06-01", verified_on=day("2024-05-01"))
    volunteer(tree.village, "2020-01-01", verified_on=day("2024-05-31"))
    assert counts(registered, tree, APRIL, MAY, JUNE) == [1, 2, 2]
    assert counts(verified, tree, APRIL, MAY, JUNE) == [0, 1, 2]


@pytest.mark.usefixtures("_kept")
def test_who_moves_is_one_at_each_month_end(tree: Tree) -> None:
    of = person(tree.community)
    volunteer(tree.community, "2024-01-01", "2024-05-31", of=of, number="V1")
    volunteer(tree.village, "2024-05-31", of=of, number="V1")
    asked = e.Stock("volunteers", "registered")
    assert counts(asked, tree, APRIL, MAY, JUNE) == [1, 1, 1]
    assert [count(asked, tree.community, each) for each in (APRIL, MAY)] == [1, 0]


@pytest.mark.usefixtures("_kept")
def test_activities_on_the_day_they_are_published(tree: Tree) -> None:
    asked = e.Flow("activities", "published", "month")
    activity(tree.community, published_on=MAY)
    activity(tree.community, published_on=JUNE)
    activity(tree.community, published_on=MAY, cancelled_on=JUNE)
    activity(tree.community)
    assert counts(asked, tree, APRIL, MAY, JUNE) == [0, 1, 1]


@pytest.mark.usefixtures("_kept")
def test_service_that_is_confirmed_and_not_void(tree: Tree) -> None:
    of = volunteer(tree.community)
    service(of, "2024-05-31", minutes=90)
    service(of, "2024-06-01", minutes=30)
    service(of, "2024-05-31", voided=True)
    service(of, "2024-05-31", confirmed=False)
    assert counts(e.Flow("service_records", "confirmed", "month"), tree, APRIL, MAY, JUNE) == [0, 1, 1]
    assert counts(e.Flow("service_records", "confirmed", "month", "minutes"), tree, MAY, JUNE) == [90, 30]


@pytest.mark.usefixtures("_kept")
def test_the_first_record_makes_the_record_system(tree: Tree) -> None:
    asked = e.RegionsWith("volunteer_record_system", ("community",))
    service(volunteer(tree.community), "2024-05-31")
    service(volunteer(tree.community), "2024-06-01", community=tree.village)
    service(volunteer(tree.community), "2023-01-01", community=tree.next_community, confirmed=False)
    assert counts(asked, tree, APRIL, MAY, JUNE) == [0, 1, 2]
    assert counts(e.Stock("service_record_start", "started"), tree, APRIL, MAY, JUNE) == [0, 1, 2]


@pytest.mark.usefixtures("_kept")
def test_points_less_those_reversed(tree: Tree) -> None:
    of = volunteer(tree.community)
    first = points(of, 30, booked_on=MAY)
    points(of, -30, booked_on=JUNE, reverses=first)
    points(of, 10, booked_on=JUNE)
    assert counts(e.Flow("points", "issued", "total", "points"), tree, APRIL, MAY, JUNE) == [0, 30, 10]


@pytest.mark.usefixtures("_kept")
def test_partners_party_members_and_checks(tree: Tree) -> None:
    PointsPartner.objects.create(region=tree.street, kind="merchant", name="超市", **span("2024-05-31", "2024-06-30"))
    PointsPartner.objects.create(region=tree.village, kind="talent", name="剪纸", **span("2024-06-01"))
    PartyReport.objects.create(
        person=person(tree.community), community=tree.community, unit_name="某支部", **span("2024-05-31")
    )
    check(tree.street, MAY)
    check(tree.street, None)
    assert counts(e.Stock("points_partners", "merchant"), tree, APRIL, MAY, JUNE) == [0, 1, 0]
    assert counts(e.Stock("points_partners", "talent"), tree, APRIL, MAY, JUNE) == [0, 0, 1]
    assert counts(e.Stock("party_reports", "reported"), tree, APRIL, MAY, JUNE) == [0, 1, 1]
    assert counts(e.Flow("spot_checks", "concluded", "month"), tree, APRIL, MAY, JUNE) == [0, 1, 0]


def check(region: Region, concluded_on: date | None) -> SpotCheck:
    return SpotCheck.objects.create(
        region=region, title="抽查", kind="records", period_from=date(2024, 1, 1), period_to=date(2024, 3, 31),
        population=100, sample=10, failed=None if concluded_on is None else 0, concluded_on=concluded_on,
    )  # fmt: skip


def expressions() -> list[e.Expression]:
    """Return everything that can be asked of the sources of this app."""
    found: list[e.Expression] = [e.RegionsWith("volunteer_record_system", ("community",))]
    for name in NAMES:
        source = SOURCES[name]
        for declared in filter(None, (source.intervals, source.events)):
            for mark in declared.marks:
                for weight in (None, *declared.weights):
                    if source.intervals:
                        found.append(e.Stock(name, mark, weight))
                    else:
                        found += [e.Flow(name, mark, window, weight) for window in WINDOWS]
    return found


def make_rows(seed: int, tree: Tree) -> None:
    chance = Random(seed)
    communities = [tree.community, tree.village, tree.next_community]

    def some_day(days: int = 1200) -> date:
        return date(2021, 6, 1) + timedelta(days=chance.randrange(days))

    for at in range(40):
        community, since = chance.choice(communities), some_day()
        until = None if chance.random() < 0.5 else since + timedelta(days=chance.randrange(60, 400))
        verified = chance.choice([None, since + timedelta(days=chance.randrange(-90, 60))])
        of = volunteer(community, since.isoformat(), until and until.isoformat(), verified_on=verified)
        published = chance.choice([None, some_day()])
        cancelled = published + timedelta(days=3) if published and chance.random() < 0.2 else None
        activity(community, published_on=published, cancelled_on=cancelled)
        for _ in range(3):
            service(
                of, some_day().isoformat(), community=chance.choice(communities), confirmed=chance.random() < 0.8,
                voided=chance.random() < 0.1, minutes=chance.randrange(1, 300),
            )  # fmt: skip
        issued = points(of, chance.randrange(1, 50), booked_on=some_day())
        if chance.random() < 0.2:
            points(of, -issued.points, booked_on=issued.booked_on + timedelta(days=40), reverses=issued)
        PointsPartner.objects.create(
            region=chance.choice([tree.county, tree.street, tree.village]), name=f"伙伴{at}", since=since, until=until,
            kind=chance.choice(PointsPartner.Kind.values),
        )  # fmt: skip
        PartyReport.objects.create(
            person=person(community), community=community, unit_name="某支部", since=since, until=until
        )
        check(chance.choice([tree.county, tree.street]), chance.choice([None, some_day()]))
    for name in (*NAMES, "capabilities"):
        RegisterCoverage.objects.create(region=tree.county, register=name, since=date(2020, 1, 1))
        RegisterCoverage.objects.create(
            region=tree.village, register=name, since=date(2023, chance.randrange(1, 12), 9)
        )


@pytest.mark.parametrize("seed", range(2))
def test_every_value_is_the_same(tree: Tree, seed: int) -> None:
    make_rows(seed, tree)
    asked, months = expressions(), (2022 * 12 + 3, 2024 * 12 + 2)
    root: Region
    for root in (tree.county, tree.street):
        fast = packed(root, months, asked)
        slow = RecordFacts(fast.tree, root)
        expected, got = values(fast.tree, slow, months, root, asked), values(fast.tree, fast, months, root, asked)
        for expression, one, other in zip(asked, expected, got, strict=True):
            assert one == other, expression
            if root == tree.county:
                assert any(map(any, one[0])), f"nothing is counted by {expression}"
