"""What the second engine counts of the portal's own tables, by the names of the measures, in its own SQL."""

from __future__ import annotations

from tests.benchmarks.duck.counted import FIGURES, Counted

_STATUS = """(
    SELECT status.*, nature, category, community_based, status <> 'community_guided' AS counts
    FROM status JOIN organization ON organization.id = owner
)"""
_WORKER = "(SELECT worker.*, level = 'community' AS inside FROM worker JOIN place ON place.id = home WHERE main)"
_CONFIRMED = "confirmed IS NOT NULL AND NOT voided"

REAL = Counted(
    tables={
        "volunteer": (
            "SELECT community_id, since, until, verified_on FROM volunteers_volunteer",
            "home INTEGER, since DATE, until DATE, verified DATE",
        ),
        "service": (
            "SELECT community_id, service_date, minutes, confirmed_on, voided FROM volunteers_servicerecord",
            "home INTEGER, day DATE, minutes INTEGER, confirmed DATE, voided BOOLEAN",
        ),
        "start": (
            "SELECT community_id, since, until FROM volunteers_recordstart",
            "home INTEGER, since DATE, until DATE",
        ),
        "activity": (
            "SELECT community_id, published_on, cancelled_on FROM volunteers_activity",
            "home INTEGER, day DATE, cancelled DATE",
        ),
        "report": (
            "SELECT community_id, since, until FROM volunteers_partyreport",
            "home INTEGER, since DATE, until DATE",
        ),
        "organization": (
            "SELECT id, nature, community_based, category FROM organizations_organization",
            "id INTEGER, nature VARCHAR, community_based BOOLEAN, category VARCHAR",
        ),
        "status": (
            "SELECT region_id, organization_id, status, since, until FROM organizations_organizationstatus",
            "home INTEGER, owner INTEGER, status VARCHAR, since DATE, until DATE",
        ),
        "charity": (
            "SELECT region_id, since, until FROM organizations_charityrecognition",
            "home INTEGER, since DATE, until DATE",
        ),
        "party": (
            "SELECT region_id, since, until, established_on FROM organizations_organizationparty",
            "home INTEGER, since DATE, until DATE, established DATE",
        ),
        "worker": (
            "SELECT region_id, since, until, main, professional, full_time FROM organizations_socialworkpost",
            "home INTEGER, since DATE, until DATE, main BOOLEAN, professional BOOLEAN, full_time BOOLEAN",
        ),
        "qualified": (
            "SELECT region_id, since, until, kind, level FROM organizations_qualifiedspan",
            "home INTEGER, since DATE, until DATE, kind VARCHAR, level VARCHAR",
        ),
        "facility": (
            "SELECT region_id, since, until, kind FROM regions_facility",
            "home INTEGER, since DATE, until DATE, kind VARCHAR",
        ),
        "project": (
            "SELECT region_id, completed_on, struck_off_on, evaluated_on FROM projects_project",
            "home INTEGER, since DATE, until DATE, evaluated DATE",
        ),
        "session": (
            "SELECT community_id, held_on, person_times FROM projects_projectsession",
            "home INTEGER, day DATE, person_times INTEGER",
        ),
        "service_case": (
            "SELECT community_id, client_id, opened_on, field FROM projects_servicecase",
            "home INTEGER, client INTEGER, day DATE, field VARCHAR",
        ),
        "fund": (
            "SELECT region_id, since, until, kind FROM funds_fund",
            "home INTEGER, since DATE, until DATE, kind VARCHAR",
        ),
        "budget": (
            "SELECT region_id, starts_on, cents, purpose FROM funds_fundbudget",
            "home INTEGER, day DATE, cents BIGINT, purpose VARCHAR",
        ),
        "consultation": (
            "SELECT community_id, held_on FROM deliberation_consultation",
            "home INTEGER, day DATE",
        ),
        "figure": FIGURES,
    },
    stocks={
        "volunteer": {"registered": "true", "volunteers": ("verified IS NOT NULL", "verified")},
        "start": {"record_starts": "true"},
        "report": {"reported": "true"},
        _STATUS: {
            "organizations": "counts",
            "community_organizations": "counts AND community_based",
            "charity_organizations": "counts AND community_based AND category = 'charity'",
            "filed_organizations": "status = 'filed' AND community_based",
            "agencies": "status = 'registered' AND nature = 'social_work_agency'",
            "federations": "counts AND community_based AND nature = 'federation'",
        },
        "charity": {"charities": "true"},
        "party": {"party_eligible": "true", "party_established": ("established IS NOT NULL", "established")},
        _WORKER: {
            "professionals": "professional",
            "workers": "inside",
            "full_time": "inside AND full_time",
        },
        "qualified": {
            "certified": "kind = 'certified_social_worker'",
            "assistant": "kind = 'certified_social_worker' AND level = 'assistant'",
            "intermediate": "kind = 'certified_social_worker' AND level = 'intermediate'",
            "senior": "kind = 'certified_social_worker' AND level = 'senior'",
        },
        "facility": {
            "facilities": "true",
            "incubators": "kind = 'incubator'",
            "training_bases": "kind = 'training_base'",
        },
        "project": {
            "completed": "true",
            "evaluated": ("evaluated IS NOT NULL", "evaluated"),
        },
        "fund": {"community_funds": "kind = 'community_fund'", "micro_funds": "kind = 'micro_fund'"},
    },
    flows={
        "service": (
            "day",
            {
                "services": f"count(*) FILTER ({_CONFIRMED})",
                "minutes": f"sum(minutes) FILTER ({_CONFIRMED})",
            },
        ),
        "activity": ("day", {"activities": "count(*) FILTER (cancelled IS NULL)"}),
        "session": ("day", {"sessions": "count(*)", "person_times": "sum(person_times)"}),
        "service_case": ("day", {"cases": "count(*) FILTER (field = 'child_care')"}),
        "budget": ("day", {"budget": "sum(cents) FILTER (purpose = 'livelihood')"}),
        "consultation": ("day", {"consultations": "count(*)"}),
    },
    derived={
        "services_month": "services_of_month",
        "volunteers_urban": "volunteers * urban",
        "organizations_urban": "community_organizations * urban",
        "organizations_rural": "community_organizations * rural",
        "with_charity": "community * (charity_organizations >= 1)::int",
        "urban_with_five": "urban * (community_organizations >= 5)::int",
        "with_organization": "community * (organizations >= 1)::int",
        "with_worker": "community * (workers >= 1)::int",
        "with_session": "community * (sessions >= 1)::int",
        "communities": "community",
        "urban": "urban",
        "rural": "rural",
    },
    figures={
        "residents": "resident_population",
        "urban_residents": "urban_resident_population",
        "hukou": "hukou_population",
    },
    distinct="clients",
    persons="SELECT home, client AS person, day FROM service_case WHERE field = 'child_care'",
)
