"""A policy of the synthetic municipality: 43 expressions, in indicators with and without targets, over 60 months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from governance.attainment.periods import first_day, month_of
from governance.policies.models import Clause, Indicator, Policy, Target
from governance.regions.models import Region

MONTHS = 60
# What is counted, by the name that it has as a column of the second engine.
MEASURES = {
    "volunteers": "stock(trial_volunteers.all)",
    "volunteers_party": "stock(trial_volunteers.party)",
    "volunteers_female": "stock(trial_volunteers.female)",
    "volunteers_student": "stock(trial_volunteers.student)",
    "volunteers_elder": "stock(trial_volunteers.elder)",
    "volunteers_professional": "stock(trial_volunteers.professional)",
    "volunteers_star": "stock(trial_volunteers.star)",
    "societies": "stock(trial_societies.all)",
    "societies_community": "stock(trial_societies.community)",
    "societies_group": "stock(trial_societies.group)",
    "societies_service": "stock(trial_societies.service)",
    "societies_foundation": "stock(trial_societies.foundation)",
    "societies_charity": "stock(trial_societies.charity)",
    "societies_rated": "stock(trial_societies.rated)",
    "workers": "stock(trial_workers.all)",
    "workers_certified": "stock(trial_workers.certified)",
    "workers_middle": "stock(trial_workers.middle)",
    "workers_senior": "stock(trial_workers.senior)",
    "venues_volunteer": "stock(trial_venues.volunteer)",
    "venues_social_work": "stock(trial_venues.social_work)",
    "venues_fund": "stock(trial_venues.fund)",
    "undertakings": "stock(trial_undertakings.running)",
    "residents": "figure(trial_residents)",
    "households": "figure(trial_households)",
    "elders": "figure(trial_elders)",
    "active": "distinct(trial_services.all, last12)",
    "services": "flow(trial_services.all, last12)",
    "minutes": "flow(trial_services.all, last12, minutes)",
    "beneficiaries": "flow(trial_services.all, last12, beneficiaries)",
    "amount": "flow(trial_undertakings.started, last12, amount)",
    "services_month": "flow(trial_services.all, month)",
    "volunteers_urban": "within(stock(trial_volunteers.all), urban)",
    "societies_urban": "within(stock(trial_societies.community), urban)",
    "societies_rural": "within(stock(trial_societies.community), rural)",
    "with_charity": "at_least(stock(trial_societies.charity), 1, community)",
    "urban_with_five": "within(at_least(stock(trial_societies.community), 5, community), urban)",
    "with_society": "at_least(stock(trial_societies.all), 1, community)",
    "with_worker": "at_least(stock(trial_workers.all), 1, community)",
    "with_volunteer_venue": "at_least(stock(trial_venues.volunteer), 1, community)",
    "with_social_work_venue": "at_least(stock(trial_venues.social_work), 1, community)",
    "communities": "units(community)",
    "urban": "units(community, urban)",
    "rural": "units(community, rural)",
}
_FACTORS = {"share": 100, "coverage": 100, "per_10k": 10_000}
_EVERY_LEVEL = ["province", "prefecture", "county", "township"]


@dataclass(frozen=True, slots=True)
class _Asked:
    """An indicator: numerator over denominator (none: 1), and the numbers to reach by the two due dates, if any."""

    slug: str
    kind: str
    numerator: str
    denominator: str
    unit: str
    targets: tuple[int, ...] = ()
    each_community: bool = False
    levels: tuple[str, ...] = tuple(_EVERY_LEVEL)


_INDICATORS = (
    _Asked("volunteer_rate", "per_10k", "volunteers", "residents", "人/万人", (1_500, 2_000)),
    _Asked("party_share", "share", "volunteers_party", "volunteers", "%", (10, 15)),
    _Asked("female_share", "share", "volunteers_female", "volunteers", "%"),
    _Asked("student_share", "share", "volunteers_student", "volunteers", "%", (18, 22)),
    _Asked("elder_rate", "per_10k", "volunteers_elder", "elders", "人/万人"),
    _Asked("professional_share", "share", "volunteers_professional", "volunteers", "%", (6, 9)),
    _Asked("star_share", "share", "volunteers_star", "volunteers", "%", (8, 11)),
    _Asked("active_share", "share", "active", "volunteers", "%", (5, 9)),
    _Asked("urban_share", "share", "volunteers_urban", "volunteers", "%"),
    _Asked("services_each", "average_per_unit", "services", "volunteers", "次/人"),
    _Asked("minutes_each", "average_per_unit", "minutes", "active", "分钟/人", (200, 400)),
    _Asked("beneficiaries_each", "average_per_unit", "beneficiaries", "residents", "人次/人"),
    _Asked("services_month", "count", "services_month", "", "次"),
    _Asked("society_rate", "per_10k", "societies", "residents", "个/万人", (20, 28)),
    _Asked("societies_each", "average_per_unit", "societies_community", "communities", "个/社区", (5, 8)),
    _Asked("societies_each_urban", "average_per_unit", "societies_urban", "urban", "个/社区", (6, 10)),
    _Asked("societies_each_rural", "average_per_unit", "societies_rural", "rural", "个/村", (4, 6)),
    _Asked("five_in_each", "count", "societies_community", "", "个", (3, 5), each_community=True),
    _Asked("group_share", "share", "societies_group", "societies", "%"),
    _Asked("service_share", "share", "societies_service", "societies", "%"),
    _Asked("foundation_share", "share", "societies_foundation", "societies", "%"),
    _Asked("charity_share", "share", "societies_charity", "societies", "%", (4, 6)),
    _Asked("rated_share", "share", "societies_rated", "societies", "%", (8, 12)),
    _Asked("worker_rate", "per_10k", "workers", "residents", "人/万人", (16, 22)),
    _Asked("certified_share", "share", "workers_certified", "workers", "%", (50, 70)),
    _Asked("middle_share", "share", "workers_middle", "workers_certified", "%"),
    _Asked("senior_count", "count", "workers_senior", "", "人", (500, 2_000), levels=("province",)),
    _Asked("stations_each", "average_per_unit", "venues_volunteer", "communities", "处/社区"),
    _Asked("social_work_each", "average_per_unit", "venues_social_work", "communities", "处/社区"),
    _Asked("fund_rate", "per_10k", "venues_fund", "households", "处/万人"),
    _Asked("undertakings_count", "count", "undertakings", "", "个", (1_000, 5_000), levels=("province",)),
    _Asked("amount_each", "average_per_unit", "amount", "households", "分/户"),
    _Asked("charity_coverage", "coverage", "with_charity", "communities", "%", (20, 40)),
    _Asked("five_coverage", "coverage", "urban_with_five", "urban", "%", (60, 100)),
    _Asked("society_coverage", "coverage", "with_society", "communities", "%", (80, 100)),
    _Asked("worker_coverage", "coverage", "with_worker", "communities", "%", (70, 100)),
    _Asked("station_coverage", "coverage", "with_volunteer_venue", "communities", "%", (40, 60)),
    _Asked("social_work_coverage", "coverage", "with_social_work_venue", "communities", "%", (20, 30)),
)


def make_policy(last: date) -> Policy:
    """Write the policy; the months that it is computed for are the 60 that end with the month of `last`."""
    root = Region.objects.get(level="province")
    start = first_day(month_of(last) - MONTHS + 2)  # its window begins with the month end before
    policy = Policy(
        slug="synthetic-city", title="合成城市意见", title_en="An opinion of a synthetic city", region=root,
        issued_on=start, valid_from=start, note="合成数据",
    )  # fmt: skip
    policy.full_clean()
    policy.save()
    clause = Clause.objects.create(policy=policy, quote="合成条款", position=1)
    dues = (date(start.year + 1, 12, 31), date(last.year + 1, 12, 31))
    for position, asked in enumerate(_INDICATORS, 1):
        indicator = _indicator(policy, clause, position, asked)
        for due, value in zip(dues, asked.targets, strict=False):
            target = Target(indicator=indicator, region=root, due=due, value=Decimal(value))
            target.full_clean()
            target.save()
    return policy


def _indicator(policy: Policy, clause: Clause, position: int, asked: _Asked) -> Indicator:
    indicator = Indicator(
        policy=policy,
        clause=clause,
        slug=asked.slug,
        position=position,
        role="target" if asked.targets else "shown",
        name=f"合成指标 {position}",
        name_en=asked.slug.replace("_", " "),
        kind=asked.kind,
        numerator=MEASURES[asked.numerator],
        denominator=MEASURES[asked.denominator] if asked.denominator else "1",
        factor=_FACTORS.get(asked.kind, 1),
        unit=asked.unit,
        direction="at_least" if asked.targets else "",
        test="each_unit" if asked.each_community else "pooled",
        unit_levels=["community"] if asked.each_community else [],
        verdict_levels=list(asked.levels) if asked.targets else [],
        show_levels=[] if asked.targets else _EVERY_LEVEL,
    )
    indicator.full_clean()
    indicator.save()
    return indicator


def first_month(last: date) -> int:
    """Return the first of the 60 months."""
    return month_of(last) - MONTHS + 1
