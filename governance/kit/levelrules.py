"""A rule of the database: rows of a table belong to places of certain levels."""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

_RULE = """
CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT level FROM regions_region WHERE id = NEW."{column}") = ANY ('{{{levels}}}') THEN
        RAISE EXCEPTION 'a row of % belongs to a place of level {levels}', TG_TABLE_NAME
            USING ERRCODE = '23514', CONSTRAINT = '{name}';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER "{name}" BEFORE INSERT OR UPDATE OF "{column}" ON "{table}"
    FOR EACH ROW EXECUTE FUNCTION "{name}"();
"""
_UNDO = 'DROP TRIGGER "{name}" ON "{table}"; DROP FUNCTION "{name}"();'


def level_rule(name: str, table: str, column: str, *levels: str) -> RunSQL:
    """Return the operation of a migration that refuses rows of `table` whose place in `column` has another level.

    `name` is that of the broken rule, as if it were a constraint of the table (`estate_in_community`).
    """
    words = {"name": name, "table": table, "column": column, "levels": ",".join(levels)}
    return RunSQL(_RULE.format(**words), _UNDO.format(**words))
