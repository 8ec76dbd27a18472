"""What the database keeps of volunteers beside their constraints, and how their large tables are vacuumed.

Triggers speak once a statement, of all its rows together, so that a COPY of a city costs one look at each rule. What
they ask is planned anew each time (EXECUTE): a plan made for a few rows would be slow for a million.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from governance.kit.levelrules import level_rule

_IN_COMMUNITY = """
CREATE FUNCTION "{rule}"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT community_id FROM new_rows) AS given
        JOIN regions_region AS place ON place.id = given.community_id WHERE place.level <> 'community'
    ) THEN
        RAISE EXCEPTION 'a row of % belongs to a community', TG_TABLE_NAME
            USING ERRCODE = '23514', CONSTRAINT = '{rule}';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER "{rule}_added" AFTER INSERT ON "{table}"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "{rule}"();
CREATE TRIGGER "{rule}_changed" AFTER UPDATE ON "{table}"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "{rule}"();
"""
_NOT_IN_COMMUNITY = """
DROP TRIGGER "{rule}_added" ON "{table}";
DROP TRIGGER "{rule}_changed" ON "{table}";
DROP FUNCTION "{rule}"();
"""


def _in_community(rule: str, table: str) -> RunSQL:
    """Return the same rule as `level_rule`, for large tables."""
    words = {"rule": rule, "table": table}
    return RunSQL(_IN_COMMUNITY.format(**words), _NOT_IN_COMMUNITY.format(**words))


# Two open registrations of a person are refused by the unique index of the same name. Here an ended one is held against
# all of hers, and an open one against the ended. Of two sessions that cannot see each other's rows yet, one waits for
# the other: who writes an ended row, or changes one, locks the person; who adds any row has the foreign key ask for the
# person at the end of the statement, before these triggers look. Of many rows none is
# looked up by itself, whatever the statistics say: during a first load they say that the table is empty.
_CHANGED = """(
    SELECT now.* FROM new_rows AS now LEFT JOIN old_rows AS was USING (id)
    WHERE (was.person_id, was.since, was.until) IS DISTINCT FROM (now.person_id, now.since, now.until)
)"""
_REFUSE_OVERLAP = """
CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    overlapping boolean;
    ended boolean;
    loops text := current_setting('enable_nestloop');
BEGIN
    SELECT coalesce(bool_or({locks}), false) INTO ended FROM {rows} AS given;
    IF EXISTS (SELECT FROM {rows} AS given OFFSET 100) THEN
        PERFORM set_config('enable_nestloop', 'off', true);
    END IF;
    IF ended THEN
        EXECUTE $ask$
            SELECT count(*) FROM (
                SELECT id FROM people_person WHERE id IN (SELECT person_id FROM {rows} AS given WHERE {locks})
                ORDER BY id FOR UPDATE
            ) AS locked
        $ask$;
        EXECUTE $ask$
            SELECT count(*) > 0 FROM {rows} AS given JOIN volunteers_volunteer AS other
                ON other.person_id = given.person_id AND other.id <> given.id
            WHERE given.until IS NOT NULL AND other.since < given.until
                AND (other.until IS NULL OR other.until > given.since)
        $ask$ INTO overlapping;
    END IF;
    IF overlapping IS NOT TRUE THEN
        EXECUTE $ask$
            SELECT count(*) > 0 FROM {rows} AS given JOIN volunteers_volunteer AS other
                ON other.person_id = given.person_id AND other.id <> given.id
            WHERE given.until IS NULL AND other.until IS NOT NULL AND other.until > given.since
        $ask$ INTO overlapping;
    END IF;
    PERFORM set_config('enable_nestloop', loops, true);
    IF overlapping THEN
        RAISE EXCEPTION 'a person is registered as a volunteer once at a time'
            USING ERRCODE = '23P01', CONSTRAINT = 'volunteer_once';
    END IF;
    RETURN NULL;
END $$;
"""
_ONCE = f"""
{_REFUSE_OVERLAP.format(name="volunteer_once_added", rows="new_rows", locks="given.until IS NOT NULL")}
{_REFUSE_OVERLAP.format(name="volunteer_once_changed", rows=_CHANGED, locks="true")}
CREATE TRIGGER volunteer_once_added AFTER INSERT ON volunteers_volunteer
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION volunteer_once_added();
CREATE TRIGGER volunteer_once_changed AFTER UPDATE ON volunteers_volunteer
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION volunteer_once_changed();
"""
_NOT_ONCE = """
DROP TRIGGER volunteer_once_added ON volunteers_volunteer;
DROP TRIGGER volunteer_once_changed ON volunteers_volunteer;
DROP FUNCTION volunteer_once_added();
DROP FUNCTION volunteer_once_changed();
"""
_PERSON_ASKED_FOR = """
DO $$
DECLARE
    key name;
BEGIN
    SELECT conname INTO STRICT key FROM pg_constraint
    WHERE contype = 'f' AND conrelid = 'volunteers_volunteer'::regclass AND confrelid = 'people_person'::regclass;
    EXECUTE format('ALTER TABLE volunteers_volunteer ALTER CONSTRAINT %I DEFERRABLE INITIALLY {when}', key);
END $$;
"""

# The day of the first confirmed record of each community. Who adds records lowers it, or holds it where it is early
# enough already; who changes or removes records looks for it anew, after those who hold it.
_COUNTED = "confirmed_on IS NOT NULL AND NOT voided"
_FIRST_ADDED = f"""
    SELECT community_id, min(service_date) AS day FROM new_rows WHERE {_COUNTED} GROUP BY community_id
