"""The triggers that keep `PersonPlace` in line with the tables of the roles, whoever writes them: a form, an import, COPY.

They speak once a statement, so that a COPY of a city costs one INSERT. Two that touch the same person at once wait for
each other: neither could otherwise know whether the other has left her a reason to be seen here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections, transaction
from django.db.backends.utils import truncate_name
from django.utils.translation import gettext

from governance.kit.personroles import PersonRole, roles

PLACES = "people_personplace"
_PREFIX = "people_places_"
_LOCKS = 7306  # the class of our advisory locks
_FEW = 200  # persons of a statement that are locked one by one; of more the whole table is
_ROWS = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
    "truncate": "",
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger and the function of its own that it calls."""

    table: str
    event: str
    body: str

    @property
    def name(self) -> str:
        """The name of both."""
        return truncate_name(f"{_PREFIX}{self.table}_{self.event}", 63)


def wanted(using: str = "default") -> list[Trigger]:
    """Return the triggers of all roles whose tables are there."""
    there = set(connections[using].introspection.table_names())
    by_table: dict[str, list[PersonRole]] = defaultdict(list)
    for role in roles():
        table = role.model._meta.db_table
        if {table, PLACES} <= there:
            by_table[table].append(role)
    return [
        Trigger(table, event, "\n".join(_body(role, event) for role in kept))
        for table, kept in by_table.items()
        for event in _ROWS
    ]


def install(using: str = "default", **options: Any) -> list[str]:
    """Make the triggers what they should be, and the places of tables that had none; return what was amiss."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        right, present = {each.name: each for each in wanted(using)}, _installed(cursor)
        wrong = {name for name, each in right.items() if present.get(name) != (each.table, each.body)}
        _drop(cursor, sorted((present.keys() - right.keys()) | (wrong & present.keys())))
        for name in sorted(wrong):
            cursor.execute(_sql(right[name]))
        for role in roles():
            if any(right[name].table == role.model._meta.db_table for name in wrong):
                rebuild(cursor, role)
    return sorted(wrong | (present.keys() - right.keys()))


def set_aside(using: str = "default", plan: Sequence[tuple[Any, bool]] = (), **options: Any) -> None:
    """Remove the triggers before a migration of an app whose tables they read; `install` brings them back after it."""
    owners = {role.model._meta.app_label for role in roles()} | {"people"}
    if owners & {migration.app_label for migration, _backwards in plan}:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            _drop(cursor, sorted(_installed(cursor)))


def rebuild(cursor: Any, role: PersonRole) -> None:
    """Put the places of a role in line with its table; after a load for which the triggers were off."""
    table = role.model._meta.db_table
    pairs = f'SELECT "{role.column(role.person)}", "{role.column(role.region)}" FROM "{table}"'  # noqa: S608
    cursor.execute(f"LOCK TABLE {PLACES} IN SHARE ROW EXCLUSIVE MODE")
    cursor.execute(
        f"DELETE FROM {PLACES} WHERE role = %s AND (person_id, region_id) NOT IN"  # noqa: S608  names of the models
        f' ({pairs} WHERE "{role.column(role.person)}" IS NOT NULL AND "{role.column(role.region)}" IS NOT NULL)',
        [role.slug],
    )
    cursor.execute(_added(role, pairs))


def check(databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    """Say which triggers are missing or old: persons would be seen by the wrong people."""
    found: list[CheckMessage] = []
    for using in databases or ():
        with connections[using].cursor() as cursor:
            present = _installed(cursor)
        right = {each.name: (each.table, each.body) for each in wanted(using)}
        amiss = sorted(name for name in present.keys() | right.keys() if present.get(name) != right.get(name))
        if amiss:
            said = gettext("下列触发器缺失、过时或多余，人员的可见范围会不准：%(names)s") % {"names": "、".join(amiss)}
            found.append(Warning(said, hint=gettext("运行 manage.py migrate，触发器会补齐。"), id="people.W001"))
    return found


def _body(role: PersonRole, event: str) -> str:
    """Return what a statement of this kind does to the places of a role."""
    if event == "truncate":
        return f"DELETE FROM {PLACES} WHERE role = '{role.slug}';"  # noqa: S608  names of the models
    new, old = (_pairs(role, rows) for rows in ("new_rows", "old_rows"))
    if event == "insert":
        return f"{_locked(new, 'pg_advisory_xact_lock_shared')}\n{_added(role, new)};"
    if event == "delete":
        return f"{_locked(old, 'pg_advisory_xact_lock')}\n{_removed(role, old)}"
    both = f"({new} EXCEPT {old}) UNION ALL ({old} EXCEPT {new})"
    return (
        f"IF EXISTS ({both}) THEN\n{_locked(both, 'pg_advisory_xact_lock')}\n"
        f"{_added(role, f'{new} EXCEPT {old}')};\n{_removed(role, f'{old} EXCEPT {new}')}\nEND IF;"
    )


def _pairs(role: PersonRole, rows: str) -> str:
    person, region = role.column(role.person), role.column(role.region)
    return f'SELECT "{person}" AS person, "{region}" AS region FROM {rows}'  # noqa: S608


def _locked(pairs: str, lock: str) -> str:
    persons = f"SELECT DISTINCT person FROM ({pairs}) AS touched WHERE person IS NOT NULL"  # noqa: S608
    return (
        f"IF EXISTS ({persons} OFFSET {_FEW}) THEN\nLOCK TABLE {PLACES} IN SHARE ROW EXCLUSIVE MODE;\n"
        f"ELSE\nLOCK TABLE {PLACES} IN ROW EXCLUSIVE MODE;\n"
        f"PERFORM {lock}({_LOCKS}, (person % 2147483647)::integer) FROM ({persons} ORDER BY person) AS held;\nEND IF;"
    )


def _added(role: PersonRole, pairs: str) -> str:
    return (
        f"INSERT INTO {PLACES} (person_id, region_id, role)"  # noqa: S608
        f" SELECT DISTINCT person, region, '{role.slug}' FROM ({pairs}) AS come (person, region)"
        " WHERE person IS NOT NULL AND region IS NOT NULL ORDER BY person, region ON CONFLICT DO NOTHING"
    )


def _removed(role: PersonRole, pairs: str) -> str:
    table, person, region = role.model._meta.db_table, role.column(role.person), role.column(role.region)
    return (
        f"DELETE FROM {PLACES} AS place USING (SELECT DISTINCT person, region FROM ({pairs}) AS touched) AS gone"  # noqa: S608
        f" WHERE place.person_id = gone.person AND place.region_id = gone.region AND place.role = '{role.slug}'"
        f' AND NOT EXISTS (SELECT FROM "{table}" AS still'
        f' WHERE still."{person}" = gone.person AND still."{region}" = gone.region);'
    )


def _sql(trigger: Trigger) -> str:
    return f"""
CREATE OR REPLACE FUNCTION "{trigger.name}"() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
{trigger.body}
RETURN NULL;
END
$function$;
CREATE TRIGGER "{trigger.name}" AFTER {trigger.event.upper()} ON "{trigger.table}" {_ROWS[trigger.event]}
    FOR EACH STATEMENT EXECUTE FUNCTION "{trigger.name}"();
"""


def _drop(cursor: Any, names: Sequence[str]) -> None:
    for name in names:
        cursor.execute(f'DROP FUNCTION IF EXISTS "{name}"() CASCADE')  # and the trigger that calls it


def _installed(cursor: Any) -> dict[str, tuple[str, str]]:
    """Return table and body of each trigger that is there and on."""
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
