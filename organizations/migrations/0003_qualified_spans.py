"""The levels of places that posts belong to, and the spans in which persons in post are certified or trained."""

from django.db import migrations

from governance.kit.levelrules import level_rule

# Certificates of a higher level hide those of lower ones, so that the three levels sum to all certified.
WANTED = """
CREATE TYPE organizations_qualification AS (
    kind text, person_id bigint, region_id bigint, level text, since date, until date,
    social_work_post_id bigint, community_post_id bigint
);

CREATE FUNCTION organizations_qualifications(persons bigint[]) RETURNS SETOF organizations_qualification
LANGUAGE sql STABLE AS $$
    WITH held AS (
        SELECT person_id,
            coalesce(range_agg(daterange(since, until)) FILTER (WHERE level = 'assistant'), '{}') AS assistant,
            coalesce(range_agg(daterange(since, until)) FILTER (WHERE level = 'intermediate'), '{}') AS intermediate,
            coalesce(range_agg(daterange(since, until)) FILTER (WHERE level = 'senior'), '{}') AS senior,
            range_agg(daterange(since, until)) AS whole
        FROM organizations_socialworkcertificate WHERE person_id = ANY (persons) GROUP BY person_id
    ),
    trained AS (
        SELECT person_id, range_agg(daterange(finished_on, (finished_on + interval '1 year')::date)) AS whole
        FROM organizations_trainingrecord WHERE person_id = ANY (persons) GROUP BY person_id
    ),
    cut AS (
        SELECT 'certified_social_worker' AS kind, person_id, region_id, per_level.level,
            per_level.held * datemultirange(daterange(since, until)) AS days,
            post.id AS social_work_post_id, NULL::bigint AS community_post_id
        FROM organizations_socialworkpost AS post JOIN held USING (person_id)
        CROSS JOIN LATERAL (VALUES
            ('senior', senior), ('intermediate', intermediate - senior), ('assistant', assistant - intermediate - senior)
        ) AS per_level (level, held)
        WHERE post.person_id = ANY (persons) AND post.main AND post.professional
        UNION ALL
        SELECT 'certified_community_worker', person_id, community_id, '',
            held.whole * datemultirange(daterange(since, until)), NULL, post.id
        FROM organizations_communityworkerpost AS post JOIN held USING (person_id) WHERE post.person_id = ANY (persons)
        UNION ALL
        SELECT 'trained_community_worker', person_id, community_id, '',
            trained.whole * datemultirange(daterange(since, until)), NULL, post.id
        FROM organizations_communityworkerpost AS post JOIN trained USING (person_id)
        WHERE post.person_id = ANY (persons)
    )
    SELECT kind, person_id, region_id, level, lower(span), upper(span), social_work_post_id, community_post_id
    FROM cut CROSS JOIN LATERAL unnest(days) AS span
$$;
"""

# Only what differs is written: homes whose spans stay as they are must not be computed anew. A span that goes on or ends
# earlier is updated. In this order no two rows of a person overlap in between. A plan made for one person must not serve
# eighty thousand.
REQUALIFY = """
CREATE FUNCTION organizations_requalify(persons bigint[]) RETURNS void LANGUAGE plpgsql
    SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    wanted organizations_qualification[];
BEGIN
    PERFORM FROM people_person WHERE id = ANY (persons) ORDER BY id FOR NO KEY UPDATE;
    wanted := ARRAY(SELECT qualified FROM organizations_qualifications(persons) AS qualified);
    DELETE FROM organizations_qualifiedspan AS kept WHERE person_id = ANY (persons) AND NOT EXISTS (
        SELECT FROM unnest(wanted) AS qualified
        WHERE (qualified.kind, qualified.person_id, qualified.region_id, qualified.level, qualified.since)
                = (kept.kind, kept.person_id, kept.region_id, kept.level, kept.since)
            AND qualified.social_work_post_id IS NOT DISTINCT FROM kept.social_work_post_id
            AND qualified.community_post_id IS NOT DISTINCT FROM kept.community_post_id
    );
    UPDATE organizations_qualifiedspan AS kept SET until = qualified.until, changed_at = now()
    FROM unnest(wanted) AS qualified
    WHERE (qualified.kind, qualified.person_id, qualified.since) = (kept.kind, kept.person_id, kept.since)
        AND qualified.until IS DISTINCT FROM kept.until;
    INSERT INTO organizations_qualifiedspan
        (kind, person_id, region_id, level, since, until, social_work_post_id, community_post_id, changed_at)
    SELECT qualified.*, now() FROM unnest(wanted) AS qualified WHERE NOT EXISTS (
        SELECT FROM organizations_qualifiedspan AS kept
        WHERE (qualified.kind, qualified.person_id, qualified.since) = (kept.kind, kept.person_id, kept.since)
    );
END $$;
"""

# What of each table decides; a change of anything else (a title, an employer) touches nobody.
READS = {
    "organizations_socialworkpost": "id, person_id, region_id, since, until, main, professional",
    "organizations_communityworkerpost": "id, person_id, community_id, since, until",
    "organizations_socialworkcertificate": "id, person_id, level, since, until",
    "organizations_trainingrecord": "id, person_id, finished_on",
}
TRIGGERS = """
CREATE FUNCTION {table}_qualify() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(DISTINCT person_id) INTO touched FROM new_rows;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(DISTINCT person_id) INTO touched FROM old_rows;
    ELSE
        WITH was AS (SELECT {reads} FROM old_rows), now AS (SELECT {reads} FROM new_rows),
            differing AS ((TABLE was EXCEPT TABLE now) UNION ALL (TABLE now EXCEPT TABLE was))
        SELECT array_agg(DISTINCT person_id) INTO touched FROM differing;
    END IF;
    IF touched IS NOT NULL THEN
        PERFORM organizations_requalify(touched);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER qualify_inserted AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_qualify();
CREATE TRIGGER qualify_updated AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_qualify();
CREATE TRIGGER qualify_deleted AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_qualify();
"""
UNDO = "\n".join(
    [
        *(f"DROP FUNCTION {table}_qualify() CASCADE;" for table in READS),
        "DROP FUNCTION organizations_requalify(bigint[]);",
        "DROP FUNCTION organizations_qualifications(bigint[]);",
        "DROP TYPE organizations_qualification;",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_rules_of_organizations")]

    operations = [
        level_rule(
            "community_worker_post_in_community", "organizations_communityworkerpost", "community_id", "community"
        ),
        level_rule("committee_member_in_community", "organizations_committeemember", "community_id", "community"),
        migrations.RunSQL(
            "\n".join(
                (WANTED, REQUALIFY, *(TRIGGERS.format(table=table, reads=reads) for table, reads in READS.items()))
            ),
            UNDO,
        ),
    ]
