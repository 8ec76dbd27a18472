"""What the database keeps of confirmed months and of plans, beyond the constraints of a row.

A confirmation is of a month that had ended where the portal stands; it is never rewritten, only taken back, and that is
final. A plan is for a place that the indicator's policy speaks of; closed it stays as it is, and nothing more is written
about it.
"""

from django.db import migrations

from governance.kit.levelrules import level_rule

MONTHS = """
ALTER TABLE attainment_confirmedmonth ADD CONSTRAINT confirmed_month_has_ended
    CHECK (month + interval '1 month' <= confirmed_at AT TIME ZONE 'Asia/Shanghai');
CREATE FUNCTION attainment_confirmed_month_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'taken_back'
       OR (NEW.id, NEW.region_id, NEW.month, NEW.note, NEW.confirmed_by_id, NEW.confirmed_at)
          IS DISTINCT FROM (OLD.id, OLD.region_id, OLD.month, OLD.note, OLD.confirmed_by_id, OLD.confirmed_at) THEN
        RAISE EXCEPTION 'a confirmation is not changed, only taken back'
            USING ERRCODE = '23514', CONSTRAINT = 'confirmed_month_stays', TABLE = 'attainment_confirmedmonth';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER confirmed_month_stays BEFORE UPDATE ON attainment_confirmedmonth
    FOR EACH ROW EXECUTE FUNCTION attainment_confirmed_month_stays();
"""

NO_MONTHS = """
DROP TRIGGER confirmed_month_stays ON attainment_confirmedmonth;
DROP FUNCTION attainment_confirmed_month_stays();
ALTER TABLE attainment_confirmedmonth DROP CONSTRAINT confirmed_month_has_ended;
"""

PLANS = """
CREATE FUNCTION attainment_plan_in_reach() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM policies_indicator i
        JOIN policies_policy p ON p.id = i.policy_id
        JOIN regions_region root ON root.id = p.region_id
        JOIN regions_region place ON place.id = NEW.region_id AND starts_with(place.path, root.path)
        WHERE i.id = NEW.indicator_id
    ) THEN
        RAISE EXCEPTION 'the policy of the indicator does not speak of the place'
            USING ERRCODE = '23514', CONSTRAINT = 'improvement_plan_in_reach', TABLE = 'attainment_improvementplan';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER improvement_plan_in_reach BEFORE INSERT OR UPDATE OF region_id, indicator_id
    ON attainment_improvementplan FOR EACH ROW EXECUTE FUNCTION attainment_plan_in_reach();

CREATE FUNCTION attainment_closed_plan_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a closed plan is not changed or removed'
        USING ERRCODE = '23514', CONSTRAINT = 'improvement_plan_closed_stays', TABLE = 'attainment_improvementplan';
END $$;
CREATE TRIGGER improvement_plan_closed_stays BEFORE UPDATE OR DELETE ON attainment_improvementplan
    FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION attainment_closed_plan_stays();

CREATE FUNCTION attainment_follow_up_of_open_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM attainment_improvementplan WHERE id = NEW.plan_id AND state = 'open' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nothing more is written about a closed plan'
            USING ERRCODE = '23514', CONSTRAINT = 'plan_follow_up_of_open_plan', TABLE = 'attainment_planfollowup';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plan_follow_up_of_open_plan BEFORE INSERT OR UPDATE ON attainment_planfollowup
    FOR EACH ROW EXECUTE FUNCTION attainment_follow_up_of_open_plan();
"""

NO_PLANS = """
DROP TRIGGER plan_follow_up_of_open_plan ON attainment_planfollowup;
DROP FUNCTION attainment_follow_up_of_open_plan();
DROP TRIGGER improvement_plan_closed_stays ON attainment_improvementplan;
DROP FUNCTION attainment_closed_plan_stays();
DROP TRIGGER improvement_plan_in_reach ON attainment_improvementplan;
DROP FUNCTION attainment_plan_in_reach();
"""


class Migration(migrations.Migration):
    dependencies = [("attainment", "0006_confirmed_months_and_plans")]

    operations = [
        level_rule(
            "confirmed_month_level", "attainment_confirmedmonth", "region_id",
            "province", "prefecture", "county", "township",
        ),
        migrations.RunSQL(MONTHS, NO_MONTHS),
        migrations.RunSQL(PLANS, NO_PLANS),
    ]  # fmt: skip
