"""The database keeps where there are posts of a role, and what a stand-in's post may be."""

from django.db import migrations

# A stand-in's post is read together with the one that it stands in for, which is locked: of two at once, one that ends
# the post and one that lends it, the later one sees what the earlier one has done.
FORWARDS = """
CREATE FUNCTION accounts_post_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lent accounts_post;
BEGIN
    IF EXISTS (
        SELECT FROM accounts_roleinforce AS role, regions_region AS place
        WHERE role.slug = NEW.role AND place.id = NEW.region_id AND place.level <> ALL (role.levels)
    ) THEN
        RAISE EXCEPTION 'there are no posts of the role % at places of this level', NEW.role
            USING ERRCODE = '23514', CONSTRAINT = 'post_level_of_role', TABLE = 'accounts_post';
    END IF;
    IF NEW.stands_in_for_id IS NOT NULL THEN
        SELECT * INTO lent FROM accounts_post WHERE id = NEW.stands_in_for_id FOR NO KEY UPDATE;
        IF lent.stands_in_for_id IS NOT NULL OR lent.user_id = NEW.user_id
           OR (lent.role, lent.region_id, lent.unit) <> (NEW.role, NEW.region_id, NEW.unit)
           OR NEW.since < lent.since OR NEW.until > lent.until OR NEW.until - NEW.since > 90 THEN
            RAISE EXCEPTION 'a stand-in has the post of another, within its span and for 90 days at most'
                USING ERRCODE = '23514', CONSTRAINT = 'post_stand_in_fits', TABLE = 'accounts_post';
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND EXISTS (
        SELECT FROM accounts_post AS other
        WHERE other.stands_in_for_id = NEW.id
          AND (NEW.stands_in_for_id IS NOT NULL OR other.user_id = NEW.user_id
               OR (other.role, other.region_id, other.unit) <> (NEW.role, NEW.region_id, NEW.unit)
               OR other.since < NEW.since OR other.until > NEW.until)
    ) THEN
        RAISE EXCEPTION 'a post with stand-ins is not changed under them'
            USING ERRCODE = '23514', CONSTRAINT = 'post_has_stand_ins', TABLE = 'accounts_post';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER post_fits BEFORE INSERT OR UPDATE ON accounts_post
    FOR EACH ROW EXECUTE FUNCTION accounts_post_fits();
"""
BACKWARDS = "DROP TRIGGER post_fits ON accounts_post; DROP FUNCTION accounts_post_fits();"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_roles_and_stand_ins")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
