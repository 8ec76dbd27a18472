"""What the database keeps of organisations: where their facts are homed, who is registered, and since when."""

from django.db import migrations

# A fact is homed where the organisation is on the day it is written, if nobody says otherwise. A statement as a whole
# could not do that: the column must not be empty.
HOMED = """
CREATE FUNCTION organizations_span_is_homed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.region_id IS NULL THEN
        NEW.region_id := (SELECT region_id FROM organizations_organization WHERE id = NEW.organization_id);
    END IF;
    RETURN NEW;
END $$;

-- its home was taken from that organisation
CREATE FUNCTION organizations_span_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a fact stays with its organisation'
        USING ERRCODE = '23514', CONSTRAINT = 'organization_span_stays';
END $$;
"""
HOMED_TABLES = (
    "organizations_organizationstatus",
    "organizations_charityrecognition",
    "organizations_organizationparty",
    "organizations_registrationassessment",
)
HOMED_TRIGGER = """
CREATE TRIGGER {table}_is_homed BEFORE INSERT ON {table}
    FOR EACH ROW EXECUTE FUNCTION organizations_span_is_homed();
CREATE TRIGGER {table}_stays BEFORE UPDATE OF organization_id ON {table}
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id)
    EXECUTE FUNCTION organizations_span_stays();
"""

# Both sides lock the organisation's row, so that of two at once the later one sees what the earlier one has written.
CODE = """
CREATE FUNCTION organizations_registered_has_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM organizations_organization WHERE id = NEW.organization_id FOR NO KEY UPDATE;
    IF (SELECT uscc FROM organizations_organization WHERE id = NEW.organization_id) IS NULL THEN
        RAISE EXCEPTION 'a registered organisation has a credit code'
            USING ERRCODE = '23514', CONSTRAINT = 'organization_registered_has_code';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER organization_registered_has_code
    BEFORE INSERT OR UPDATE OF status, organization_id ON organizations_organizationstatus
    FOR EACH ROW WHEN (NEW.status = 'registered') EXECUTE FUNCTION organizations_registered_has_code();

CREATE FUNCTION organizations_registered_keeps_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM organizations_organizationstatus
               WHERE organization_id = NEW.id AND status = 'registered') THEN
        RAISE EXCEPTION 'a registered organisation has a credit code'
            USING ERRCODE = '23514', CONSTRAINT = 'organization_registered_has_code';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER organization_registered_keeps_code BEFORE UPDATE OF uscc ON organizations_organization
    FOR EACH ROW WHEN (NEW.uscc IS NULL AND OLD.uscc IS NOT NULL)
    EXECUTE FUNCTION organizations_registered_keeps_code();
"""

# The open facts of an organisation move with it, by the action that ends them at the old place.
MOVES = """
CREATE FUNCTION organizations_moves_with_its_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM organizations_organizationstatus
               WHERE organization_id = NEW.id AND until IS NULL AND region_id <> NEW.region_id)
        OR EXISTS (SELECT FROM organizations_charityrecognition
                   WHERE organization_id = NEW.id AND until IS NULL AND region_id <> NEW.region_id)
        OR EXISTS (SELECT FROM organizations_organizationparty
                   WHERE organization_id = NEW.id AND until IS NULL AND region_id <> NEW.region_id)
        OR EXISTS (SELECT FROM organizations_registrationassessment
                   WHERE organization_id = NEW.id AND until IS NULL AND region_id <> NEW.region_id) THEN
        RAISE EXCEPTION 'an organisation moves with its open facts'
            USING ERRCODE = '23514', CONSTRAINT = 'organization_moves_with_its_facts';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER organization_moves_with_its_facts BEFORE UPDATE OF region_id ON organizations_organization
    FOR EACH ROW WHEN (NEW.region_id <> OLD.region_id) EXECUTE FUNCTION organizations_moves_with_its_facts();
"""

# registered_on of an assessment: the first day of its span on which the organisation is registered, else null.
REGISTERED_ON = """
CREATE FUNCTION organizations_registered_on(organization bigint, since date, until date) RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT min(greatest(status.since, $2)) FROM organizations_organizationstatus AS status
    WHERE status.organization_id = $1 AND status.status = 'registered'
        AND (status.until IS NULL OR status.until > $2) AND ($3 IS NULL OR status.since < $3)
$$;

-- save() writes every column, so what a writer says of this one never wins
CREATE FUNCTION organizations_assessment_knows_registration() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM organizations_organization WHERE id = NEW.organization_id FOR NO KEY UPDATE;
    NEW.registered_on := organizations_registered_on(NEW.organization_id, NEW.since, NEW.until);
    RETURN NEW;
END $$;
CREATE TRIGGER assessment_knows_registration BEFORE INSERT OR UPDATE ON organizations_registrationassessment
    FOR EACH ROW EXECUTE FUNCTION organizations_assessment_knows_registration();

CREATE FUNCTION organizations_tell_assessments(touched bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM organizations_organization WHERE id = ANY (touched) ORDER BY id FOR NO KEY UPDATE;
    UPDATE organizations_registrationassessment AS assessment
    SET registered_on = organizations_registered_on(organization_id, since, until)
    WHERE organization_id = ANY (touched)
        AND registered_on IS DISTINCT FROM organizations_registered_on(organization_id, since, until);
END $$;

CREATE FUNCTION organizations_status_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[] := ARRAY(SELECT DISTINCT organization_id FROM new_rows WHERE status = 'registered');
BEGIN
    IF cardinality(touched) > 0 THEN
        PERFORM organizations_tell_assessments(touched);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION organizations_status_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[] := ARRAY(SELECT DISTINCT organization_id FROM old_rows WHERE status = 'registered');
BEGIN
    IF cardinality(touched) > 0 THEN
        PERFORM organizations_tell_assessments(touched);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION organizations_status_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    WITH was AS (SELECT id, organization_id, since, until FROM old_rows WHERE status = 'registered'),
        now AS (SELECT id, organization_id, since, until FROM new_rows WHERE status = 'registered'),
        differing AS ((TABLE was EXCEPT TABLE now) UNION ALL (TABLE now EXCEPT TABLE was))
    SELECT array_agg(DISTINCT organization_id) INTO touched FROM differing;
    IF touched IS NOT NULL THEN
        PERFORM organizations_tell_assessments(touched);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER status_inserted AFTER INSERT ON organizations_organizationstatus REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION organizations_status_inserted();
CREATE TRIGGER status_updated AFTER UPDATE ON organizations_organizationstatus
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION organizations_status_updated();
CREATE TRIGGER status_deleted AFTER DELETE ON organizations_organizationstatus REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION organizations_status_deleted();
"""
UNDO = """
DROP FUNCTION organizations_span_stays() CASCADE;
DROP FUNCTION organizations_moves_with_its_facts() CASCADE;
DROP FUNCTION organizations_span_is_homed() CASCADE;
DROP FUNCTION organizations_registered_has_code() CASCADE;
DROP FUNCTION organizations_registered_keeps_code() CASCADE;
DROP FUNCTION organizations_assessment_knows_registration() CASCADE;
DROP FUNCTION organizations_status_inserted() CASCADE;
DROP FUNCTION organizations_status_updated() CASCADE;
DROP FUNCTION organizations_status_deleted() CASCADE;
DROP FUNCTION organizations_tell_assessments(bigint[]);
DROP FUNCTION organizations_registered_on(bigint, date, date);
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "\n".join((HOMED, *(HOMED_TRIGGER.format(table=table) for table in HOMED_TABLES), CODE, MOVES, REGISTERED_ON)), UNDO
        )
    ]
