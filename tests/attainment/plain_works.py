"""Indicators of volunteers, projects and places as plain SQL over their tables."""

from __future__ import annotations

from tests.attainment.plain_sql import Written, components, figure, item, kinds, total, units

_LAST_12 = "BETWEEN date_trunc('month', %(day)s::date) - interval '11 months' AND %(day)s"
_LAST_24 = "BETWEEN date_trunc('month', %(day)s::date) - interval '23 months' AND %(day)s"
_OF_THE_YEAR = "BETWEEN date_trunc('year', %(day)s::date) AND %(day)s"

_VERIFIED = """
    SELECT home.path AS home, 1 AS amount FROM volunteers_volunteer volunteer
    JOIN regions_region home ON home.id = volunteer.community_id
    WHERE volunteer.since <= %(day)s AND (volunteer.until IS NULL OR volunteer.until > %(day)s)
    AND volunteer.verified_on <= %(day)s
"""
_ACTIVITIES = """
    SELECT home.path AS home, 1 AS amount FROM volunteers_activity activity
    JOIN regions_region home ON home.id = activity.community_id
    WHERE activity.published_on <= %(day)s AND activity.cancelled_on IS NULL
"""
_POINTS = """
    SELECT home.path AS home, issue.points AS amount FROM volunteers_pointsissue issue
    JOIN regions_region home ON home.id = issue.community_id WHERE issue.booked_on <= %(day)s
"""
_REPORTED = """
    SELECT DISTINCT home.path AS home, report.person_id, 1 AS amount FROM volunteers_partyreport report
    JOIN regions_region home ON home.id = report.community_id
    WHERE report.since <= %(day)s AND (report.until IS NULL OR report.until > %(day)s)
"""
_TALENTS = """
    SELECT home.path AS home, 1 AS amount FROM volunteers_pointspartner partner
    JOIN regions_region home ON home.id = partner.region_id
    WHERE partner.kind = 'talent' AND partner.since <= %(day)s AND (partner.until IS NULL OR partner.until > %(day)s)
"""
_CHECKS = f"""
    SELECT home.path AS home, 1 AS amount FROM volunteers_spotcheck checked
    JOIN regions_region home ON home.id = checked.region_id WHERE checked.concluded_on {_OF_THE_YEAR}
"""


def _stated(slug: str) -> str:
    """Return the communities of which somebody has said so."""
    return f"""
    SELECT home.path AS home FROM regions_regioncapability stated JOIN regions_region home ON home.id = stated.region_id
    WHERE stated.item_id = '{slug}' AND stated.statement = 'has'
    AND stated.since <= %(day)s AND (stated.until IS NULL OR stated.until > %(day)s)
    """


# not from the kept day: from the confirmed records
_RECORDING = f"""{_stated("volunteer_record_system")} UNION ALL
    SELECT home.path FROM volunteers_servicerecord service JOIN regions_region home ON home.id = service.community_id
    WHERE service.confirmed_on IS NOT NULL AND NOT service.voided AND service.service_date <= %(day)s
"""
_SERVED = f"""{_stated("social_work_service")} UNION ALL
    SELECT home.path FROM regions_facility room JOIN regions_region home ON home.id = room.region_id
    WHERE room.kind IN ('social_work_room', 'social_work_station')
    AND room.since <= %(day)s AND (room.until IS NULL OR room.until > %(day)s)
    UNION ALL
    SELECT home.path FROM projects_projectsession held JOIN regions_region home ON home.id = held.community_id
    WHERE held.with_social_worker AND held.held_on {_LAST_12}
"""
_SURVEYED = f"""{_stated("needs_survey")} UNION ALL
    SELECT home.path FROM projects_needssurvey survey JOIN regions_region home ON home.id = survey.community_id
    WHERE survey.done_on <= %(day)s AND survey.done_on + interval '1 year' > %(day)s
"""
# not from the kept spans: each day on which something was listed or changed holds for a year
_LISTED = """
    SELECT part.home FROM (
        SELECT home.path AS home, line.part FROM (
            SELECT community_id, 'needs' AS part, unnest(ARRAY[listed_on, refreshed_on, closed_on]) AS told
            FROM projects_need WHERE listed_on IS NOT NULL
            UNION ALL
            SELECT community_id, 'resources', unnest(ARRAY[listed_on, refreshed_on, closed_on])
            FROM projects_resource WHERE listed_on IS NOT NULL
            UNION ALL
            SELECT community_id, 'projects', unnest(ARRAY[listed_on, refreshed_on])
            FROM projects_project WHERE listed_on IS NOT NULL
        ) line JOIN regions_region home ON home.id = line.community_id
        WHERE line.told <= %(day)s AND line.told + interval '1 year' > %(day)s
        UNION ALL
        SELECT home.path, part.slug FROM regions_regioncapability stated
        JOIN regions_region home ON home.id = stated.region_id
        JOIN regions_capabilitycomponent part ON part.id = stated.component_id
        WHERE stated.item_id = 'three_lists' AND stated.statement = 'has'
        AND stated.since <= %(day)s AND (stated.until IS NULL OR stated.until > %(day)s)
    ) part GROUP BY part.home HAVING count(DISTINCT part.part) = 3
"""
_COMPLETED = """
    SELECT home.path AS home, 1 AS amount FROM projects_project project
    JOIN regions_region home ON home.id = project.region_id
    WHERE project.completed_on <= %(day)s AND (project.struck_off_on IS NULL OR project.struck_off_on > %(day)s)
"""
_EVALUATED = f"""{_COMPLETED} AND EXISTS (
        SELECT FROM projects_projectevaluation evaluation WHERE evaluation.project_id = project.id
        AND evaluation.kind = 'third_party' AND evaluation.evaluated_on <= %(day)s
    )"""
