"""What the database keeps: homes that are communities, lists that are kept up, evaluated projects, regions of contracts.

Every trigger speaks whoever writes: a person, an import, a COPY.
"""

from django.db import migrations

from governance.kit.levelrules import level_rule

# The rule, and the table whose rows are homed at a community.
COMMUNITIES = (
    ("need_in_community", "projects_need"),
    ("resource_in_community", "projects_resource"),
    ("list_upkeep_in_community", "projects_listupkeep"),
    ("needs_survey_in_community", "projects_needssurvey"),
    ("project_session_in_community", "projects_projectsession"),
    ("service_case_in_community", "projects_servicecase"),
)

LANDING = """
CREATE FUNCTION projects_project_community_inside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.community_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM regions_region landed JOIN regions_region home ON starts_with(landed.path, home.path)
        WHERE landed.id = NEW.community_id AND landed.level = 'community' AND home.id = NEW.region_id
    ) THEN
        RAISE EXCEPTION 'a project lands in a community of its region'
            USING ERRCODE = '23514', CONSTRAINT = 'project_community_inside';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER project_community_inside BEFORE INSERT OR UPDATE OF region_id, community_id ON projects_project
    FOR EACH ROW EXECUTE FUNCTION projects_project_community_inside();
"""
LANDING_UNDONE = """
DROP TRIGGER project_community_inside ON projects_project;
DROP FUNCTION projects_project_community_inside();
"""

# The table, the part of the lists that its rows are, and the days on which a row was listed or changed.
LISTS = (
    ("projects_need", "needs", "(listed_on), (refreshed_on), (closed_on)"),
    ("projects_resource", "resources", "(listed_on), (refreshed_on), (closed_on)"),
    ("projects_project", "projects", "(listed_on), (refreshed_on)"),
)


def kept_up(table, part, days):
    """Return the triggers that make a list's spans long enough, and what undoes them.

    Most writes tell nothing new and end at the first question. For the others the communities are locked in the order of
    their keys, so that of two writers the second sees what the first has written, and neither waits for the other.
    """
    made = f"""
CREATE FUNCTION projects_keep_list_of_{part}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    communities bigint[];
    starts date[];
    ends date[];
BEGIN
    SELECT array_agg(DISTINCT community_id) INTO communities
    FROM new_rows CROSS JOIN LATERAL (VALUES {days}) AS told (day)
    WHERE listed_on IS NOT NULL AND day IS NOT NULL AND NOT EXISTS (
        SELECT FROM projects_listupkeep kept
        WHERE kept.community_id = new_rows.community_id AND kept.part = '{part}'
        AND kept.since <= day AND kept.until >= (day + interval '1 year')::date
    );
    IF communities IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM FROM regions_region WHERE id = ANY (communities) ORDER BY id FOR NO KEY UPDATE;
    SELECT array_agg(community_id), array_agg(lower(span)), array_agg(upper(span)) INTO communities, starts, ends
    FROM (
        SELECT community_id, unnest(range_agg(span)) AS span
        FROM (
            SELECT community_id, daterange(day, (day + interval '1 year')::date) AS span
            FROM new_rows CROSS JOIN LATERAL (VALUES {days}) AS told (day)
            WHERE listed_on IS NOT NULL AND day IS NOT NULL AND community_id = ANY (communities)
            UNION ALL
            SELECT community_id, daterange(since, until)
            FROM projects_listupkeep WHERE part = '{part}' AND community_id = ANY (communities)
        ) AS told
        GROUP BY community_id
    ) AS wanted;
    -- of the spans that have grown together the first is made longer, and the others go
    DELETE FROM projects_listupkeep kept
    USING unnest(communities, starts, ends) AS wanted (community, since, until)
    WHERE kept.part = '{part}' AND kept.community_id = wanted.community
    AND kept.since >= wanted.since AND kept.until <= wanted.until
    AND EXISTS (
        SELECT FROM projects_listupkeep earlier
        WHERE earlier.part = '{part}' AND earlier.community_id = wanted.community
        AND earlier.since >= wanted.since AND earlier.since < kept.since
    );
    UPDATE projects_listupkeep kept SET since = wanted.since, until = wanted.until, changed_at = now()
    FROM unnest(communities, starts, ends) AS wanted (community, since, until)
    WHERE kept.part = '{part}' AND kept.community_id = wanted.community
    AND kept.since >= wanted.since AND kept.until <= wanted.until
    AND (kept.since, kept.until) <> (wanted.since, wanted.until);
    INSERT INTO projects_listupkeep (community_id, part, since, until, changed_at)
    SELECT wanted.community, '{part}', wanted.since, wanted.until, now()
    FROM unnest(communities, starts, ends) AS wanted (community, since, until)
    WHERE NOT EXISTS (
        SELECT FROM projects_listupkeep kept
        WHERE kept.part = '{part}' AND kept.community_id = wanted.community
        AND kept.since >= wanted.since AND kept.until <= wanted.until
    );
    RETURN NULL;
END $$;
CREATE TRIGGER keep_list_of_{part}_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION projects_keep_list_of_{part}();
CREATE TRIGGER keep_list_of_{part}_update AFTER UPDATE ON {table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION projects_keep_list_of_{part}();
"""
    undone = f"""
DROP TRIGGER keep_list_of_{part}_insert ON {table};
DROP TRIGGER keep_list_of_{part}_update ON {table};
DROP FUNCTION projects_keep_list_of_{part}();
"""
    return migrations.RunSQL(made, undone)


