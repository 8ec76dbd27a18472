"""Records of volunteers, of projects and of places in a random world."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from governance.regions.models import Estate, Facility
from organizations.models import Organization
from projects.models import (
    Catalogue,
    Field,
    Need,
    NeedsSurvey,
    Project,
    ProjectEvaluation,
    ProjectSession,
    PurchaseContract,
    PurchaseProject,
    Resource,
    ServiceCase,
)
from tests.attainment.real_world import RealWorld
from volunteers.models import Activity, PartyReport, PointsIssue, PointsPartner, ServiceRecord, SpotCheck, Volunteer


def make_volunteers(world: RealWorld) -> None:
    """Make volunteers that move and are verified or not, what they did, their points, and those around them."""
    random, communities = world.random, world.of("community")
    volunteers = []
    for person in world.persons(90):
        verified = world.day() if world.chance(0.7) else None
        for home, since, until in world.stays(communities):
            told = verified if verified and (until is None or verified < until) else None
            volunteers.append(
                Volunteer(
                    person=person, community=home, number=f"V{world.number():08}", since=since, until=until,
                    verified_on=told,
                )
            )  # fmt: skip
    Volunteer.objects.bulk_create(volunteers)
    records = []
    for one in random.sample(volunteers, 40):
        on = world.day()
        records.append(
            ServiceRecord(
                volunteer=one, community=random.choice(communities[: 1 + len(communities) // 2]), service_date=on,
                minutes=random.randint(1, 600), confirmed_on=world.maybe_later(on, 0.5), voided=world.chance(0.2),
            )
        )  # fmt: skip
    ServiceRecord.objects.bulk_create(records)
    issued = PointsIssue.objects.bulk_create(
        PointsIssue(
            volunteer=one, community=one.community, points=random.randint(1, 100), booked_on=world.day(), reason="服务"
        )
        for one in random.sample(volunteers, 60)
    )
    PointsIssue.objects.bulk_create(
        PointsIssue(
            volunteer=one.volunteer, community=one.community, points=-one.points, reverses=one, reason="冲正",
            booked_on=world.later(one.booked_on),
        )
        for one in issued[:15]
    )  # fmt: skip
    Activity.objects.bulk_create(
        Activity(
            community=world.home("community"), title="清洁日", starts_on=on, published_on=on,
            cancelled_on=on if world.chance(0.2) else None,
        )
        for on in [world.day() for _ in range(50)]
    )  # fmt: skip
    PointsPartner.objects.bulk_create(
        PointsPartner(region=world.home(), kind=kind, name=f"伙伴{world.number()}", since=since, until=until)
        for kind, (since, until) in [(random.choice(("merchant", "talent")), world.span()) for _ in range(40)]
    )
    PartyReport.objects.bulk_create(
        PartyReport(person=person, community=home, unit_name="某局", since=since, until=until)
        for person in world.persons(40)
        for home, since, until in world.stays(communities)
    )
    SpotCheck.objects.bulk_create(
        SpotCheck(
            region=world.home(), title="抽查", kind="records", period_from=on, period_to=on, seed="1", population=9,
            sample=3, failed=0 if concluded else None, concluded_on=concluded,
        )
        for on, concluded in [(on, world.maybe_later(on, 0.8)) for on in [world.day() for _ in range(30)]]
    )  # fmt: skip


def make_projects(world: RealWorld, organizations: list[Organization]) -> None:
    """Make lists that are kept up or not, surveys, projects with evaluations, sessions, purchases, catalogues and cases."""
    random, communities = world.random, world.of("community")
    for model, own in (
        (Need, {"field": "elderly_care", "group": "all", "source": "visit"}),
        (Resource, {"kind": "venue", "provider": "居委会"}),
    ):
        rows = []
        for home in communities * 2:
            listed = world.day()
            told = world.later(listed, 700)
            row = model(community=home, title=f"事项{world.number()}", listed_on=listed, refreshed_on=told, **own)
            row.closed_on = world.maybe_later(told, 0.3)
            if world.chance(0.15):
                row.listed_on = None
            rows.append(row)
        model.objects.bulk_create(rows)
    NeedsSurvey.objects.bulk_create(
        NeedsSurvey(community=home, title=f"调研{world.number()}", method="入户", done_on=world.day() if done else None)
        for home in communities * 2
        for done in [world.chance(0.8)]
    )
    projects = []
    for _ in range(70):
        home = random.choice(communities)
        completed, listed = world.day(), world.day()
        projects.append(
            Project(
                region=random.choice([home, home.parent, world.root]), community=home, number=f"P{world.number():06}",
                title="助餐", field=random.choice(Field.values), planned_start=completed, planned_end=completed,
                completed_on=completed if world.chance(0.8) else None, listed_on=listed if world.chance(0.6) else None,
                refreshed_on=world.later(listed, 700) if world.chance(0.5) else None,
                struck_off_on=world.maybe_later(completed, 0.3),
            )
        )  # fmt: skip
    Project.objects.bulk_create(projects)
    ProjectEvaluation.objects.bulk_create(
        ProjectEvaluation(project=one, kind=kind, evaluator="评估中心", evaluated_on=world.day())
        for one in projects
        for kind in random.sample(("third_party", "third_party", "self"), random.randint(0, 2))
    )
    ProjectSession.objects.bulk_create(
        ProjectSession(
            community=world.home("community"), title="活动", held_on=world.day(), person_times=random.randint(0, 80),
            field=random.choice(("", *Field.values[:3])), civil_affairs_field="marriage_registration",
            with_social_worker=world.chance(0.4),
        )
        for _ in range(60)
    )  # fmt: skip
    _purchases(world, organizations)
    Catalogue.objects.bulk_create(
        Catalogue(region=home, kind=kind, title="目录", since=since, until=until)
        for home in [*world.of("county"), *world.of("township")]
        for kind in ("public_services", "purchase_services", "qualified_organizations")
        if world.chance(0.8)
        for home, since, until in world.stays([home])
    )
    clients = world.persons(12)
    ServiceCase.objects.bulk_create(
        ServiceCase(
            community=world.home("community"), number=f"C{world.number():06}", client=random.choice(clients),
            field=random.choice(("child_care", "child_care", "elderly_care")), opened_on=world.day(),
        )
        for _ in range(70)
    )  # fmt: skip


def _purchases(world: RealWorld, organizations: list[Organization]) -> None:
    purchases = []
    for _ in range(50):
        on = world.day()
        purchase = PurchaseProject(region=world.home(), title="居家养老", initiated_on=on)
        purchase.cancelled_on = world.maybe_later(on, 0.3)
        for step in ("procured_on", "contracted_on", "started_on", "evaluated_on"):
            if not world.chance(0.85):
                break
            on += timedelta(days=world.random.randint(0, 60))
            setattr(purchase, step, on)
        purchases.append(purchase)
    PurchaseProject.objects.bulk_create(purchases)
    contracts = []
    for _ in range(60):
        organization = world.random.choice(organizations) if world.chance(0.5) else None
        contracts.append(
            PurchaseContract(
                region=world.home(), number=f"HT{world.number():06}", title="合同", amount=Decimal("5.50"),
                signed_on=world.day(), organization=organization, supplier="" if organization else "某公司",
                supplier_kind="social_organization" if organization else "enterprise",
            )
        )  # fmt: skip
    PurchaseContract.objects.bulk_create(contracts)


def make_places_of_service(world: RealWorld) -> None:
    """Make estates, some older than any date, with party branches or none, and rooms, stations and incubators."""
    estates = []
    for home in world.of("community") * 3:
        since, until = world.span()
        branch = world.later(since)
        within = until is None or branch < until
        estates.append(
            Estate(
                community=home, name=f"小区{world.number()}", since=None if world.chance(0.3) else since, until=until,
                party_branch_from=branch if within and world.chance(0.7) else None,
            )
        )  # fmt: skip
    Estate.objects.bulk_create(estates)
    facilities = []
    for kind in ("social_work_room", "social_work_station", "incubator", "incubator", "volunteer_station") * 14:
        since, until = world.span()
        facilities.append(
            Facility(
                region=world.home(), kind=kind, name=f"设施{world.number()}", since=since, until=until,
                floor_area=Decimal(world.random.randint(0, 90_000)) / 100 if world.chance(0.8) else None,
            )
        )  # fmt: skip
    Facility.objects.bulk_create(facilities)
