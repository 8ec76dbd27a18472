"""One organisation through five years, from guided to merged: counted right in each month and at every level."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from governance.accounts.models import User
from governance.attainment.results.rows import rows
from governance.regions.models import RegisterCoverage
from organizations.actions import ending, steps
from organizations.measures import register
from organizations.models import CharityRecognition, OrganizationRestriction
from tests.factories.places import Tree
from tests.organizations.made import credit_code, day, organization, span, status
from tests.policies.made import make_clause, make_indicator, make_policy

ASKED = {
    "organizations": "stock(organizations.social_org)",
    "of communities": "stock(organizations.community_org)",
    "filed": "stock(organizations.filed_community_org)",
    "charities": "stock(charity_status.recognised)",
}
# Written by hand, from what the policies say: filed and registered ones count, abnormal ones too, charities apart.
BY_HAND = """
SELECT count(DISTINCT s.organization_id) FILTER (WHERE s.status IN ('filed', 'registered')),
       count(DISTINCT s.organization_id) FILTER (WHERE s.status IN ('filed', 'registered') AND o.community_based),
       count(DISTINCT s.organization_id) FILTER (WHERE s.status = 'filed' AND o.community_based),
       (SELECT count(DISTINCT c.organization_id) FROM organizations_charityrecognition c
        JOIN regions_region p ON p.id = c.region_id
        WHERE p.path LIKE %(path)s || '%%' AND c.since <= %(on)s AND (c.until IS NULL OR c.until > %(on)s))
FROM organizations_organizationstatus s
JOIN organizations_organization o ON o.id = s.organization_id
JOIN regions_region r ON r.id = s.region_id
WHERE r.path LIKE %(path)s || '%%' AND s.since <= %(on)s AND (s.until IS NULL OR s.until > %(on)s)
"""


def by_hand(path: str, on: date) -> list[Decimal]:
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"path": path, "on": on})
        return [Decimal(number) for number in cursor.fetchone()]


def month_ends() -> list[date]:
    firsts = [date(year, month, 1) for year in range(2021, 2026) for month in range(1, 13)]
    return [first - timedelta(days=1) for first in [*firsts[1:], date(2026, 1, 1)]]


def expected(on: date) -> list[int]:
    """What a person who reads the file of the organisation says of a month; the other one is there all the time."""
    one = [0, 0, 0, 0]
    if date(2022, 3, 15) <= on < date(2025, 9, 1):
        one = [1, 1, int(on < date(2023, 6, 30)), int(on >= date(2024, 2, 29))]
    return [number + 1 for number in one[:2]] + one[2:]


def test_guided_filed_registered_charity_merged(tree: Tree, bureau_admin: User) -> None:
    assert register
    for name in ("organizations", "charity_status"):
        RegisterCoverage.objects.create(region=tree.province, register=name, since=date(2021, 1, 1))
    policy: Any = make_policy(tree.province, "life", valid_from=date(2021, 1, 1), valid_to=None)
    clause = make_clause(policy)
    for position, (slug, expression) in enumerate(ASKED.items(), 1):
        make_indicator(clause, slug.replace(" ", "_"), numerator=expression, denominator="1", position=position)

    kept = organization(tree.community, "老街坊互助会", uscc=credit_code(), community_based=True, category="other")
    status(kept, "registered", "2020-01-01")
    one = organization(tree.community, "和风调解队", community_based=True, category="community_affairs")
    steps.enter_status(one, by=bureau_admin, status="community_guided", on=day("2021-02-10"))
    steps.enter_status(one, by=bureau_admin, status="filed", on=day("2022-03-15"))
    steps.enter_status(one, by=bureau_admin, status="registered", on=day("2023-06-30"), uscc=credit_code())
    CharityRecognition.objects.create(organization=one, way="recognised", **span("2024-02-29"))
    for kind, since, until in (("abnormal_list", "2024-07-01", "2024-12-01"), ("suspended", "2025-03-01", None)):
        OrganizationRestriction.objects.create(organization=one, kind=kind, reason="年报逾期", **span(since, until))
    ending.dissolve(one, by=bureau_admin, way="merged", on=day("2025-09-01"), into=kept)

    for on in month_ends():
        for place in (tree.community, tree.street, tree.county, tree.prefecture, tree.province):
            found = {row["indicator"]: row["numerator"] for row in rows(policy, place, on, date(2026, 2, 10))}
            numbers = [found[slug.replace(" ", "_")] for slug in ASKED]
            assert numbers == by_hand(place.path, on) == expected(on), (place.name, on)
        for beside in (tree.next_community, tree.other_county):
            assert by_hand(beside.path, on) == [0, 0, 0, 0]