_INITIATED = """
    SELECT home.path AS home, 1 AS amount FROM projects_purchaseproject purchase
    JOIN regions_region home ON home.id = purchase.region_id
    WHERE purchase.initiated_on <= %(day)s AND (purchase.cancelled_on IS NULL OR purchase.cancelled_on > %(day)s)
"""
_FIVE_STEPS = f"""{_INITIATED} AND purchase.procured_on IS NOT NULL AND purchase.contracted_on IS NOT NULL
    AND purchase.started_on IS NOT NULL AND purchase.evaluated_on IS NOT NULL"""
_CATALOGUES = """
    SELECT home.path AS home, catalogue.kind AS component FROM projects_catalogue catalogue
    JOIN regions_region home ON home.id = catalogue.region_id
    WHERE catalogue.since <= %(day)s AND (catalogue.until IS NULL OR catalogue.until > %(day)s)
    UNION ALL
    SELECT home.path, part.slug FROM regions_regioncapability stated
    JOIN regions_region home ON home.id = stated.region_id
    JOIN regions_capabilitycomponent part ON part.id = stated.component_id
    WHERE stated.item_id = 'catalogues' AND stated.statement = 'has'
    AND stated.since <= %(day)s AND (stated.until IS NULL OR stated.until > %(day)s)
"""
_CHILDREN = f"""
    SELECT DISTINCT home.path AS home, served.client_id, 1 AS amount FROM projects_servicecase served
    JOIN regions_region home ON home.id = served.community_id
    WHERE served.field = 'child_care' AND served.opened_on {_LAST_24}
"""
_FIELDS = f"""
    SELECT home.path AS home, held.field AS value FROM projects_projectsession held
    JOIN regions_region home ON home.id = held.community_id WHERE held.field <> '' AND held.held_on {_LAST_12}
"""
_HELPED = f"""
    SELECT home.path AS home, held.person_times AS amount FROM projects_projectsession held
    JOIN regions_region home ON home.id = held.community_id WHERE held.held_on {_LAST_24}
"""
_CONTRACTS = f"""
    SELECT home.path AS home, 1 AS amount FROM projects_purchasecontract contract
    JOIN regions_region home ON home.id = contract.region_id WHERE contract.signed_on {_LAST_12}
"""
_ESTATES = """
    SELECT home.path AS home, 1 AS amount FROM regions_estate estate
    JOIN regions_region home ON home.id = estate.community_id
    WHERE (estate.since IS NULL OR estate.since <= %(day)s) AND (estate.until IS NULL OR estate.until > %(day)s)
"""
_AREAS = """
    SELECT home.path AS home, facility.floor_area AS amount FROM regions_facility facility
    JOIN regions_region home ON home.id = facility.region_id
    WHERE facility.kind = 'incubator' AND facility.floor_area IS NOT NULL
    AND facility.since <= %(day)s AND (facility.until IS NULL OR facility.until > %(day)s)
"""


def _coverage(slug: str, records: str) -> Written:
    return Written(item(slug, records), units("community"), unit=("community", ""))


INDICATORS = {
    "cq_registered_volunteers_share": Written(
        total("volunteers", _VERIFIED, "verified"), figure("resident_population")
    ),
    "ty_reported_activities": Written(total("activities", _ACTIVITIES)),
    "ty_reported_points": Written(total("points", _POINTS)),
    "ty_double_report": Written(total("party_reports", _REPORTED, "reported")),
    "ty_reported_talents": Written(total("points_partners", _TALENTS, "talent")),
    "cq_record_spot_checks": Written(total("spot_checks", _CHECKS)),
    "xm_volunteer_record_coverage": _coverage("volunteer_record_system", _RECORDING),
    "cq_social_work_service_coverage": _coverage("social_work_service", _SERVED),
    "cq_needs_survey": _coverage("needs_survey", _SURVEYED),
    "cq_three_lists": _coverage("three_lists", _LISTED),
    "ty_third_party_oversight": Written(
        total("projects", _EVALUATED, "completed_and_evaluated"), total("projects", _COMPLETED, "completed")
    ),
    "ty_purchase_chain": Written(
        total("purchase_projects", _FIVE_STEPS, "all_five_steps"), total("purchase_projects", _INITIATED, "initiated")
    ),
    "ty_three_catalogues": Written(components("catalogues", _CATALOGUES, "county")),
    "ty_reported_children": Written(total("service_cases", _CHILDREN)),
    "cq_service_fields": Written(kinds("project_sessions", _FIELDS)),
    "ty_reported_people_helped": Written(total("project_sessions", _HELPED)),
    "km_preferential_purchase": Written(
        total("purchase_contracts", f"{_CONTRACTS} AND contract.supplier_kind = 'social_organization'"),
        total("purchase_contracts", _CONTRACTS),
    ),
    "km_estate_party_branch": Written(
        total("estates", f"{_ESTATES} AND estate.party_branch_from <= %(day)s", "party_branch"),
        total("estates", _ESTATES, "all"),
    ),
    "xm_incubator_park_area": Written(total("facilities", _AREAS, "incubator.floor_area")),
}
