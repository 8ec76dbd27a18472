"""The triggers that mark what has changed, whoever writes: generated from what the numbers read.

They speak once a statement, of all its rows together, so that a COPY of a city costs one INSERT of marks. Marks are
added and nothing else is touched, so no writer waits for another. What is written while the triggers are off
(`session_replication_role`, `DISABLE TRIGGER`) must end in a rebuild.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Warning
from django.db import connections, transaction
from django.db.backends.utils import truncate_name
from django.utils.translation import gettext

from governance.attainment.sources.joins import Unreached
from governance.attainment.sources.parts import NEW_ROWS, OLD_ROWS, Part, parts
from governance.attainment.sources.reading import DELETE, INSERT, UPDATE, readings

MARKS = "attainment_dirtymark"
TRUNCATE = "truncate"
_PREFIX = "attainment_marks_"
_FEW = 100  # rows of a statement for which one plan will do
_LONGEST = 63  # characters of a name in PostgreSQL
_ROWS = {
    INSERT: f"REFERENCING NEW TABLE AS {NEW_ROWS}",
    UPDATE: f"REFERENCING OLD TABLE AS {OLD_ROWS} NEW TABLE AS {NEW_ROWS}",
    DELETE: f"REFERENCING OLD TABLE AS {OLD_ROWS}",
    TRUNCATE: "",
}
EVERYTHING = f"INSERT INTO {MARKS} DEFAULT VALUES"
_INSERT = f"""INSERT INTO {MARKS} (region_id, below, month)
SELECT home, below, CASE WHEN isfinite(min(day))
    THEN (extract(year FROM min(day)) * 12 + extract(month FROM min(day)) - 1)::integer END
FROM (
    {{parts}}
) AS touched (home, below, day) GROUP BY home, below"""  # noqa: S608  names of the models


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger and the function of its own that it calls."""

    table: str
    event: str
    body: str

    @property
    def name(self) -> str:
        """The name of both."""
        return truncate_name(f"{_PREFIX}{self.table}_{self.event}", _LONGEST)


def wanted(using: str = "default") -> list[Trigger]:
    """Return the triggers of all readings whose tables and columns are there; none without the table of marks."""
    there = _columns(using)
    if not any(table == MARKS for table, _name in there):
        return []
    found: dict[tuple[str, str], list[Part]] = defaultdict(list)
    for reading in readings():
        for part in parts(reading, using):
            if part.needs <= there:
                found[part.table, part.event].append(part)
    triggers = [Trigger(table, event, _body(told)) for (table, event), told in found.items()]
    emptied = [Trigger(table, TRUNCATE, f"{EVERYTHING};") for table in dict.fromkeys(table for table, _event in found)]
    return triggers + emptied


def amiss(using: str = "default") -> list[str]:
    """Return the names of triggers that are missing, old, switched off, or wanted no longer."""
    right, present = {trigger.name: trigger for trigger in wanted(using)}, _installed(using)
    wrong = {name for name, trigger in right.items() if present.get(name) != (trigger.table, trigger.body)}
    return sorted(wrong | (present.keys() - right.keys()))


def install(using: str = "default", **options: Any) -> list[str]:
    """Make the triggers what they should be and return the names of those that were not; safe to call at any time.

    Rows may have changed unseen before, so whatever is installed marks everything.
    """
    if connections[using].vendor != "postgresql":
        return []
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        wrong = amiss(using)
        _drop(cursor, [name for name in wrong if name in _installed(using)])
        made = [trigger for trigger in wanted(using) if trigger.name in wrong]
        for trigger in made:
            cursor.execute(_sql(trigger, _schema(using)))
        if made:
            cursor.execute(EVERYTHING)
    return wrong


def set_aside(using: str = "default", plan: Sequence[tuple[Any, bool]] = (), **options: Any) -> None:
    """Remove the triggers before a migration changes tables that they read; `install` brings them back after it.

    A function that names a column which is gone would refuse every write of the migrations that follow.
    """
    if not plan or connections[using].vendor != "postgresql":
        return
    tables = _read(using) | {table for table, _body in _installed(using).values()}
    owners = {model._meta.app_label for model in apps.get_models() if model._meta.db_table in tables | {MARKS}}
    if owners & {migration.app_label for migration, _backwards in plan}:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            _drop(cursor, sorted(_installed(using)))


