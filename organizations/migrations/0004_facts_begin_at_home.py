"""A fact that is open stands where its organisation is, also when the organisation moves at the same moment."""

from django.db import migrations

# Whoever writes a fact holds the organisation's row until the end, and so does who moves it: of two at once the later
# one sees where the earlier one has put it. What has ended may stand anywhere: the past does not move.
AT_HOME = """
CREATE OR REPLACE FUNCTION organizations_span_is_homed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    home bigint;
BEGIN
    SELECT region_id INTO home FROM organizations_organization WHERE id = NEW.organization_id FOR NO KEY UPDATE;
    NEW.region_id := coalesce(NEW.region_id, home);
    IF NEW.until IS NULL AND NEW.region_id <> home THEN
        RAISE EXCEPTION 'an open fact stands where its organisation is'
            USING ERRCODE = '23514', CONSTRAINT = 'organization_span_at_home';
    END IF;
    RETURN NEW;
END $$;
"""
REOPENED = """
CREATE TRIGGER {table}_opens_at_home BEFORE UPDATE OF until ON {table}
    FOR EACH ROW WHEN (OLD.until IS NOT NULL AND NEW.until IS NULL)
    EXECUTE FUNCTION organizations_span_is_homed();
"""
NOT_REOPENED = "DROP TRIGGER {table}_opens_at_home ON {table};"
WAS = """
CREATE OR REPLACE FUNCTION organizations_span_is_homed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.region_id IS NULL THEN
        NEW.region_id := (SELECT region_id FROM organizations_organization WHERE id = NEW.organization_id);
    END IF;
    RETURN NEW;
END $$;
"""
TABLES = (
    "organizations_organizationstatus",
    "organizations_charityrecognition",
    "organizations_organizationparty",
    "organizations_registrationassessment",
)


class Migration(migrations.Migration):
    dependencies = [("organizations", "0003_qualified_spans")]

    operations = [
        migrations.RunSQL(
            "\n".join((AT_HOME, *(REOPENED.format(table=table) for table in TABLES))),
            "\n".join((*(NOT_REOPENED.format(table=table) for table in TABLES), WAS)),
        )
    ]
