"""What holds of an organisation that has ended: nothing lasts beyond its end, and it went over into one that went on."""

from django.db import migrations

SPANS = (
    "organizations_organizationstatus",
    "organizations_charityrecognition",
    "organizations_organizationparty",
    "organizations_registrationassessment",
    "organizations_organizationrestriction",
)

# Whoever writes an end or a fact holds the organisation's row, so that of two at once the later one sees the earlier
# one. Two organisations are held in the order of their keys: of two that go over into each other, one is refused.
END = (
    """
CREATE FUNCTION organizations_end_is_last() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM organizations_organization WHERE id IN (NEW.organization_id, NEW.into_id)
        ORDER BY id FOR NO KEY UPDATE;
    IF """
    + "\n       OR ".join(
        f"EXISTS (SELECT FROM {table} WHERE organization_id = NEW.organization_id"
        ' AND (until IS NULL OR until > NEW."on"))'
        for table in SPANS
    )
    + """ THEN
        RAISE EXCEPTION 'nothing of an organisation lasts beyond its end'
            USING ERRCODE = '23514', CONSTRAINT = 'organization_ending_is_last';
    END IF;
    IF EXISTS (SELECT FROM organizations_organizationending
               WHERE organization_id = NEW.into_id AND "on" <= NEW."on")
       OR EXISTS (SELECT FROM organizations_organizationending
                  WHERE into_id = NEW.organization_id AND "on" >= NEW."on") THEN
        RAISE EXCEPTION 'an organisation goes over into one that goes on'
            USING ERRCODE = '23514', CONSTRAINT = 'organization_ending_into_living';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER organization_ending_is_last BEFORE INSERT OR UPDATE ON organizations_organizationending
    FOR EACH ROW EXECUTE FUNCTION organizations_end_is_last();

CREATE FUNCTION organizations_span_within_life() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM organizations_organization WHERE id IN (SELECT organization_id FROM written)
        ORDER BY id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM written JOIN organizations_organizationending AS ending USING (organization_id)
               WHERE written.until IS NULL OR written.until > ending."on") THEN
        RAISE EXCEPTION 'nothing of an organisation lasts beyond its end'
            USING ERRCODE = '23514', CONSTRAINT = 'organization_ending_is_last';
    END IF;
    RETURN NULL;
END $$;
"""
)
WITHIN = """
CREATE TRIGGER {table}_within_life_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION organizations_span_within_life();
CREATE TRIGGER {table}_within_life_changed AFTER UPDATE ON {table} REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION organizations_span_within_life();
"""
# the same rules as for other dated facts: where it is homed, and that it stays with its organisation
HOMED = """
CREATE TRIGGER organizations_organizationrestriction_is_homed BEFORE INSERT ON organizations_organizationrestriction
    FOR EACH ROW EXECUTE FUNCTION organizations_span_is_homed();
CREATE TRIGGER organizations_organizationrestriction_stays
    BEFORE UPDATE OF organization_id ON organizations_organizationrestriction
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION organizations_span_stays();
CREATE TRIGGER organizations_organizationrestriction_opens_at_home
    BEFORE UPDATE OF until ON organizations_organizationrestriction
    FOR EACH ROW WHEN (OLD.until IS NOT NULL AND NEW.until IS NULL) EXECUTE FUNCTION organizations_span_is_homed();
"""
GONE = """
DROP TRIGGER {table}_within_life_added ON {table};
DROP TRIGGER {table}_within_life_changed ON {table};
"""
UNDONE = """
DROP FUNCTION organizations_span_within_life;
DROP TRIGGER organization_ending_is_last ON organizations_organizationending;
DROP FUNCTION organizations_end_is_last;
DROP TRIGGER organizations_organizationrestriction_is_homed ON organizations_organizationrestriction;
DROP TRIGGER organizations_organizationrestriction_stays ON organizations_organizationrestriction;
DROP TRIGGER organizations_organizationrestriction_opens_at_home ON organizations_organizationrestriction;
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0006_standing_and_end")]

    operations = [
        migrations.RunSQL(
            "\n".join((END, HOMED, *(WITHIN.format(table=table) for table in SPANS))),
            "\n".join((*(GONE.format(table=table) for table in SPANS), UNDONE)),
        )
    ]
