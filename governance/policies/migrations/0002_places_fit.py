"""The database refuses what belongs to two policies at once, and numbers at places of which their policy does not speak.

The rules are asked at the end of each statement and can be put off to the end of a transaction (SET CONSTRAINTS), so
that a policy can change its root together with its targets.
"""

from django.db import migrations

SAME_POLICY = """
ALTER TABLE policies_clause ADD CONSTRAINT clause_with_policy UNIQUE (id, policy_id);
ALTER TABLE policies_indicator ADD CONSTRAINT indicator_with_policy UNIQUE (id, policy_id);
ALTER TABLE policies_indicator ADD CONSTRAINT indicator_clause_of_policy
    FOREIGN KEY (clause_id, policy_id) REFERENCES policies_clause (id, policy_id) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE policies_indicator ADD CONSTRAINT indicator_subset_of_policy
    FOREIGN KEY (subset_of_id, policy_id) REFERENCES policies_indicator (id, policy_id) DEFERRABLE INITIALLY IMMEDIATE;
"""

NO_SAME_POLICY = """
ALTER TABLE policies_indicator DROP CONSTRAINT indicator_subset_of_policy;
ALTER TABLE policies_indicator DROP CONSTRAINT indicator_clause_of_policy;
ALTER TABLE policies_indicator DROP CONSTRAINT indicator_with_policy;
ALTER TABLE policies_clause DROP CONSTRAINT clause_with_policy;
"""

PLACES = """
CREATE FUNCTION policies_check_targets(wanted bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM policies_target t
        JOIN policies_indicator i ON i.id = t.indicator_id
        JOIN policies_policy p ON p.id = i.policy_id
        JOIN regions_region root ON root.id = p.region_id
        JOIN regions_region r ON r.id = t.region_id
        WHERE t.id = ANY (wanted) AND CASE t.origin
            WHEN 'text' THEN r.id <> root.id AND r.id IS DISTINCT FROM i.region_id
            WHEN 'allocated' THEN r.id = root.id OR NOT starts_with(r.path, root.path)
            ELSE true END
    ) THEN
        RAISE EXCEPTION 'a target of the text stands at the root or the indicator''s own place, an allocated one below'
            USING ERRCODE = '23514', CONSTRAINT = 'target_place_fits_origin', TABLE = 'policies_target';
    END IF;
END $$;

CREATE FUNCTION policies_check_references(wanted bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM policies_referencepoint f
        JOIN policies_indicator i ON i.id = f.indicator_id
        JOIN policies_policy p ON p.id = i.policy_id
        JOIN regions_region root ON root.id = p.region_id
        JOIN regions_region r ON r.id = f.region_id
        WHERE f.id = ANY (wanted) AND NOT starts_with(r.path, root.path)
    ) THEN
        RAISE EXCEPTION 'a stated fact speaks of a place of its policy'
            USING ERRCODE = '23514', CONSTRAINT = 'reference_point_inside_policy', TABLE = 'policies_referencepoint';
    END IF;
END $$;

CREATE FUNCTION policies_check_indicators(wanted bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM policies_indicator i
        JOIN policies_policy p ON p.id = i.policy_id
        JOIN regions_region root ON root.id = p.region_id
        JOIN regions_region r ON r.id = i.region_id
        WHERE i.id = ANY (wanted) AND NOT starts_with(r.path, root.path)
    ) THEN
        RAISE EXCEPTION 'an indicator speaks of a place of its policy'
            USING ERRCODE = '23514', CONSTRAINT = 'indicator_region_inside_policy', TABLE = 'policies_indicator';
    END IF;
    PERFORM policies_check_targets(array(SELECT id FROM policies_target WHERE indicator_id = ANY (wanted)));
    PERFORM policies_check_references(array(SELECT id FROM policies_referencepoint WHERE indicator_id = ANY (wanted)));
END $$;

CREATE FUNCTION policies_places_fit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    CASE TG_TABLE_NAME
        WHEN 'policies_target' THEN PERFORM policies_check_targets(array[NEW.id]);
        WHEN 'policies_referencepoint' THEN PERFORM policies_check_references(array[NEW.id]);
        WHEN 'policies_indicator' THEN PERFORM policies_check_indicators(array[NEW.id]);
        ELSE PERFORM policies_check_indicators(array(SELECT id FROM policies_indicator WHERE policy_id = NEW.id));
    END CASE;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER policies_target_place AFTER INSERT OR UPDATE OF indicator_id, region_id, origin
    ON policies_target DEFERRABLE FOR EACH ROW EXECUTE FUNCTION policies_places_fit();
CREATE CONSTRAINT TRIGGER policies_reference_place AFTER INSERT OR UPDATE OF indicator_id, region_id
    ON policies_referencepoint DEFERRABLE FOR EACH ROW EXECUTE FUNCTION policies_places_fit();
CREATE CONSTRAINT TRIGGER policies_indicator_place AFTER INSERT OR UPDATE OF policy_id, region_id
    ON policies_indicator DEFERRABLE FOR EACH ROW EXECUTE FUNCTION policies_places_fit();
CREATE CONSTRAINT TRIGGER policies_policy_place AFTER UPDATE OF region_id
    ON policies_policy DEFERRABLE FOR EACH ROW EXECUTE FUNCTION policies_places_fit();
"""

NO_PLACES = """
DROP TRIGGER policies_policy_place ON policies_policy;
DROP TRIGGER policies_indicator_place ON policies_indicator;
DROP TRIGGER policies_reference_place ON policies_referencepoint;
DROP TRIGGER policies_target_place ON policies_target;
DROP FUNCTION policies_places_fit();
DROP FUNCTION policies_check_indicators(bigint[]);
DROP FUNCTION policies_check_references(bigint[]);
DROP FUNCTION policies_check_targets(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial")]

    operations = [
        migrations.RunSQL(SAME_POLICY, NO_SAME_POLICY),
        migrations.RunSQL(PLACES, NO_PLACES),
    ]
