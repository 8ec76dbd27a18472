"""The trial tables: flat ones, each with all that is counted of it in one index."""

from __future__ import annotations

import numpy as np

from tests.benchmarks.city.drawing import Draw, ids
from tests.benchmarks.city.tables import Asked, Columns, Tables
from tests.benchmarks.duck.trial import TRIAL as COUNTED
from tests.trial import models

VOLUNTEERS, SERVICES, SOCIETIES, WORKERS = 7_000_000, 5_000_000, 100_000, 80_000
VENUES, UNDERTAKINGS = 12_000, 60_000


def _volunteers(draw: Draw) -> Columns:
    count = draw.count(VOLUNTEERS)
    verified = draw.days(count, 0.6)
    draw.made["homes"] = draw.homes(count)
    return {
        "id": ids(count),
        "home_id": draw.made["homes"],
        "gender": draw.among(count, 0.5, 0.5),
        "kind": draw.among(count, 0.6, 0.2, 0.12, 0.08),
        "party": draw.flags(count, 0.15),
        "star": draw.among(count, 0.6, 0.2, 0.1, 0.05, 0.03, 0.02),
        "verified_on": verified,
        "left_on": draw.ends(verified, 0.16),
        "number": draw.random.integers(0, 2**62, count),
    }


def _services(draw: Draw) -> Columns:
    """Return services of a fifth of the volunteers, the earlier ones more often, at their homes."""
    homes = draw.made["homes"]
    count, volunteers = draw.count(SERVICES), len(homes)
    active = (draw.random.random(count) ** 2 * volunteers).astype(np.int32) // 5 * 5
    return {
        "id": ids(count),
        "home_id": homes[active],
        "volunteer_id": active + 1,
        "undertaking": draw.random.integers(1, draw.count(UNDERTAKINGS) + 1, count, dtype=np.int32),
        "served_on": draw.days(count, 0.5),
        "minutes": draw.random.integers(1, 17, count, dtype=np.int32) * 30,
        "beneficiaries": draw.random.integers(0, 60, count, dtype=np.int16),
    }


def _societies(draw: Draw) -> Columns:
    count = draw.count(SOCIETIES)
    established = draw.days(count, 0.8)
    return {
        "id": ids(count),
        "home_id": draw.homes(count),
        "kind": draw.among(count, 0.78, 0.09, 0.12, 0.01),
        "charity": draw.flags(count, 0.05),
        "rating": draw.among(count, 0.8, 0.05, 0.05, 0.06, 0.02, 0.02),
        "established_on": established,
        "dissolved_on": draw.ends(established, 0.12),
    }


def _workers(draw: Draw) -> Columns:
    count = draw.count(WORKERS)
    certified = draw.days(count, 0.7)
    return {
        "id": ids(count),
        "home_id": draw.homes_of_two_levels(count),
        "certificate": draw.among(count, 0.4, 0.35, 0.22, 0.03),
        "certified_on": certified,
        "left_on": draw.ends(certified, 0.15),
    }


def _venues(draw: Draw) -> Columns:
    count = draw.count(VENUES)
    opened = draw.days(count, 0.8)
    return {
        "id": ids(count),
        "home_id": draw.homes_of_two_levels(count),
        "kind": draw.among(count, 0.6, 0.3, 0.1),
        "opened_on": opened,
        "closed_on": draw.ends(opened, 0.05),
    }


def _undertakings(draw: Draw) -> Columns:
    count = draw.count(UNDERTAKINGS)
    started = draw.days(count, 0.7)
    return {
        "id": ids(count),
        "home_id": draw.homes_of_two_levels(count),
        "amount": draw.random.integers(1_000, 500_000, count, dtype=np.int32),
        "started_on": started,
        "ended_on": draw.ends(started, 0.8, 30, 700),
    }


