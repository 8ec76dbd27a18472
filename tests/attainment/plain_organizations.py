"""Indicators of organisations and of social work as plain SQL over their tables."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.attainment.plain_sql import Written, figure, item, kinds, over_units, total, units

_TEN_THOUSAND = Fraction(10_000)


def _statuses(condition: str, columns: str = "1 AS amount") -> str:
    return f"""
    SELECT home.path AS home, {columns} FROM organizations_organizationstatus status
    JOIN organizations_organization body ON body.id = status.organization_id
    JOIN regions_region home ON home.id = status.region_id
    WHERE status.since <= %(day)s AND (status.until IS NULL OR status.until > %(day)s) AND {condition}
    """


_COMMUNITY_ORGS = _statuses("status.status IN ('filed', 'registered') AND body.community_based")
_CHARITIES = """
    SELECT home.path AS home, 1 AS amount FROM organizations_charityrecognition charity
    JOIN regions_region home ON home.id = charity.region_id
    WHERE charity.since <= %(day)s AND (charity.until IS NULL OR charity.until > %(day)s)
"""
_PARTY = """
    SELECT home.path AS home, 1 AS amount FROM organizations_organizationparty party
    JOIN regions_region home ON home.id = party.region_id
    WHERE party.since <= %(day)s AND (party.until IS NULL OR party.until > %(day)s)
"""
_ASSESSED = """
    SELECT home.path AS home, 1 AS amount FROM organizations_registrationassessment assessed
    JOIN regions_region home ON home.id = assessed.region_id
    WHERE assessed.since <= %(day)s AND (assessed.until IS NULL OR assessed.until > %(day)s)
"""
# not from the kept column: registered on some day since it was found to meet the conditions
_REGISTERED = f"""{_ASSESSED} AND EXISTS (
        SELECT FROM organizations_organizationstatus status WHERE status.organization_id = assessed.organization_id
        AND status.status = 'registered' AND status.since <= %(day)s
        AND (status.until IS NULL OR status.until > assessed.since)
    )"""
_INCUBATED = """
    SELECT home.path AS home, 1 AS amount FROM organizations_incubation incubation
    JOIN regions_region home ON home.id = incubation.region_id
    WHERE incubation.tier = 'street_hub' AND incubation.admitted_on <= %(day)s
    AND extract(year FROM incubation.admitted_on) = extract(year FROM %(day)s::date)
"""
_POSTS = """
    SELECT DISTINCT home.path AS home, post.person_id, 1 AS amount FROM organizations_socialworkpost post
    JOIN regions_region home ON home.id = post.region_id
    WHERE post.main AND post.since <= %(day)s AND (post.until IS NULL OR post.until > %(day)s)
"""
_WORKERS = """
    SELECT DISTINCT home.path AS home, post.person_id, 1 AS amount FROM organizations_communityworkerpost post
    JOIN regions_region home ON home.id = post.community_id
    WHERE post.since <= %(day)s AND (post.until IS NULL OR post.until > %(day)s)
"""
# not from the kept spans: from certificates and trainings
_WITH_CERTIFICATE = """ AND EXISTS (
        SELECT FROM organizations_socialworkcertificate held WHERE held.person_id = post.person_id
        AND held.since <= %(day)s AND (held.until IS NULL OR held.until > %(day)s)
    )"""
_TRAINED = """ AND EXISTS (
        SELECT FROM organizations_trainingrecord training WHERE training.person_id = post.person_id
        AND training.finished_on <= %(day)s AND training.finished_on + interval '1 year' > %(day)s
    )"""
_MEMBERS = """
    SELECT DISTINCT home.path AS home, member.person_id, 1 AS amount FROM organizations_committeemember member
    JOIN regions_region home ON home.id = member.community_id
    WHERE member.since <= %(day)s AND (member.until IS NULL OR member.until > %(day)s)
"""
_PLATFORMS = """
    SELECT part.home FROM (
        SELECT home.path AS home, 'place' AS name FROM regions_facility room
        JOIN regions_region home ON home.id = room.region_id
        WHERE room.kind IN ('social_work_room', 'social_work_station')
        AND room.since <= %(day)s AND (room.until IS NULL OR room.until > %(day)s)
        UNION ALL
        SELECT home.path, one.part FROM organizations_socialworkpost post
        JOIN regions_region home ON home.id = post.region_id
        CROSS JOIN (VALUES ('post'), ('full_time_professional')) AS one (part)
        WHERE (one.part = 'post' OR post.full_time AND post.professional)
        AND post.since <= %(day)s AND (post.until IS NULL OR post.until > %(day)s)
        UNION ALL
        SELECT home.path, part.slug FROM regions_regioncapability stated
        JOIN regions_region home ON home.id = stated.region_id
        JOIN regions_capabilitycomponent part ON part.id = stated.component_id
        WHERE stated.item_id = 'social_work_platform' AND stated.statement = 'has'
        AND stated.since <= %(day)s AND (stated.until IS NULL OR stated.until > %(day)s)
    ) part GROUP BY part.home HAVING count(DISTINCT part.name) = 3
