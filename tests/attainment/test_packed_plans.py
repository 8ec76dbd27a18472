"""Records are read from their indexes alone, in their order: for many homes, for a few and for one."""

from __future__ import annotations

import pytest
from django.db import connection

from governance.attainment.sources.facts import PackedFacts
from governance.attainment.sources.rows import Rows
from governance.kit.measures import expressions as e
from governance.regions.models import Level, Region
from tests.attainment.packed_rows import keys_of
from tests.attainment.slow_facts import tree_below
from tests.factories.places import Tree, make_tree

PLACES, ROWS = 200, 40_000
MONTHS = (2021 * 12, 2025 * 12 + 11)
STOCKS = tuple(e.Stock("trial_volunteers", mark) for mark in ("all", "party", "female", "student", "elder", "star"))
FLOWS = (e.Distinct("trial_services", "all", "last12"), e.Flow("trial_services", "all", "ytd", "minutes"))

FILL = (
    """INSERT INTO trial_volunteer
       (home_id, gender, kind, party, star, verified_on, left_on, name, identity_index, phone)
       SELECT home, n %% 2, n %% 4, n %% 5 = 0, n %% 6, '2018-01-01'::date + n %% 2900,
              CASE WHEN n %% 3 = 0 THEN '2027-01-01'::date END, 'name', repeat('x', 64), '13800000000'
       FROM (SELECT n, (%(homes)s::bigint[])[1 + n %% %(count)s] AS home FROM generate_series(1, %(rows)s) n) made""",
    """INSERT INTO trial_service (home_id, volunteer_id, undertaking, served_on, minutes, beneficiaries)
       SELECT home_id, id, 1, '2019-01-01'::date + (id * 37 %% 2500)::int, id %% 300, id %% 50 FROM trial_volunteer""",
)


@pytest.fixture
def filled(transactional_db: None) -> Tree:
    """Tables that are large enough to be worth an index, as the autovacuum leaves them."""
    tree = make_tree()
    Region.objects.bulk_create(
        Region(
            code=f"4302110{at // 100 + 10}{at % 100 + 100}", name=f"社区{at}", level=Level.COMMUNITY, parent=tree.street,
            path=f"{tree.street.path}4302110{at // 100 + 10}{at % 100 + 100}/",
        )
        for at in range(PLACES)
    )  # fmt: skip
    homes = list(Region.objects.filter(level=Level.COMMUNITY).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO on")  # else the vacuum comes before the rows are sure, and skips them
        for statement in FILL:
            cursor.execute(statement, {"homes": homes, "count": len(homes), "rows": ROWS})
        for table in ("trial_volunteer", "trial_service", "regions_region"):
            cursor.execute(f"VACUUM ANALYZE {table}")
    return tree


def plan_of(rows: Rows) -> str:
    statement = rows.statement
    assert statement is not None
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + statement.sql, statement.of(rows._homes))
        return "\n".join(line for (line,) in cursor.fetchall())


def test_records_are_read_from_their_index_alone(filled: Tree) -> None:
    tree = tree_below(filled.province)
    keys = keys_of(tree)
    communities = tree.level == 4
    for count in (50, 5, 1):  # of all places at once it may as well read the table
        counted = communities & (communities.cumsum() <= count)
        facts = PackedFacts(tree, keys, (*STOCKS, *FLOWS), *MONTHS, counted=counted)
        plans = {
            "trial_volunteer_covering": plan_of(facts._rows_of_intervals("trial_volunteers")),
            "trial_service_covering": plan_of(facts._rows_of_events("trial_services")),
        }
        for index, plan in plans.items():
            assert f"Index Only Scan using {index}" in plan, plan
            assert "Sort" not in plan, plan
            assert "Seq Scan" not in plan, plan
        assert len(facts.persons("trial_services", "all").home)
