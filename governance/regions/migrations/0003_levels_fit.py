"""The database refuses an estate outside a community, and a statement that its item does not have."""

from django.db import migrations

ESTATE = """
CREATE FUNCTION regions_estate_in_community() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT level FROM regions_region WHERE id = NEW.community_id) <> 'community' THEN
        RAISE EXCEPTION 'an estate lies in a community'
            USING ERRCODE = '23514', CONSTRAINT = 'estate_in_community';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER estate_in_community BEFORE INSERT OR UPDATE OF community_id ON regions_estate
    FOR EACH ROW EXECUTE FUNCTION regions_estate_in_community();
"""

CAPABILITY = """
CREATE FUNCTION regions_capability_fits_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted regions_capabilityitem;
BEGIN
    SELECT * INTO wanted FROM regions_capabilityitem WHERE slug = NEW.item_id;
    IF NOT (SELECT level FROM regions_region WHERE id = NEW.region_id) = ANY (wanted.levels) THEN
        RAISE EXCEPTION 'the item is not for regions of this level'
            USING ERRCODE = '23514', CONSTRAINT = 'capability_level_fits_item';
    END IF;
    IF NEW.component_id IS NOT NULL
       AND (SELECT item_id FROM regions_capabilitycomponent WHERE id = NEW.component_id) <> NEW.item_id THEN
        RAISE EXCEPTION 'the component belongs to another item'
            USING ERRCODE = '23514', CONSTRAINT = 'capability_component_of_item';
    END IF;
    IF NEW.statement = 'subject_to' AND NOT wanted.eligible THEN
        RAISE EXCEPTION 'the item asks for no eligibility'
            USING ERRCODE = '23514', CONSTRAINT = 'capability_eligibility_asked';
    END IF;
    IF wanted.rule = 'count' AND NEW.component_id IS NULL AND NEW.statement = 'has' THEN
        RAISE EXCEPTION 'an item whose components are counted is stated by component'
            USING ERRCODE = '23514', CONSTRAINT = 'capability_component_needed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER capability_fits_item BEFORE INSERT OR UPDATE ON regions_regioncapability
    FOR EACH ROW EXECUTE FUNCTION regions_capability_fits_item();
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0002_tree_rules")]

    operations = [
        migrations.RunSQL(
            ESTATE,
            "DROP TRIGGER estate_in_community ON regions_estate; DROP FUNCTION regions_estate_in_community();",
        ),
        migrations.RunSQL(
            CAPABILITY,
            "DROP TRIGGER capability_fits_item ON regions_regioncapability; DROP FUNCTION regions_capability_fits_item();",
        ),
    ]
