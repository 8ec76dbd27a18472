"""Staged rows laid out in a temporary table with the columns of their model, and from there into the model's own.

A row is staged as JSON by column; of a record that changes only what differs, so that the rest comes from the record
as it is stored at that moment.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.utils import timezone

from governance.kit.imports.stored import told_by_clock, written_fields

LAID = "laid_out_rows"


def quoted(name: str | None) -> str:
    """Return the name of a table or a column as SQL takes it."""
    return connection.ops.quote_name(str(name))


def lay_out(cursor: Any, model: type[models.Model], staged: Any, *, with_keys: bool = False) -> None:
    """Lay out staged rows (a queryset of number, target, values); `with_keys` gives new ones their keys already."""
    quote, meta = quoted, model._meta
    assert meta.pk is not None  # noqa: S101  every model has one
    table, key = quote(meta.db_table), quote(meta.pk.column)
    fields = [each for each in meta.concrete_fields if not each.primary_key]
    own = ", ".join(f"laid.{quote(each.column)}" for each in fields)
    new = f"nextval(pg_get_serial_sequence('{table}', '{meta.pk.column}'))" if with_keys else "NULL::bigint"
    source, parameters = staged.values_list("number", "target", "values").query.sql_with_params()
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{LAID}")
    # every part is a name of the model; what people wrote goes by parameters
    cursor.execute(
        f"CREATE TEMPORARY TABLE {LAID} ON COMMIT DROP AS "  # noqa: S608
        f"SELECT coalesce(staged.target, {new}) AS {key}, {own}, staged.number AS row_number, "
        f"staged.target AS row_target "
        f"FROM ({source}) AS staged (number, target, values) "
        f"LEFT JOIN {table} AS stored ON stored.{key} = staged.target "
        f"CROSS JOIN LATERAL jsonb_populate_record(stored, staged.values) AS laid",
        parameters,
    )
    cursor.execute(f"CREATE INDEX ON {LAID} (row_number)")
    cursor.execute(f"ANALYZE {LAID}")


def write_new(cursor: Any, model: type[models.Model]) -> int:
    """Insert what is laid out without a record; return how many."""
    quote, meta = quoted, model._meta
    assert meta.pk is not None  # noqa: S101  every model has one
    columns, values = [meta.pk.column], [quote(meta.pk.column)]
    parameters: list[Any] = []
    for each in meta.concrete_fields:
        if each.primary_key or getattr(each, "generated", False):
            continue
        columns.append(each.column)
        if told_by_clock(each):
            values.append("%s")
            parameters.append(_now(each))
        else:
            values.append(quote(each.column))
    cursor.execute(
        f"INSERT INTO {quote(meta.db_table)} ({', '.join(map(quote, columns))}) "  # noqa: S608
        f"SELECT {', '.join(values)} FROM {LAID} WHERE row_target IS NULL ORDER BY row_number",
        parameters,
    )
    return int(cursor.rowcount)


def write_changes(cursor: Any, model: type[models.Model], changed: set[str]) -> int:
    """Write the columns `changed` of the records that are laid out; return how many records."""
    quote, meta = quoted, model._meta
    assert meta.pk is not None  # noqa: S101  every model has one
    known = {each.column for each in written_fields(model)}
    puts = [f"{quote(column)} = laid.{quote(column)}" for column in sorted(changed & known)]
    if not puts:
        return 0
    clocks = [each for each in meta.concrete_fields if getattr(each, "auto_now", False)]
    puts += [f"{quote(each.column)} = %s" for each in clocks]
    cursor.execute(
        f"UPDATE {quote(meta.db_table)} AS stored SET {', '.join(puts)} "  # noqa: S608
        f"FROM {LAID} AS laid WHERE laid.row_target = stored.{quote(meta.pk.column)}",
        [_now(each) for each in clocks],
    )
    return int(cursor.rowcount)


def _now(field: Any) -> Any:
    now = timezone.now()
    return now if isinstance(field, models.DateTimeField) else timezone.localtime(now).date()