EVALUATED = """
CREATE FUNCTION projects_evaluated_on(project bigint, completed date) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT greatest(completed, min(evaluated_on)) FROM projects_projectevaluation
    WHERE project_id = project AND kind = 'third_party' AND completed IS NOT NULL
    HAVING count(*) > 0
$$;
CREATE FUNCTION projects_project_keeps_evaluated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.evaluated_on := projects_evaluated_on(NEW.id, NEW.completed_on);
    RETURN NEW;
END $$;
CREATE TRIGGER project_keeps_evaluated BEFORE INSERT OR UPDATE ON projects_project
    FOR EACH ROW EXECUTE FUNCTION projects_project_keeps_evaluated();
CREATE FUNCTION projects_tell_evaluated(projects bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- locked before it is asked what to write, so that of two evaluations at once the later one sees both
    PERFORM FROM projects_project WHERE id = ANY (projects) ORDER BY id FOR NO KEY UPDATE;
    UPDATE projects_project SET evaluated_on = projects_evaluated_on(id, completed_on)
    WHERE id = ANY (projects) AND evaluated_on IS DISTINCT FROM projects_evaluated_on(id, completed_on);
END $$;
CREATE FUNCTION projects_evaluation_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM projects_tell_evaluated(array_agg(DISTINCT project_id)) FROM new_rows;
    RETURN NULL;
END $$;
CREATE FUNCTION projects_evaluation_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM projects_tell_evaluated(array_agg(DISTINCT project_id))
    FROM (SELECT project_id FROM old_rows UNION ALL SELECT project_id FROM new_rows) AS told;
    RETURN NULL;
END $$;
CREATE FUNCTION projects_evaluation_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM projects_tell_evaluated(array_agg(DISTINCT project_id)) FROM old_rows;
    RETURN NULL;
END $$;
CREATE TRIGGER evaluation_added AFTER INSERT ON projects_projectevaluation
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION projects_evaluation_added();
CREATE TRIGGER evaluation_changed AFTER UPDATE ON projects_projectevaluation
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION projects_evaluation_changed();
CREATE TRIGGER evaluation_removed AFTER DELETE ON projects_projectevaluation
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION projects_evaluation_removed();
"""
EVALUATED_UNDONE = """
DROP TRIGGER evaluation_added ON projects_projectevaluation;
DROP TRIGGER evaluation_changed ON projects_projectevaluation;
DROP TRIGGER evaluation_removed ON projects_projectevaluation;
DROP TRIGGER project_keeps_evaluated ON projects_project;
DROP FUNCTION projects_evaluation_added();
DROP FUNCTION projects_evaluation_changed();
DROP FUNCTION projects_evaluation_removed();
DROP FUNCTION projects_tell_evaluated(bigint[]);
DROP FUNCTION projects_project_keeps_evaluated();
DROP FUNCTION projects_evaluated_on(bigint, date);
"""

CONTRACT = """
ALTER TABLE projects_purchasecontract ADD CONSTRAINT purchase_contract_in_region_of_purchase
    FOREIGN KEY (purchase_id, region_id) REFERENCES projects_purchaseproject (id, region_id) ON UPDATE CASCADE;
"""
CONTRACT_UNDONE = "ALTER TABLE projects_purchasecontract DROP CONSTRAINT purchase_contract_in_region_of_purchase;"


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]

    operations = [
        *(level_rule(name, table, "community_id", "community") for name, table in COMMUNITIES),
        migrations.RunSQL(LANDING, LANDING_UNDONE),
        *(kept_up(*one) for one in LISTS),
        migrations.RunSQL(EVALUATED, EVALUATED_UNDONE),
        migrations.RunSQL(CONTRACT, CONTRACT_UNDONE),
    ]
