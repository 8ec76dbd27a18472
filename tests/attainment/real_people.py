"""Records of organisations and of social work in a random world."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from governance.regions.models import Region
from organizations.models import (
    Category,
    CharityRecognition,
    CommitteeMember,
    CommunityWorkerPost,
    Incubation,
    Nature,
    Organization,
    OrganizationParty,
    OrganizationStatus,
    RegistrationAssessment,
    ServiceCategory,
    SocialWorkCertificate,
    SocialWorkPost,
    TrainingRecord,
)
from tests.attainment.real_world import RealWorld
from tests.organizations.made import credit_code

LEVELS = ("assistant", "intermediate", "senior")


def make_organizations(world: RealWorld, number: int = 60) -> list[Organization]:
    """Make organisations that are filed, then registered, move, are charities, have a party organisation and are incubated."""
    random = world.random
    made = Organization.objects.bulk_create(
        Organization(
            name=f"组织{world.number()}", region=world.home(), uscc=credit_code(), nature=random.choice(Nature.values),
            community_based=world.chance(0.8), category=random.choice(("charity", *Category.values)),
            service_category=random.choice(("", *ServiceCategory.values[:4])),
        )
        for _ in range(number)
    )  # fmt: skip
    homes = world.places
    for one in made:
        own = [one.region, *random.sample(homes, 2)]
        spans = []
        for home, since, until in _stays(world, one, own):
            between = world.later(since) if world.chance(0.4) else None
            if between is not None and (until is None or between < until):
                spans += [(home, since, between), (home, between, until)]
            else:
                spans.append((home, since, until))
        OrganizationStatus.objects.bulk_create(
            OrganizationStatus(
                organization=one, region=home, since=since, until=until,
                status=random.choice(("community_guided", "filed", "filed", "registered", "registered")),
            )
            for home, since, until in spans
        )  # fmt: skip
        if world.chance(0.5):
            CharityRecognition.objects.bulk_create(
                CharityRecognition(organization=one, region=home, since=since, until=until, way="recognised")
                for home, since, until in _stays(world, one, own)
            )
        for home, since, until in _stays(world, one, own):
            founded = world.day()
            OrganizationParty.objects.create(
                organization=one, region=home, since=since, until=until,
                established_on=founded if world.chance(0.7) and (until is None or founded < until) else None,
            )  # fmt: skip
        RegistrationAssessment.objects.bulk_create(
            RegistrationAssessment(organization=one, region=home, since=since, until=until)
            for home, since, until in _stays(world, one, own)
        )
        Incubation.objects.bulk_create(
            Incubation(
                organization=one, region=world.home(), tier=tier, mode="in_house", admitted_on=world.day()
            )
            for tier in ("district", "street_hub", "functional")
        )  # fmt: skip
    return made


def _stays(world: RealWorld, one: Organization, homes: list[Region]) -> Iterator[tuple[Region, date, date | None]]:
    """Yield where an organisation was from when to when; what is open stands where it is."""
    for home, since, until in world.stays(homes):
        yield one.region if until is None else home, since, until


def make_social_work(world: RealWorld) -> list[SocialWorkPost]:
    """Make persons with posts, certificates of several levels, trainings and seats in committees."""
    random, communities = world.random, world.of("community")
    posts = SocialWorkPost.objects.bulk_create(
        SocialWorkPost(
            person=person, region=home, since=since, until=until, employer="社会工作站", main=main,
            professional=world.chance(0.7), full_time=world.chance(0.6),
        )
        for person in world.persons(50)
        for main in (True, False)
        if main or world.chance(0.4)
        for home, since, until in world.stays(world.places if world.chance(0.3) else communities)
    )  # fmt: skip
    workers = CommunityWorkerPost.objects.bulk_create(
        CommunityWorkerPost(person=person, community=home, since=since, until=until, position="dedicated")
        for person in world.persons(40)
        for home, since, until in world.stays(communities)
    )
    people = list({row.person_id for row in (*posts, *workers)})
    certificates, trainings = [], {}
    for person in sorted(people):
        for level in LEVELS:
            since, until = world.span()
            if world.chance(0.35):
                certificates.append(
                    SocialWorkCertificate(
                        person_id=person, level=level, number=f"SW{world.number():08}", since=since, until=until
                    )
                )
        for _ in range(random.randint(0, 3)):
            on = world.day()
            trainings[person, on] = TrainingRecord(person_id=person, title="培训", finished_on=on)
    SocialWorkCertificate.objects.bulk_create(certificates)
    TrainingRecord.objects.bulk_create(trainings.values())
    CommitteeMember.objects.bulk_create(
        CommitteeMember(
            person=person, community=home, since=since, until=until, body="committee", position="委员",
            education=random.choice((10, 20, 30, 40, 50)),
        )
        for person in world.persons(40)
        for home, since, until in world.stays(communities)
    )  # fmt: skip
    return posts
