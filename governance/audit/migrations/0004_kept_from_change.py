"""History, seals and archives can only grow as well, and rows leave by one road alone: into a file, when they are old.

A row may be deleted only where the transaction has said that it archives, the row is older than 180 days, and an archive
of its transactions is on record. Changes are written by the triggers of other tables and by nobody else.
"""

from django.db import migrations

SQL = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('governance.archiving', true) = 'on' THEN
        -- one branch each: a table without these columns must not be asked for them
        IF TG_TABLE_NAME = 'audit_auditevent' THEN
            IF OLD.at < now() - interval '180 days' AND EXISTS (
                SELECT FROM audit_auditarchive
                WHERE OLD.id > after_event AND OLD.transaction >= from_transaction AND OLD.transaction < to_transaction
            ) THEN
                RETURN OLD;
            END IF;
        ELSIF TG_TABLE_NAME = 'audit_rowchange' THEN
            IF OLD.at < now() - interval '180 days' AND EXISTS (
                SELECT FROM audit_auditarchive
                WHERE OLD.id > after_change AND OLD.transaction >= from_transaction AND OLD.transaction < to_transaction
            ) THEN
                RETURN OLD;
            END IF;
        ELSIF TG_TABLE_NAME = 'audit_auditseal' THEN
            IF EXISTS (SELECT FROM audit_auditarchive WHERE OLD.id BETWEEN first_seal AND last_seal) THEN
                RETURN OLD;
            END IF;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only: % refused', TG_OP
        USING ERRCODE = '42501', CONSTRAINT = 'audit_append_only';
END $$;

CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_rowchange
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_rowchange
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_auditseal
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_auditseal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_auditarchive
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_auditarchive
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE FUNCTION audit_by_triggers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the history of rows is written by triggers alone'
            USING ERRCODE = '42501', CONSTRAINT = 'audit_by_triggers';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_by_triggers BEFORE INSERT ON audit_rowchange
    FOR EACH STATEMENT EXECUTE FUNCTION audit_by_triggers();
"""

UNDO = """
DROP TRIGGER audit_by_triggers ON audit_rowchange;
DROP FUNCTION audit_by_triggers();
DROP TRIGGER audit_append_only ON audit_rowchange;
DROP TRIGGER audit_no_truncate ON audit_rowchange;
DROP TRIGGER audit_append_only ON audit_auditseal;
DROP TRIGGER audit_no_truncate ON audit_auditseal;
DROP TRIGGER audit_append_only ON audit_auditarchive;
DROP TRIGGER audit_no_truncate ON audit_auditarchive;
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only: % refused', TG_OP
        USING ERRCODE = '42501', CONSTRAINT = 'audit_append_only';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_row_history")]

    operations = [migrations.RunSQL(SQL, UNDO)]
