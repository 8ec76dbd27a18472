"""The database refuses to change or to remove an approved figure; it can be ended, or withdrawn first."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION attainment_approved_figure_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an approved figure is not removed'
            USING ERRCODE = '23514', CONSTRAINT = 'reported_figure_approved_stays', TABLE = 'attainment_reportedfigure';
    END IF;
    IF (NEW.id, NEW.region_id, NEW.measure, NEW."on", NEW.value, NEW.out_of, NEW.source)
       IS DISTINCT FROM (OLD.id, OLD.region_id, OLD.measure, OLD."on", OLD.value, OLD.out_of, OLD.source) THEN
        RAISE EXCEPTION 'an approved figure is not changed, only ended or withdrawn'
            USING ERRCODE = '23514', CONSTRAINT = 'reported_figure_approved_stays', TABLE = 'attainment_reportedfigure';
    END IF;
    IF NEW.state NOT IN ('approved', 'draft') THEN
        RAISE EXCEPTION 'an approved figure is withdrawn to a draft'
            USING ERRCODE = '23514', CONSTRAINT = 'reported_figure_approved_stays', TABLE = 'attainment_reportedfigure';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reported_figure_approved_stays BEFORE UPDATE OR DELETE ON attainment_reportedfigure
    FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION attainment_approved_figure_stays();
"""

BACKWARDS = """
DROP TRIGGER reported_figure_approved_stays ON attainment_reportedfigure;
DROP FUNCTION attainment_approved_figure_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("attainment", "0002_life_of_figures")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
