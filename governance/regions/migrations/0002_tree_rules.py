"""The tree of places keeps its shape whoever writes: statement by statement, so that COPY of a country stays quick.

A path is the parent's path, the own code and a slash; a parent is of a higher level; whatever hangs below follows.
The queries are planned at each call (EXECUTE), because a plan kept from one row would be slow for a country and the
other way round.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION region_rank(level text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE level WHEN 'province' THEN 0 WHEN 'prefecture' THEN 1 WHEN 'county' THEN 2 WHEN 'township' THEN 3 ELSE 4 END;

CREATE FUNCTION region_refuse(code text, reason text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'region %: %', code, reason
        USING ERRCODE = '23514', CONSTRAINT = 'region_path_follows_parent', TABLE = 'regions_region';
END $$;

CREATE FUNCTION region_path_is_parents() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad text;
BEGIN
    EXECUTE 'SELECT n.code FROM written n LEFT JOIN regions_region p ON p.id = n.parent_id'
        ' WHERE n.path <> coalesce(p.path, '''') || n.code || ''/'' LIMIT 1' INTO bad;
    IF bad IS NOT NULL THEN
        PERFORM region_refuse(bad, 'its path is not its parent''s path followed by its code');
    END IF;
    EXECUTE 'SELECT n.code FROM written n JOIN regions_region p ON p.id = n.parent_id'
        ' WHERE region_rank(p.level) >= region_rank(n.level) LIMIT 1' INTO bad;
    IF bad IS NOT NULL THEN
        PERFORM region_refuse(bad, 'its parent is not of a higher level');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION region_children_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad text;
BEGIN
    EXECUTE 'SELECT c.code FROM written n JOIN was o ON o.id = n.id JOIN regions_region c ON c.parent_id = n.id'
        ' WHERE (n.path <> o.path OR n.level <> o.level)'
        ' AND (c.path <> n.path || c.code || ''/'' OR region_rank(n.level) >= region_rank(c.level)) LIMIT 1' INTO bad;
    IF bad IS NOT NULL THEN
        PERFORM region_refuse(bad, 'its parent moved or changed its level without it');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER region_path_on_insert AFTER INSERT ON regions_region
REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION region_path_is_parents();

CREATE TRIGGER region_path_on_update AFTER UPDATE ON regions_region
REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION region_path_is_parents();

CREATE TRIGGER region_path_of_children AFTER UPDATE ON regions_region
REFERENCING OLD TABLE AS was NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION region_children_follow();
"""

BACKWARDS = """
DROP TRIGGER region_path_of_children ON regions_region;
DROP TRIGGER region_path_on_update ON regions_region;
DROP TRIGGER region_path_on_insert ON regions_region;
DROP FUNCTION region_children_follow();
DROP FUNCTION region_path_is_parents();
DROP FUNCTION region_refuse(text, text);
DROP FUNCTION region_rank(text);
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
