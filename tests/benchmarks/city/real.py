"""The portal's own tables: what their declarations count, joined and dated as the portal does it."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models.enums import Choices

from funds.models import Fund, FundBudget
from governance.deliberation.models import Consultation
from governance.kit.personroles import roles
from governance.people import places
from governance.people.models import Person, PersonPlace
from governance.regions.models import Facility
from organizations.models import (
    Category,
    CharityRecognition,
    Nature,
    Organization,
    OrganizationParty,
    OrganizationStatus,
    QualifiedSpan,
    SocialWorkCertificate,
    SocialWorkPost,
)
from projects.models import Field, Project, ProjectEvaluation, ProjectSession, ServiceCase
from tests.benchmarks.city import bodies, volunteering
from tests.benchmarks.city.measures import INDICATORS, MEASURES
from tests.benchmarks.city.tables import Tables
from tests.benchmarks.duck.real import REAL as COUNTED
from volunteers.models import Activity, PartyReport, RecordStart, ServiceRecord, Volunteer

_SEALED = f"'\\x{'5a' * 61}'"  # as long as a sealed number; nobody opens it here


def _index(what: str) -> str:
    """Return the SQL of a checksum of 32 bytes, another one for each person."""
    return f"'\\x' || md5('{what}' || id) || md5(id || '{what}')"


def _word(column: str, words: type[Choices]) -> str:
    """Return the SQL of a word for a number from 0 on."""
    return f"{list(words.values)}[{column} + 1]"


_TEXTS = {
    Person: {
        "name": "'合成' || chr((20320 + id % 997)::int) || chr((21000 + id % 991)::int)",
        "pinyin": "'hc' || chr((97 + id % 26)::int) || chr((97 + id % 23)::int)",
        "gender": _word("gender", Person.Gender),
        "identity_number": _SEALED,
        "identity_index": _index("n"),
        "phone": _SEALED,
        "phone_index": _index("p"),
    },
    Volunteer: {"number": "'Z' || lpad(((id::BIGINT * 7919) % 100000007)::varchar, 12, '0')"},
    Activity: {"title": "'合成志愿服务活动第' || id || '场'"},
    PartyReport: {"unit_name": "'合成单位党支部'"},
    Organization: {
        "name": "'合成社会组织第' || id",
        "pinyin": "'hcshzz'",
        "uscc": "CASE WHEN coded THEN '51500000' || lpad(id::varchar, 10, '0') END",
        "nature": _word("nature", Nature),
        "category": f"CASE WHEN community_based THEN {_word('category', Category)} ELSE '' END",
    },
    OrganizationStatus: {"status": _word("status", OrganizationStatus.Status)},
    CharityRecognition: {"way": "'recognised'"},
    SocialWorkPost: {"employer": "'合成用人单位'", "title": "'合成岗位'"},
    SocialWorkCertificate: {"level": _word("level", SocialWorkCertificate.Level), "number": "'合成证书' || id"},
    Facility: {"name": "'合成设施第' || id", "kind": _word("kind", Facility.Kind)},
    Project: {"number": "'P' || id", "title": "'合成项目第' || id", "field": _word("field", Field)},
    ProjectEvaluation: {"kind": "'third_party'", "evaluator": "'合成评估机构'"},
    ProjectSession: {"title": "'合成项目活动第' || id", "field": _word("field", Field)},
    ServiceCase: {"number": "'A' || id", "field": _word("field", Field)},
    Fund: {"name": "'合成基金第' || id", "kind": _word("kind", Fund.Kind)},
    FundBudget: {"purpose": "'livelihood'"},
    Consultation: {"title": "'合成议题第' || id", "kind": "'residents'"},
}


def settle() -> None:
    """Write what triggers write: where persons have roles, first days of service, spans of those who are certified."""
    with transaction.atomic(), connection.cursor() as cursor:
        for role in roles():
            places.rebuild(cursor, role)
        cursor.execute(
            "SELECT volunteers_find_starts(ARRAY(SELECT DISTINCT community_id FROM volunteers_servicerecord)::bigint[])"
        )
        cursor.execute(
            "SELECT organizations_requalify(ARRAY(SELECT DISTINCT person_id FROM organizations_socialworkcertificate))"
        )


REAL = Tables(
    name="real",
    makers=(
        (Person, volunteering.persons),
        (Volunteer, volunteering.volunteers),
        (ServiceRecord, volunteering.services),
        (Activity, volunteering.activities),
        (PartyReport, volunteering.reports),
        (Organization, bodies.organizations),
        (OrganizationStatus, bodies.statuses),
        (CharityRecognition, bodies.charities),
        (OrganizationParty, bodies.parties),
        (SocialWorkPost, bodies.posts),
        (SocialWorkCertificate, bodies.certificates),
        (Facility, bodies.facilities),
        (Project, bodies.projects),
        (ProjectEvaluation, bodies.evaluations),
        (ProjectSession, bodies.sessions),
        (ServiceCase, volunteering.cases),
        (Fund, bodies.funds),
        (FundBudget, bodies.budgets),
        (Consultation, bodies.consultations),
    ),
    texts=_TEXTS,
    population={"all": "resident_population", "some": "urban_resident_population", "few": "hukou_population"},
    measures=MEASURES,
    indicators=INDICATORS,
    counted=COUNTED,
    sums=(
        "SELECT sum(community_id), sum(person_id), count(verified_on) FROM volunteers_volunteer",
        "SELECT sum(community_id), sum(minutes), count(confirmed_on) FROM volunteers_servicerecord",
        "SELECT sum(community_id), count(published_on), count(cancelled_on) FROM volunteers_activity",
        "SELECT sum(community_id), sum(person_id), count(until) FROM volunteers_partyreport",
        "SELECT sum(community_id), count(since), count(until) FROM volunteers_recordstart",
        "SELECT sum(region_id), count(uscc), count(*) FILTER (WHERE community_based) FROM organizations_organization",
        "SELECT sum(region_id), sum(organization_id), count(until) FROM organizations_organizationstatus",
        "SELECT sum(region_id), sum(organization_id), count(until) FROM organizations_charityrecognition",
        "SELECT sum(region_id), sum(organization_id), count(established_on) FROM organizations_organizationparty",
        "SELECT sum(region_id), sum(person_id), count(until) FROM organizations_socialworkpost",
        "SELECT sum(region_id), sum(person_id), count(until) FROM organizations_qualifiedspan",
        "SELECT sum(region_id), sum(capacity), count(until) FROM regions_facility",
        "SELECT sum(region_id), count(completed_on), count(evaluated_on) FROM projects_project",
        "SELECT sum(community_id), sum(project_id), sum(person_times) FROM projects_projectsession",
        "SELECT sum(community_id), sum(client_id), count(closed_on) FROM projects_servicecase",
        "SELECT sum(region_id), sum(organization_id), count(until) FROM funds_fund",
        "SELECT sum(region_id), sum(year), sum(cents) FROM funds_fundbudget",
        "SELECT sum(community_id), count(held_on), count(planned_on) FROM deliberation_consultation",
    ),
    change="""
        WITH told AS (SELECT %s::date AS day, unnest(%s::bigint[]) AS home),
        person AS (
            INSERT INTO people_person (name, pinyin, gender, region_id, changed_at)
            SELECT '合成志愿者', 'hczyz', '', home, now() FROM told RETURNING id, region_id
        )
        INSERT INTO volunteers_volunteer (person_id, community_id, number, since, verified_on, changed_at)
        SELECT id, region_id, 'N' || id, day, day, now() FROM person, (SELECT min(day) AS day FROM told) AS told
    """,
    kept=(PersonPlace, RecordStart, QualifiedSpan),
    settle=settle,
)
