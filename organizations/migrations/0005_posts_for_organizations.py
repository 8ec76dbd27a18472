"""A post for an organisation names one that there is, and an organisation that a post names is not removed.

Posts lie below this app and name their unit by a code; what a foreign key would keep, this app keeps for them.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION organizations_post_names_one() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM organizations_organization WHERE id::text = NEW.unit FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a post for an organisation names one'
            USING ERRCODE = '23503', CONSTRAINT = 'post_names_organization', TABLE = 'accounts_post';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER post_names_organization BEFORE INSERT OR UPDATE ON accounts_post
    FOR EACH ROW WHEN (NEW.role = 'organization_manager') EXECUTE FUNCTION organizations_post_names_one();

CREATE FUNCTION organizations_named_by_post() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM accounts_post WHERE role = 'organization_manager' AND unit = OLD.id::text) THEN
        RAISE EXCEPTION 'an organisation that a post names is not removed'
            USING ERRCODE = '23503', CONSTRAINT = 'post_names_organization', TABLE = 'organizations_organization';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER organization_named_by_post BEFORE DELETE ON organizations_organization
    FOR EACH ROW EXECUTE FUNCTION organizations_named_by_post();
"""
BACKWARDS = """
DROP TRIGGER organization_named_by_post ON organizations_organization;
DROP FUNCTION organizations_named_by_post();
DROP TRIGGER post_names_organization ON accounts_post;
DROP FUNCTION organizations_post_names_one();
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0004_facts_begin_at_home"), ("accounts", "0004_rules_of_posts")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