# What is counted, by the name that it has as a column of the second engine.
_MEASURES = {
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
_INDICATORS = (
    Asked("volunteer_rate", "per_10k", "volunteers", "residents", "人/万人", (1_500, 2_000)),
    Asked("party_share", "share", "volunteers_party", "volunteers", "%", (10, 15)),
    Asked("female_share", "share", "volunteers_female", "volunteers", "%"),
    Asked("student_share", "share", "volunteers_student", "volunteers", "%", (18, 22)),
    Asked("elder_rate", "per_10k", "volunteers_elder", "elders", "人/万人"),
    Asked("professional_share", "share", "volunteers_professional", "volunteers", "%", (6, 9)),
    Asked("star_share", "share", "volunteers_star", "volunteers", "%", (8, 11)),
    Asked("active_share", "share", "active", "volunteers", "%", (5, 9)),
    Asked("urban_share", "share", "volunteers_urban", "volunteers", "%"),
    Asked("services_each", "average_per_unit", "services", "volunteers", "次/人"),
    Asked("minutes_each", "average_per_unit", "minutes", "active", "分钟/人", (200, 400)),
    Asked("beneficiaries_each", "average_per_unit", "beneficiaries", "residents", "人次/人"),
    Asked("services_month", "count", "services_month", "", "次"),
    Asked("society_rate", "per_10k", "societies", "residents", "个/万人", (20, 28)),
    Asked("societies_each", "average_per_unit", "societies_community", "communities", "个/社区", (5, 8)),
    Asked("societies_each_urban", "average_per_unit", "societies_urban", "urban", "个/社区", (6, 10)),
    Asked("societies_each_rural", "average_per_unit", "societies_rural", "rural", "个/村", (4, 6)),
    Asked("five_in_each", "count", "societies_community", "", "个", (3, 5), each_community=True),
    Asked("group_share", "share", "societies_group", "societies", "%"),
    Asked("service_share", "share", "societies_service", "societies", "%"),
    Asked("foundation_share", "share", "societies_foundation", "societies", "%"),
    Asked("charity_share", "share", "societies_charity", "societies", "%", (4, 6)),
    Asked("rated_share", "share", "societies_rated", "societies", "%", (8, 12)),
    Asked("worker_rate", "per_10k", "workers", "residents", "人/万人", (16, 22)),
    Asked("certified_share", "share", "workers_certified", "workers", "%", (50, 70)),
    Asked("middle_share", "share", "workers_middle", "workers_certified", "%"),
    Asked("senior_count", "count", "workers_senior", "", "人", (500, 2_000), levels=("province",)),
    Asked("stations_each", "average_per_unit", "venues_volunteer", "communities", "处/社区"),
    Asked("social_work_each", "average_per_unit", "venues_social_work", "communities", "处/社区"),
    Asked("fund_rate", "per_10k", "venues_fund", "households", "处/万人"),
    Asked("undertakings_count", "count", "undertakings", "", "个", (1_000, 5_000), levels=("province",)),
    Asked("amount_each", "average_per_unit", "amount", "households", "分/户"),
    Asked("charity_coverage", "coverage", "with_charity", "communities", "%", (20, 40)),
    Asked("five_coverage", "coverage", "urban_with_five", "urban", "%", (60, 100)),
    Asked("society_coverage", "coverage", "with_society", "communities", "%", (80, 100)),
    Asked("worker_coverage", "coverage", "with_worker", "communities", "%", (70, 100)),
    Asked("station_coverage", "coverage", "with_volunteer_venue", "communities", "%", (40, 60)),
    Asked("social_work_coverage", "coverage", "with_social_work_venue", "communities", "%", (20, 30)),
)
# What a column becomes where the number alone is not what the table holds; texts are as long as real ones.
_TEXTS = {
    models.Volunteer: {
        "name": "'合成志愿者' || (id % 997)",
        "identity_index": "lpad(number::varchar, 20, '0')",
        "phone": "'00' || lpad((number % 1000000000)::varchar, 9, '0')",
    },
    models.Society: {"name": "'合成社区社会组织第' || id"},
    models.Worker: {"name": "'合成社工' || id"},
}
TRIAL = Tables(
    name="trial",
    makers=(
        (models.Volunteer, _volunteers),
        (models.Service, _services),
        (models.Society, _societies),
        (models.Worker, _workers),
        (models.Venue, _venues),
        (models.Undertaking, _undertakings),
    ),
    texts=_TEXTS,
    population={"all": "trial_residents", "some": "trial_households", "few": "trial_elders"},
    measures=_MEASURES,
    indicators=_INDICATORS,
    counted=COUNTED,
    sums=(
        "SELECT sum(home_id), sum(kind), sum(star) FROM trial_volunteer",
        "SELECT sum(home_id), sum(minutes), sum(beneficiaries) FROM trial_service",
        "SELECT sum(home_id), sum(kind), sum(rating) FROM trial_society",
        "SELECT sum(home_id), sum(certificate), count(left_on) FROM trial_worker",
        "SELECT sum(home_id), sum(kind), count(closed_on) FROM trial_venue",
        "SELECT sum(home_id), sum(amount), count(ended_on) FROM trial_undertaking",
    ),
    change="""
        INSERT INTO trial_volunteer (home_id, gender, kind, party, star, verified_on, name, identity_index, phone)
        SELECT home, 1, 1, true, 3, %s, '合成志愿者', '0', '0' FROM unnest(%s::bigint[]) AS home
    """,
)
