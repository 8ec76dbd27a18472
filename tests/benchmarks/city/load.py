"""Brings a synthetic municipality into the tables: COPY with triggers and indexes off, then all of them on again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
from django.apps import apps
from django.db import connection
from django.db.models import Model

from governance.attainment.models import ReportedFigure
from governance.regions.models import Region, RegisterCoverage
from governance.regions.registers import source_registers
from tests.benchmarks.city.records import City
from tests.trial import models

_NOW = "TIMESTAMPTZ '2026-01-01 00:00:00+08'"
# What a column becomes where the number alone is not what the table holds; texts are as long as real ones.
_TEXTS: dict[type[Model], dict[str, str]] = {
    models.Volunteer: {
        "name": "'合成志愿者' || (id % 997)",
        "identity_index": "lpad(number::varchar, 20, '0')",
        "phone": "'00' || lpad((number % 1000000000)::varchar, 9, '0')",
    },
    models.Society: {"name": "'合成社区社会组织第' || id"},
    models.Worker: {"name": "'合成社工' || id"},
}
_OWN = {"number"}  # only texts are made of it


def load(city: City) -> None:
    """Fill the tables of regions, of the trial app, of figures and of registers kept, which must be empty."""
    with TemporaryDirectory() as folder, _bulk():
        loader = _Loader(Path(folder) / "rows.csv")
        _load_places(loader, city)
        for model, columns in city.tables():
            texts = _TEXTS.get(model, {})
            chosen = {name: _as_sql(name) for name in columns if name not in _OWN} | texts
            loader.copy(model, chosen, columns)
        _load_population(loader, city)


def vacuum() -> None:
    """Set the visibility map and the statistics, as autovacuum does in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


class _Loader:
    """Writes columns to a file and lets PostgreSQL read it; ids given here are not given again."""

    def __init__(self, file: Path) -> None:
        self.file, self.duck = file, duckdb.connect()

    def copy(self, model: type[Model], chosen: dict[str, str], columns: dict[str, Any]) -> None:
        """Load rows: `chosen` are the columns of the table as SQL over the columns given."""
        table = connection.ops.quote_name(model._meta.db_table)
        listed = ", ".join(f"{sql} AS {connection.ops.quote_name(name)}" for name, sql in chosen.items())
        names = ", ".join(connection.ops.quote_name(name) for name in chosen)
        self.duck.register("columns", columns)
        self.duck.execute(f"COPY (SELECT {listed} FROM columns) TO '{self.file}' (FORMAT csv, HEADER false)")
        self.duck.unregister("columns")
        with connection.cursor() as cursor, self.file.open("rb") as rows:
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN (FORMAT csv)", rows)
            cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM {table}", [table])


def _as_sql(name: str) -> str:
    """Return a column as it is, or as a day; 0 is no day."""
    return f"DATE '1970-01-01' + nullif({name}, 0)" if name.endswith("_on") else name


def _load_places(loader: _Loader, city: City) -> None:
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


def _load_population(loader: _Loader, city: City) -> None:
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


@contextmanager
def _bulk() -> Iterator[None]:
    """Let no trigger fire, and build the indexes of the trial tables once at the end."""
    indexes = [(model, index) for model in apps.get_app_config("trial").get_models() for index in model._meta.indexes]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET maintenance_work_mem = '256MB'")
        try:
            with connection.schema_editor() as editor:
                for model, index in indexes:
                    editor.remove_index(model, index)
            yield
            with connection.schema_editor() as editor:
                for model, index in indexes:
                    editor.add_index(model, index)
        finally:
            cursor.execute("RESET session_replication_role")
            cursor.execute("RESET maintenance_work_mem")