"""


def _average(kind: str) -> Written:
    own = total("organizations", _COMMUNITY_ORGS, "community_org")
    inside = over_units(own, _COMMUNITY_ORGS, "community", kind)
    return Written(inside, units("community", kind), Fraction(1), ("community", kind))


def _covered(source: str, mark: str, records: str) -> Written:
    reached = over_units(total(source, records, mark), records, "community", least=1)
    return Written(reached, units("community"), unit=("community", ""))


def _schooled(kind: str, education: int) -> Written:
    met = f"{_MEMBERS} AND member.education >= {education}"
    return Written(
        over_units(total("committee_members", met, "education_met"), met, "community", kind),
        over_units(total("committee_members", _MEMBERS, "in_office"), _MEMBERS, "community", kind),
    )


_SOCIAL_ORGS = _statuses("status.status IN ('filed', 'registered')")
_CHARITY_ORGS = f"{_COMMUNITY_ORGS} AND body.category = 'charity'"
_FILED = _statuses("status.status = 'filed' AND body.community_based")
_CATEGORIES = _statuses(
    "status.status IN ('filed', 'registered') AND body.community_based AND body.service_category <> ''",
    "body.service_category AS value",
)
_IN_POST = total("community_worker_posts", _WORKERS, "in_post")
_BEFORE = date(2020, 12, 31)

INDICATORS = {
    "cq_urban_community_orgs_avg": _average("urban"),
    "cq_rural_community_orgs_avg": _average("rural"),
    "cq_community_charity_org_coverage": _covered("organizations", "charity_community_org", _CHARITY_ORGS),
    "cq_charity_orgs_growth": Written(
        total("charity_status", _CHARITIES, "recognised"),
        total("charity_status", _CHARITIES, "recognised").on(_BEFORE),
        Fraction(1),
    ),
    "cq_party_org_in_social_orgs": Written(
        total("organization_party", f"{_PARTY} AND party.established_on <= %(day)s", "established"),
        total("organization_party", _PARTY, "eligible"),
    ),
    "xm_community_orgs_registration": Written(
        total("organization_registrable", _REGISTERED, "registered"),
        total("organization_registrable", _ASSESSED, "assessed"),
    ),
    "xm_social_orgs_per_10k": Written(
        total("organizations", _SOCIAL_ORGS, "social_org"), figure("resident_population"), _TEN_THOUSAND
    ),
    "ty_reported_filed_orgs": Written(total("organizations", _FILED, "filed_community_org")),
    "ty_incubate_hub_orgs": Written(total("incubations", _INCUBATED)),
    "ty_six_service_categories": Written(kinds("organizations", _CATEGORIES)),
    "cq_social_work_professionals_total": Written(
        total("social_workers", f"{_POSTS} AND post.professional", "professional")
    ),
    "cq_certified_social_workers_total": Written(
        total("certified_social_workers", f"{_POSTS} AND post.professional {_WITH_CERTIFICATE}", "any_level")
    ),
    "cq_community_workers_per_10k_urban": Written(_IN_POST, figure("urban_resident_population"), _TEN_THOUSAND),
    "cq_community_workers_certified_share": Written(
        total("certified_community_workers", _WORKERS + _WITH_CERTIFICATE, "any_level"), _IN_POST
    ),
    "ah_training_system": Written(total("trained_community_workers", _WORKERS + _TRAINED, "last12"), _IN_POST),
    "ah_social_worker_per_community": _covered(
        "social_workers", "in_community", f"{_POSTS} AND home.level = 'community'"
    ),
    "ah_reported_village_committee_education": _schooled("rural", 20),
    "ah_reported_community_committee_education": _schooled("urban", 30),
    "xm_social_work_platform_share": Written(
        item("social_work_platform", _PLATFORMS, "urban"),
        units("community", "urban"),
        unit=("community", "urban"),
    ),
}
