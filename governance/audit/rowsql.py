"""The function that writes the history of one table, as PL/pgSQL: from the transition tables to rows of the history."""

from __future__ import annotations

from governance.audit.tracked import Tracked
from governance.kit.telling import SETTING

_HIDDEN = "******"
_PIECE = 8  # hexadecimal digits of a keyed checksum: enough to see whether a text came back, too few to look it up
_FRAME = """DECLARE
    told jsonb := coalesce(nullif(current_setting('{setting}', true), ''), '{{}}')::jsonb;
BEGIN
IF TG_OP = 'INSERT' THEN
{insert}
ELSIF TG_OP = 'UPDATE' THEN
{update}
ELSIF TG_OP = 'DELETE' THEN
{delete}
ELSE
{truncate}
END IF;
RETURN NULL;
END"""
_INTO = """INSERT INTO audit_rowchange (at, transaction, table_name, record_id, operation, actor_id, surface, address,
    action, session_name, region_path, before, after)
SELECT statement_timestamp(), pg_current_xact_id()::text::bigint, '{table}', {record}, {operation},
    (told->>'by')::bigint, coalesce(told->>'surface', ''), (told->>'address')::inet, coalesce(told->>'action', ''),
    session_user, {path}, {before}, {after}
{rows};"""


def body_of(table: Tracked) -> str:
    """Return the body of the function."""
    return _FRAME.format(
        setting=SETTING,
        insert=_whole(table, "insert"),
        update=_update(table),
        delete=_whole(table, "delete"),
        truncate=_into(table, record="''", operation="'truncate'", path="''"),
    )


def _into(
    table: Tracked, *, record: str, operation: str, path: str, before: str = "'{}'", after: str = "'{}'", rows: str = ""
) -> str:
    return _INTO.format(
        table=table.table, record=record, operation=operation, path=path, before=before, after=after, rows=rows
    )


def _whole(table: Tracked, event: str) -> str:
    """Return what writes whole rows, as they came or as they went."""
    rows, side = ("new_rows", "after") if event == "insert" else ("old_rows", "before")
    return _into(
        table,
        record=f'r."{table.key}"::text',
        operation=f"'{event}'",
        path=_path(table, "r.{}"),
        rows=f"FROM {rows} AS r {_joins(table, 'r.{}')}",
        **{side: _values(table, "r")},
    )


def _update(table: Tracked) -> str:
    """Return what writes the columns that differ; a row whose key was changed has gone, and another has come."""
    told = {side: _chosen(table, side) for side in ("o", "n")}
    compared = " OR ".join(f'o."{name}" IS DISTINCT FROM n."{name}"' for name in table.columns) or "false"
    gone, come = (f'{side}."{table.key}" IS NULL' for side in ("n", "o"))
    column = f"CASE WHEN {gone} THEN o.{{0}} ELSE n.{{0}} END"
    return _into(
        table,
        record=f'coalesce(n."{table.key}", o."{table.key}")::text',
        operation=f"CASE WHEN {gone} THEN 'delete' WHEN {come} THEN 'insert' ELSE 'update' END",
        path=_path(table, column),
        before=f"CASE WHEN {gone} THEN {_values(table, 'o')} ELSE coalesce(d.before, '{{}}') END",
        after=f"CASE WHEN {come} THEN {_values(table, 'n')} ELSE coalesce(d.after, '{{}}') END",
        rows=f"""FROM old_rows AS o FULL JOIN new_rows AS n ON o."{table.key}" = n."{table.key}"
    {_joins(table, column)}
    LEFT JOIN LATERAL (
        SELECT jsonb_object_agg(was.key, {told["o"]}) AS before, jsonb_object_agg(was.key, {told["n"]}) AS after
        FROM jsonb_each(to_jsonb(o) - {_array(table.silent)}) AS was JOIN jsonb_each(to_jsonb(n)) AS now USING (key)
        WHERE was.value IS DISTINCT FROM now.value
    ) AS d ON true
WHERE {gone} OR {come} OR {compared}""",  # noqa: S608  names of the models
    )


def _values(table: Tracked, row: str) -> str:
    """Return the values of a whole row, without those that show nothing or must not be shown."""
    left_out = (*table.silent, *(name for pair in table.hidden for name in pair if name))
    values = f"to_jsonb({row}) - {_array(left_out)}"
    if table.hidden:
        said = ", ".join(f"'{column}', {_told(column, index, row)}" for column, index in table.hidden)
        values = f"({values}) || jsonb_build_object({said})"
    return f"({values})" if table.holds_json else f"jsonb_strip_nulls({values})"


def _chosen(table: Tracked, row: str) -> str:
    """Return the value of a column that differs: as it is, or what may be told of it."""
    value = {"o": "was.value", "n": "now.value"}[row]
    if not table.hidden:
        return value
    told = dict(table.hidden) | {index: index for _column, index in table.hidden if index}
    cases = " ".join(f"WHEN '{column}' THEN {_told(column, index, row)}" for column, index in told.items())
    return f"CASE was.key {cases} ELSE {value} END"


def _told(column: str, index: str, row: str) -> str:
    """Return that there is a value, with a piece of its keyed checksum where it has one."""
    piece = f"""coalesce(' #' || left(encode({row}."{index}", 'hex'), {_PIECE}), '')""" if index else "''"
    return f"""CASE WHEN {row}."{column}" IS NOT NULL THEN to_jsonb('{_HIDDEN}' || {piece}) END"""


def _array(names: tuple[str, ...]) -> str:
    return "'{" + ",".join(f'"{name}"' for name in names) + "}'::text[]"


def _path(table: Tracked, column: str) -> str:
    """Return the path of the place where the record is homed, as the joins find it; a place has its own."""
    if not table.path:
        return "''"
    own = f'"{table.path}"'
    return f"coalesce(h{len(table.home)}.{own}, '')" if table.home else column.format(own)


def _joins(table: Tracked, column: str) -> str:
    """Return the way from the row to that place; `column` says how a column of the row is called."""
    parts = []
    for number, step in enumerate(table.home, 1):
        own = column.format(f'"{step.column}"') if number == 1 else f'h{number - 1}."{step.column}"'
        parts.append(f'LEFT JOIN "{step.table}" AS h{number} ON h{number}."{step.key}" = {own}')
    return " ".join(parts)