def check(databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    """Say what goes unnoticed and how to mend it; missing triggers are a warning, for `migrate` asks before it mends."""
    found: list[CheckMessage] = []
    for using in databases or ():
        if connections[using].vendor != "postgresql":
            continue
        try:
            views, names = _views(using), amiss(using)
        except Unreached as unreached:
            found.append(Error(str(unreached), id="attainment.E001"))
            continue
        if names:
            said = gettext("下列触发器缺失、过时或多余，数据变更不会被发现：%(names)s") % {"names": "、".join(names)}
            hint = gettext("运行 manage.py migrate，触发器会补齐，全部数值随后重新计算。")
            found.append(Warning(said, hint=hint, id="attainment.W001"))
        if views:
            said = gettext("台账读取了视图，其数据变更不会被发现：%(names)s") % {"names": "、".join(views)}
            hint = gettext("让台账直接读取表，经外键找到所在地区。")
            found.append(Warning(said, hint=hint, id="attainment.W002"))
    return found


def _body(told: list[Part]) -> str:
    insert = _INSERT.format(parts="\n    UNION ALL\n    ".join(dict.fromkeys(part.select for part in told)))
    if all(part.plain for part in told):
        return f"{insert};"
    # a plan kept from a few rows would be slow for a million, so that many are planned for themselves
    rows = OLD_ROWS if told[0].event == DELETE else NEW_ROWS
    large = f"EXISTS (SELECT FROM {rows} OFFSET {_FEW})"
    return f"IF {large} THEN\nEXECUTE $marks$\n{insert}\n$marks$;\nELSE\n{insert};\nEND IF;"


def _sql(trigger: Trigger, schema: str) -> str:
    name = f'"{trigger.name}"'
    return f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = {schema}, pg_temp AS $function$
{_framed(trigger.body)}
$function$;
CREATE TRIGGER {name} AFTER {trigger.event.upper()} ON "{trigger.table}" {_ROWS[trigger.event]}
    FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


def _framed(body: str) -> str:
    return f"BEGIN\n{body}\nRETURN NULL;\nEND"


def _drop(cursor: Any, names: list[str]) -> None:
    for name in names:
        cursor.execute(f'DROP FUNCTION IF EXISTS "{name}"() CASCADE')  # and the trigger that calls it


def _schema(using: str) -> str:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = %s::regclass", [MARKS])
        return str(cursor.fetchone()[0])


def _read(using: str) -> set[str]:
    return {table for reading in readings() for part in parts(reading, using) for table, _name in part.needs}


def _views(using: str) -> list[str]:
    """Return what readings read that can have no such triggers."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relkind IN ('v', 'm', 'f')"
            " AND pg_table_is_visible(oid) ORDER BY relname",
            [list(_read(using))],
        )
        return [name for (name,) in cursor.fetchall()]


def _columns(using: str) -> set[tuple[str, str]]:
    """Return every column of every table that statements can find without naming its schema."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
            " WHERE relkind IN ('r', 'p') AND pg_table_is_visible(pg_class.oid) AND attnum > 0 AND NOT attisdropped"
        )
        return set(cursor.fetchall())


def _installed(using: str) -> dict[str, tuple[str, str]]:
    """Return the table and the body of each trigger that is there and on; of the others nothing is right."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT proname, CASE WHEN tgenabled IN ('O', 'A') THEN relname ELSE '' END, prosrc"
            " FROM pg_proc LEFT JOIN pg_trigger ON tgfoid = pg_proc.oid LEFT JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE proname LIKE %s AND pg_function_is_visible(pg_proc.oid)",
            [_PREFIX.replace("_", r"\_") + "%"],
        )
        return {
            name: (table or "", source.strip().removeprefix("BEGIN\n").removesuffix("\nRETURN NULL;\nEND"))
            for name, table, source in cursor.fetchall()
        }
