"""The records as PostgreSQL holds them, copied into tables of DuckDB."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from django.db import connection

from tests.benchmarks.duck.counted import Counted

_PLACE = (
    "SELECT id, code, path, level FROM regions_region",
    "id INTEGER, code VARCHAR, path VARCHAR, level VARCHAR",
)
# What a city must not have, for then a value would be more than a plain sum.
_REFUSED = {
    "a place that is not valid throughout": "SELECT FROM regions_region WHERE since IS NOT NULL OR until IS NOT NULL",
    "a register kept elsewhere than at the top": """SELECT FROM regions_registercoverage JOIN regions_region ON
        region_id = regions_region.id WHERE parent_id IS NOT NULL""",
    "a figure of no community": """SELECT FROM attainment_reportedfigure JOIN regions_region ON
        region_id = regions_region.id WHERE level <> 'community' OR attainment_reportedfigure.until IS NOT NULL""",
}
# Each place with the places above it by level, itself among them; the kind of a community by digits 10 to 12.
_PLACES = """
CREATE TABLE tree AS
WITH above AS (
    SELECT place.id, other.id AS over, other.level
    FROM place, unnest(string_split(rtrim(place.path, '/'), '/')) AS step(code) JOIN place other USING (code)
)
SELECT place.id, position, community, urban, rural, province, prefecture, county, township, village
FROM (
    SELECT id, (row_number() OVER (ORDER BY path) - 1)::int AS position, (level = 'community')::int AS community,
        (level = 'community' AND right(code, 3) BETWEEN '001' AND '199')::int AS urban,
        (level = 'community' AND right(code, 3) BETWEEN '200' AND '399')::int AS rural
    FROM place
) place
JOIN (
    SELECT id, max(over) FILTER (level = 'province') AS province, max(over) FILTER (level = 'prefecture') AS prefecture,
        max(over) FILTER (level = 'county') AS county, max(over) FILTER (level = 'township') AS township,
        max(over) FILTER (level = 'community') AS village
    FROM above GROUP BY id
) USING (id)
"""


def load(counted: Counted, threads: int = 2) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB that holds the records; raises `ValueError` for those of which it would not know enough."""
    duck = duckdb.connect(config={"threads": threads})
    with TemporaryDirectory() as folder, connection.cursor() as cursor:
        for what, query in _REFUSED.items():
            cursor.execute(f"SELECT EXISTS ({query})")
            if cursor.fetchone() != (False,):
                raise ValueError(f"the second engine knows nothing of {what}")
        for table, (query, columns) in {"place": _PLACE, **counted.tables}.items():
            path = Path(folder) / table
            with path.open("wb") as file:
                cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv)", file)
            duck.execute(f"CREATE TABLE {table} ({columns})")
            duck.execute(f"COPY {table} FROM '{path}' (FORMAT csv, HEADER false)")
            path.unlink()
    duck.execute(_PLACES)
    return duck