"""
_STARTS = f"""
CREATE FUNCTION volunteers_start_lowered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM volunteers_recordstart AS start JOIN ({_FIRST_ADDED}) AS added USING (community_id)
    WHERE start.since <= added.day ORDER BY start.community_id FOR SHARE OF start;
    INSERT INTO volunteers_recordstart AS start (community_id, since, changed_at)
    SELECT community_id, day, now() FROM ({_FIRST_ADDED}) AS added
    WHERE NOT EXISTS (
        SELECT FROM volunteers_recordstart AS kept
        WHERE kept.community_id = added.community_id AND kept.since <= added.day
    )
    ORDER BY community_id
    ON CONFLICT (community_id) DO UPDATE SET since = excluded.since, changed_at = excluded.changed_at
        WHERE start.since > excluded.since;
    RETURN NULL;
END $$;
CREATE FUNCTION volunteers_find_starts(touched bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    held bigint[];
BEGIN
    SELECT coalesce(array_agg(community_id), '{{}}') INTO held FROM (
        SELECT community_id FROM volunteers_recordstart WHERE community_id = ANY (touched)
        ORDER BY community_id FOR UPDATE
    ) AS locked;
    DELETE FROM volunteers_recordstart AS start WHERE community_id = ANY (held) AND NOT EXISTS (
        SELECT FROM volunteers_servicerecord AS record WHERE record.community_id = start.community_id AND {_COUNTED}
    );
    INSERT INTO volunteers_recordstart AS start (community_id, since, changed_at)
    SELECT place.id, first.day, now() FROM unnest(touched) AS place (id) CROSS JOIN LATERAL (
        SELECT min(service_date) AS day FROM volunteers_servicerecord AS record
        WHERE record.community_id = place.id AND {_COUNTED}
    ) AS first
    WHERE first.day IS NOT NULL ORDER BY place.id
    ON CONFLICT (community_id) DO UPDATE SET since = excluded.since, changed_at = excluded.changed_at
        WHERE start.since > excluded.since OR (start.since < excluded.since AND start.community_id = ANY (held));
END $$;
CREATE FUNCTION volunteers_start_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM volunteers_find_starts(array_agg(community_id ORDER BY community_id)) FROM (
        SELECT unnest(ARRAY[was.community_id, now.community_id]) AS community_id
        FROM old_rows AS was FULL JOIN new_rows AS now USING (id)
        WHERE (was.community_id, was.service_date, was.confirmed_on IS NOT NULL AND NOT was.voided)
            IS DISTINCT FROM (now.community_id, now.service_date, now.confirmed_on IS NOT NULL AND NOT now.voided)
        GROUP BY 1
    ) AS touched WHERE community_id IS NOT NULL HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE FUNCTION volunteers_start_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM volunteers_find_starts(array_agg(community_id ORDER BY community_id)) FROM (
        SELECT DISTINCT community_id FROM old_rows WHERE {_COUNTED}
    ) AS touched HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE FUNCTION volunteers_start_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM volunteers_recordstart;
    RETURN NULL;
END $$;
CREATE TRIGGER volunteers_start_lowered AFTER INSERT ON volunteers_servicerecord
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION volunteers_start_lowered();
CREATE TRIGGER volunteers_start_changed AFTER UPDATE ON volunteers_servicerecord
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION volunteers_start_changed();
CREATE TRIGGER volunteers_start_removed AFTER DELETE ON volunteers_servicerecord
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION volunteers_start_removed();
CREATE TRIGGER volunteers_start_emptied AFTER TRUNCATE ON volunteers_servicerecord
    FOR EACH STATEMENT EXECUTE FUNCTION volunteers_start_emptied();
"""
_NO_STARTS = """
DROP TRIGGER volunteers_start_lowered ON volunteers_servicerecord;
DROP TRIGGER volunteers_start_changed ON volunteers_servicerecord;
DROP TRIGGER volunteers_start_removed ON volunteers_servicerecord;
DROP TRIGGER volunteers_start_emptied ON volunteers_servicerecord;
DROP FUNCTION volunteers_start_lowered();
DROP FUNCTION volunteers_start_changed();
DROP FUNCTION volunteers_start_removed();
DROP FUNCTION volunteers_start_emptied();
DROP FUNCTION volunteers_find_starts(bigint[]);
"""

# The engine reads indexes alone where the pages of a table are known to be visible to all. By default a fifth of
# millions of rows may be new before anybody looks; here it is a hundredth.
_LARGE = ("volunteers_volunteer", "volunteers_servicerecord", "volunteers_pointsissue")
_VACUUM = (
    "autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_vacuum_insert_threshold = 10000, "
    "autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 10000, "
    "autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 10000"
)
_SETTINGS = ", ".join(setting.split(" =")[0] for setting in _VACUUM.split(", "))


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0001_initial")]

    operations = [
        _in_community("volunteer_in_community", "volunteers_volunteer"),
        _in_community("service_record_in_community", "volunteers_servicerecord"),
        _in_community("points_issue_in_community", "volunteers_pointsissue"),
        level_rule("activity_in_community", "volunteers_activity", "community_id", "community"),
        level_rule("party_report_in_community", "volunteers_partyreport", "community_id", "community"),
        RunSQL(_ONCE, _NOT_ONCE),
        RunSQL(
            _PERSON_ASKED_FOR.format(when="IMMEDIATE"),
            _PERSON_ASKED_FOR.format(when="DEFERRED"),
        ),
        RunSQL(_STARTS, _NO_STARTS),
        *(RunSQL(f"ALTER TABLE {table} SET ({_VACUUM})", f"ALTER TABLE {table} RESET ({_SETTINGS})") for table in _LARGE),
    ]
