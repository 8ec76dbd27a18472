"""What the database keeps: where a fund of each kind may be."""

from django.db import migrations

LEVELS = """
CREATE FUNCTION funds_fund_level() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    home text := (SELECT level FROM regions_region WHERE id = NEW.region_id);
BEGIN
    IF NOT (CASE NEW.kind
        WHEN 'development_fund' THEN home = 'township'
        WHEN 'self_governance_fund' THEN home = 'community'
        WHEN 'micro_fund' THEN home = 'community'
        ELSE home IN ('township', 'community')
    END) THEN
        RAISE EXCEPTION 'a fund of this kind belongs to a place of another level'
            USING ERRCODE = '23514', CONSTRAINT = 'fund_level';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fund_level BEFORE INSERT OR UPDATE OF region_id, kind ON funds_fund
    FOR EACH ROW EXECUTE FUNCTION funds_fund_level();
"""
UNDONE = "DROP TRIGGER fund_level ON funds_fund; DROP FUNCTION funds_fund_level();"


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_initial"), ("regions", "0003_levels_fit")]

    operations = [migrations.RunSQL(LEVELS, UNDONE)]
