"""What the database keeps: homes of the right level, names that communities bear, and whether four parties took part."""

from django.db import migrations

from governance.kit.levelrules import level_rule

COMMUNITIES = (
    ("consultation_in_community", "deliberation_consultation"),
    ("dispute_in_community", "deliberation_dispute"),
    ("emergency_plan_in_community", "deliberation_emergencyplan"),
)

# Brands of service and pilots of posts are named of communities: what they imply is held against these.
NAMES = """
CREATE FUNCTION deliberation_designation_in_community() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind IN ('service_brand', 'social_work_post_pilot')
        AND (SELECT level FROM regions_region WHERE id = NEW.region_id) <> 'community'
    THEN
        RAISE EXCEPTION 'a service brand and a pilot of posts belong to a community'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_in_community';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_in_community BEFORE INSERT OR UPDATE OF region_id, kind ON deliberation_designation
    FOR EACH ROW EXECUTE FUNCTION deliberation_designation_in_community();
"""
NAMES_UNDONE = """
DROP TRIGGER designation_in_community ON deliberation_designation;
DROP FUNCTION deliberation_designation_in_community();
"""

# Whether social workers, organisations, volunteers and charity all took part. A writer's own value never wins, and only
# what differs is written, so that no community is computed anew for nothing. Consultations are locked in the order of
# their keys: two writers of participants never wait for each other.
PARTIES = """
CREATE FUNCTION deliberation_four_parties(wanted bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT count(DISTINCT role) = 4 FROM deliberation_consultationparticipant
    WHERE consultation_id = wanted AND role IN ('social_worker', 'organization', 'volunteer', 'charity')
$$;
CREATE FUNCTION deliberation_consultation_parties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.four_parties := deliberation_four_parties(NEW.id);
    RETURN NEW;
END $$;
CREATE TRIGGER consultation_parties BEFORE INSERT OR UPDATE ON deliberation_consultation
    FOR EACH ROW EXECUTE FUNCTION deliberation_consultation_parties();

CREATE FUNCTION deliberation_keep_parties(touched bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM deliberation_consultation WHERE id = ANY (touched) ORDER BY id FOR NO KEY UPDATE;
    UPDATE deliberation_consultation SET four_parties = deliberation_four_parties(id)
    WHERE id = ANY (touched) AND four_parties IS DISTINCT FROM deliberation_four_parties(id);
END $$;
CREATE FUNCTION deliberation_participants_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM deliberation_keep_parties((SELECT array_agg(DISTINCT consultation_id) FROM new_rows));
    RETURN NULL;
END $$;
CREATE FUNCTION deliberation_participants_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM deliberation_keep_parties((SELECT array_agg(DISTINCT consultation_id) FROM old_rows));
    RETURN NULL;
END $$;
CREATE FUNCTION deliberation_participants_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM deliberation_keep_parties((SELECT array_agg(DISTINCT consultation_id) FROM (
        SELECT consultation_id FROM old_rows UNION SELECT consultation_id FROM new_rows
    ) AS both_sides));
    RETURN NULL;
END $$;
CREATE TRIGGER participants_inserted AFTER INSERT ON deliberation_consultationparticipant
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION deliberation_participants_inserted();
CREATE TRIGGER participants_deleted AFTER DELETE ON deliberation_consultationparticipant
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION deliberation_participants_deleted();
CREATE TRIGGER participants_updated AFTER UPDATE ON deliberation_consultationparticipant
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION deliberation_participants_updated();
"""
PARTIES_UNDONE = """
DROP TRIGGER participants_updated ON deliberation_consultationparticipant;
DROP TRIGGER participants_deleted ON deliberation_consultationparticipant;
DROP TRIGGER participants_inserted ON deliberation_consultationparticipant;
DROP TRIGGER consultation_parties ON deliberation_consultation;
DROP FUNCTION deliberation_participants_updated();
DROP FUNCTION deliberation_participants_deleted();
DROP FUNCTION deliberation_participants_inserted();
DROP FUNCTION deliberation_keep_parties(bigint[]);
DROP FUNCTION deliberation_consultation_parties();
DROP FUNCTION deliberation_four_parties(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0001_initial"), ("regions", "0003_levels_fit")]

    operations = [
        *(level_rule(name, table, "community_id", "community") for name, table in COMMUNITIES),
        level_rule("whistle_call_in_township", "deliberation_whistlecall", "region_id", "township"),
        migrations.RunSQL(NAMES, NAMES_UNDONE),
        migrations.RunSQL(PARTIES, PARTIES_UNDONE),
    ]
