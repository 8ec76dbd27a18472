"""Brings a synthetic municipality into the tables by COPY, as `kit.bulkload` does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
from django.db import connection
from django.db.models import Model

from governance.attainment.models import ReportedFigure
from governance.kit.bulkload import indexes_off, triggers_off
from governance.regions.models import Region, RegisterCoverage
from governance.regions.registers import source_registers
from tests.benchmarks.city.drawing import City

_NOW = "TIMESTAMPTZ '2026-01-01 00:00:00+08'"


def load(city: City) -> None:
    """Fill the tables of regions, of the city, of figures and of registers kept, which must be empty."""
    tables = city.tables
    with triggers_off():
        with TemporaryDirectory() as folder, indexes_off(model for model, _make in tables.makers):
            loader = Loader(Path(folder) / "rows.csv")
            load_places(loader, city)
            for model, columns in city.records():
                loader.fill(model, columns, tables.texts.get(model, {}))
            _load_population(loader, city)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        with indexes_off(tables.kept):
            tables.settle()


def vacuum() -> None:
    """Set the visibility map and the statistics, as autovacuum does in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


class Loader:
    """Writes columns to a file and lets PostgreSQL read it; ids given here are not given again."""

    def __init__(self, file: Path) -> None:
        self.file, self.duck = file, duckdb.connect()

    def fill(self, model: type[Model], columns: dict[str, Any], texts: Mapping[str, str]) -> None:
        """Load rows of the columns that the table has; texts are SQL over all that were made."""
        self.copy(model, chosen_of(model, columns, texts), columns)

    def copy(self, model: type[Model], chosen: dict[str, str], columns: dict[str, Any]) -> None:
        """Load rows: `chosen` are the columns of the table as SQL over the columns given."""
        self.write(chosen, columns)
        table = connection.ops.quote_name(model._meta.db_table)
        self.send(table, chosen)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM {table}", [table])

    def write(self, chosen: Mapping[str, str], columns: dict[str, Any]) -> None:
        """Write the rows to the file."""
        listed = ", ".join(f"{sql} AS {connection.ops.quote_name(name)}" for name, sql in chosen.items())
        self.duck.register("columns", columns)
        self.duck.execute(f"COPY (SELECT {listed} FROM columns) TO '{self.file}' (FORMAT csv, HEADER false)")
        self.duck.unregister("columns")

    def send(self, table: str, names: Iterable[str]) -> None:
        """COPY the file into columns of a table."""
        listed = ", ".join(connection.ops.quote_name(name) for name in names)
        with connection.cursor() as cursor, self.file.open("rb") as rows:
            cursor.copy_expert(f"COPY {table} ({listed}) FROM STDIN (FORMAT csv)", rows)


def chosen_of(model: type[Model], made: Iterable[str], texts: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of a table as SQL over those that were made; what must not be empty is told plainly."""
    chosen: dict[str, str] = {}
    for field in model._meta.concrete_fields:
        sql = texts.get(field.column) or (_as_sql(field) if field.column in made else _left_out(field))
        if sql is not None:
            chosen[field.column] = sql
    return chosen


def _as_sql(field: Any) -> str:
    """Return a column as it is, or as a day; where the table may have nothing, 0 is nothing."""
    name: str = connection.ops.quote_name(field.column)
    if field.get_internal_type() == "DateField":
        return f"DATE '1970-01-01' + nullif({name}, 0)"
    return f"nullif({name}, 0)" if field.is_relation and field.null else name


def _left_out(field: Any) -> str | None:
    """Return the SQL of a column that nobody has made: now, a text without letters, or the default of a flag."""
    if field.column == "changed_at":
        return _NOW
    if field.generated or field.null or field.primary_key:
        return None
    if field.get_internal_type() == "BooleanField":
        return str(field.default)
    return "''" if field.empty_strings_allowed else None


def load_places(loader: Loader, city: City) -> None:
    """Fill the table of regions, and say that every register is kept."""
    places = city.places
    columns = {name: np.array(values) for name, values in places.columns().items()}
    columns |= {"id": np.arange(1, len(places) + 1), "parent_id": places.parent}
    chosen = {name: name for name in columns} | {
        "parent_id": "nullif(parent_id, 0)",
        "partial": "false",
        "urban_rural_code": "''",
        "initials": "'hc' || id",
        "changed_at": _NOW,
    }
    loader.copy(Region, chosen, columns)
    kept = [{"region_id": 1, "register": code, "since": city.first, "note": "合成数据"} for code in source_registers()]
    RegisterCoverage.objects.bulk_create(RegisterCoverage(**row) for row in kept)


def _load_population(loader: Loader, city: City) -> None:
    parts: dict[str, list[Any]] = {"region_id": [], "measure": [], "on": [], "value": []}
    for on, columns in city.population():
        homes = columns.pop("region")
        for measure, values in columns.items():
            parts["region_id"].append(homes)
            parts["value"].append(values)
            parts["measure"].append(np.full(len(homes), measure))
            parts["on"].append(np.full(len(homes), on.isoformat()))
    rows = {name: np.concatenate(arrays) for name, arrays in parts.items()}
    chosen = {name: connection.ops.quote_name(name) for name in rows}
    chosen |= {"source": "'合成数据'", "state": "'approved'", "reason": "''", "changed_at": _NOW}
    loader.copy(ReportedFigure, chosen, rows)
