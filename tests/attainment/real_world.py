"""A small random world in the tables of the five actors: places, registers, figures, and what its records are made with."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from random import Random

from governance.attainment.models import ReportedFigure
from governance.people.models import Person
from governance.regions.models import (
    CapabilityComponent,
    CapabilityItem,
    Region,
    RegionCapability,
    RegisterCoverage,
)
from tests.factories import make_region

FIRST_YEAR, LAST_YEAR = 2020, 2025
REGISTERS = (
    "organizations", "charity_status", "organization_party", "organization_registrable", "incubations",
    "social_workers", "certified_social_workers", "community_worker_posts", "certified_community_workers",
    "trained_community_workers", "committee_members", "volunteers", "activities", "points", "points_partners",
    "party_reports", "spot_checks", "projects", "purchase_projects", "service_cases", "project_sessions",
    "purchase_contracts", "estates", "facilities", "community_funds", "fund_budgets", "designations", "consultations",
    "disputes_accepted", "disputes_closed", "work_tasks", "whistle_calls", "unit_assessments", "experts",
    "capabilities", "catalogues", "three_lists",
)  # fmt: skip
ITEMS = (
    "social_work_platform", "volunteer_record_system", "social_work_service", "needs_survey", "three_lists",
    "catalogues", "emergency_mechanism",
)  # fmt: skip
# what may be reported instead of being counted, and numbers that are only reported
STAND_INS = (
    "organizations.community_org", "organizations.social_org", "charity_status.recognised", "volunteers.verified",
    "social_workers.professional", "social_workers.in_community", "community_worker_posts.in_post", "experts.active",
    "community_funds.community_fund", "community_funds.development_fund", "facilities.incubator.floor_area",
    "committee_members.in_office", "estates.all", "projects.completed", "party_reports.reported",
)  # fmt: skip
POPULATIONS = ("resident_population", "urban_resident_population")


class RealWorld:
    """The places of a seed, and random days, spans and persons for their records."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.numbers = count(1)
        self.root = make_region("430200000000", "株洲市", make_region("430000000000", "湖南省", partial=True))
        self.places = [self.root]
        for code in ("430211", "430212", "430271")[: 2 if seed % 2 else 3]:
            self._county(code)
        self._registers()
        self._figures()

    def of(self, level: str) -> list[Region]:
        """Return the places of a level."""
        return [place for place in self.places if place.level == level]

    def _county(self, code: str) -> None:
        county = self._place(f"{code}000000", self.root)
        for township in self.random.sample(("001", "002", "101", "201", "401"), 2):
            street = self._place(f"{code}{township}000", county)
            for community in self.random.sample(("001", "002", "103", "201", "202", "401"), self.random.randint(0, 4)):
                self._place(f"{code}{township}{community}", street)

    def _place(self, code: str, parent: Region) -> Region:
        span = {}
        if self.chance(0.15):
            since, until = self.span()
            span = {"since": None if self.chance(0.5) else since, "until": until}
        self.places.append(make_region(code, code, parent, **span))
        return self.places[-1]

    # ---- what is drawn ----

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def day(self, first: int = FIRST_YEAR) -> date:
        """Return a day, most often one at a month's end or beginning."""
        year, month = self.random.randint(first, LAST_YEAR), self.random.randint(1, 12)
        last = monthrange(year, month)[1]
        return date(year, month, self.random.choice((1, 2, 15, last - 1, last, last)))

    def later(self, day: date, most: int = 400) -> date:
        """Return a day that comes after another, most often at a month's end or beginning."""
        found = day + timedelta(days=self.random.randint(1, most))
        last = found.replace(day=monthrange(found.year, found.month)[1])
        return self.random.choice((found, last, last, last + timedelta(days=1)))

    def maybe_later(self, day: date, share: float = 0.5) -> date | None:
        return self.later(day) if self.chance(share) else None

    def span(self, ended: float = 0.4) -> tuple[date, date | None]:
        since = self.day()
        return since, self.maybe_later(since, ended)

    def stays(self, homes: list[Region]) -> Iterator[tuple[Region, date, date | None]]:
        """Yield where somebody is from when to when: at one home, or after a move at a second one."""
        since, until = self.span()
        yield self.random.choice(homes), since, until
        if until is not None and self.chance(0.6):
            yield self.random.choice(homes), until, self.maybe_later(until, 0.3)

    def home(self, *levels: str) -> Region:
        """Return a place of one of these levels; without any, one of whatever level, most often a community."""
        if not levels:
            levels = ("community",) if self.chance(0.7) else ("prefecture", "county", "township", "community")
        return self.random.choice([place for place in self.places if place.level in levels])

    def persons(self, number: int) -> list[Person]:
        return Person.objects.bulk_create(Person(name="王芳", region=self.root) for _ in range(number))

    def number(self) -> int:
        """Return a number that nothing else has."""
        return next(self.numbers)

    # ---- what is stated of places ----

    def _registers(self) -> None:
        """Keep each register from some day on: in the whole, or in parts and from different days on."""
        made = []
        for register in (*REGISTERS, *ITEMS[:3]):
            places = {self.root} if self.chance(0.6) else {*self.of("county")} - ({self.home("county")})
            for _ in range(self.random.randint(0, 3)):
                places.add(self.home())
            first = 2019 if self.chance(0.5) else FIRST_YEAR + 1
            made.extend(
                RegisterCoverage(region=place, register=register, since=self.day(first))
                if self.chance(0.4)
                else RegisterCoverage(region=place, register=register, since=date(first, 12, 31))
                for place in sorted(places, key=lambda place: place.path)
            )
        named = {(row.region_id, row.register): row for row in made}
        RegisterCoverage.objects.bulk_create(named.values())

    def _figures(self) -> None:
        made = []
        for measure in (*STAND_INS, *POPULATIONS):
            population = measure in POPULATIONS
            for place in self.places:
                for _ in range(2):
                    if not self.chance(0.45 if population else 0.12):
                        continue
                    on = self.day(2019)
                    made.append(
                        ReportedFigure(
                            region=place, measure=measure, on=on, until=self.maybe_later(on, 0.3), source="统计公报",
                            value=Decimal(self.random.randint(1, 90_000) if population else self.random.randint(0, 30)),
                            state=self.random.choice(("approved", "approved", "approved", "submitted")),
                        )
                    )  # fmt: skip
        named = {(row.region_id, row.measure, row.on): row for row in made}
        ReportedFigure.objects.bulk_create(named.values())

    def state_items(self) -> None:
        """Say of some places that they have an item, or each of its parts, from some day on."""
        made = []
        for item in CapabilityItem.objects.filter(slug__in=ITEMS).order_by("slug"):
            parts: list[CapabilityComponent | None] = [*item.components.order_by("order")] or [None]
            for place in self.places:
                if place.level not in item.levels or not self.chance(0.3):
                    continue
                for part in parts:
                    since, until = self.span()
                    made.append(RegionCapability(region=place, item=item, component=part, since=since, until=until))
        RegionCapability.objects.bulk_create(made)
