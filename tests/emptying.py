"""What a test that committed leaves behind is put back as it was when the database was made.

Django empties every table and has all applications fill them once more, seconds for each test of a database with
hundreds of tables. Here only what is there is taken out, and what every database begins with is put in again from a
copy. Triggers do not run meanwhile: the audit trail refuses to be emptied by anybody.
"""

from __future__ import annotations

from django.db import connection
from django.db.backends.utils import CursorWrapper

COPIES = "beginning"  # the schema of the copies

_TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
    AND relname <> 'django_migrations'
ORDER BY relname
"""
_COLUMNS = """
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""


def remember_beginning() -> None:
    """Copy what is in the database that was just made."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {COPIES} CASCADE")
        cursor.execute(f"CREATE SCHEMA {COPIES}")
        for table in _filled(cursor, _tables(cursor)):
            cursor.execute(f'CREATE TABLE {COPIES}."{table}" AS TABLE public."{table}"')


def put_back_beginning() -> None:
    """Take out what was committed since, whatever refers to it, and put in again what was there."""
    with connection.cursor() as cursor:
        tables = _tables(cursor)
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [COPIES])
        copied = {name for (name,) in cursor.fetchall()}
        filled = _filled(cursor, tables)
        cursor.execute("SET session_replication_role = replica")
        try:
            for table in filled:
                cursor.execute(f'DELETE FROM public."{table}"')
            for table in copied:
                cursor.execute(_COLUMNS, [f'public."{table}"'])
                columns = cursor.fetchone()[0]
                cursor.execute(
                    f'INSERT INTO public."{table}" ({columns}) OVERRIDING SYSTEM VALUE '
                    f'SELECT {columns} FROM {COPIES}."{table}"'
                )
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


def _tables(cursor: CursorWrapper) -> list[str]:
    cursor.execute(_TABLES)
    return [name for (name,) in cursor.fetchall()]


def _filled(cursor: CursorWrapper, tables: list[str]) -> list[str]:
    """Return the tables that hold anything."""
    parts = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM public.\"{table}\")" for table in tables)
    cursor.execute(" UNION ALL ".join(parts))
    return [name for (name,) in cursor.fetchall()]
