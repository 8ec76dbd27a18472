"""What the database keeps: published notices and given consents never change, and one notice stands at a place."""

from django.db import migrations

# A version that is published takes the place of the one before; its words stay for ever, and so does the row.
NOTICES = """
CREATE FUNCTION privacy_notice_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'a published notice is never removed'
                USING ERRCODE = '23514', CONSTRAINT = 'privacynotice_published_stays';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state <> 'draft' AND (
        (NEW.region_id, NEW.version, NEW.title, NEW.changes, NEW.text, NEW.published_at, NEW.published_by_id)
        IS DISTINCT FROM
        (OLD.region_id, OLD.version, OLD.title, OLD.changes, OLD.text, OLD.published_at, OLD.published_by_id)
        OR NEW.state <> OLD.state AND NOT (OLD.state = 'standing' AND NEW.state = 'former')
    ) THEN
        RAISE EXCEPTION 'a published notice is never changed'
            USING ERRCODE = '23514', CONSTRAINT = 'privacynotice_published_stays';
    END IF;
    IF NEW.state = 'standing' AND (TG_OP = 'INSERT' OR OLD.state = 'draft') THEN
        UPDATE privacy_privacynotice SET state = 'former', changed_at = now()
        WHERE region_id = NEW.region_id AND state = 'standing' AND id <> NEW.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER privacynotice_kept BEFORE INSERT OR UPDATE OR DELETE ON privacy_privacynotice
    FOR EACH ROW EXECUTE FUNCTION privacy_notice_kept();
"""
NOTICES_UNDONE = "DROP TRIGGER privacynotice_kept ON privacy_privacynotice; DROP FUNCTION privacy_notice_kept();"

# Nothing of a consent changes but that it is withdrawn, once, and that who gave it is emptied. A sealed name may be
# sealed anew with another key.
CONSENTS = """
CREATE FUNCTION privacy_consent_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a consent is never removed'
            USING ERRCODE = '23514', CONSTRAINT = 'consent_stays';
    END IF;
    IF (NEW.person_id, NEW.purpose, NEW.basis, NEW.duty, NEW.notice_id, NEW.how, NEW.given_on, NEW.guardian_relation)
        IS DISTINCT FROM (OLD.person_id, OLD.purpose, OLD.basis, OLD.duty, OLD.notice_id, OLD.how, OLD.given_on, OLD.guardian_relation)
        OR OLD.state = 'withdrawn' AND (NEW.state, NEW.withdrawn_on) IS DISTINCT FROM (OLD.state, OLD.withdrawn_on)
        OR OLD.guardian_name IS NULL AND NEW.guardian_name IS NOT NULL
        OR NEW.file NOT IN (OLD.file, '')
    THEN
        RAISE EXCEPTION 'a consent is never changed'
            USING ERRCODE = '23514', CONSTRAINT = 'consent_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consent_kept BEFORE UPDATE OR DELETE ON privacy_consent
    FOR EACH ROW EXECUTE FUNCTION privacy_consent_kept();
"""
CONSENTS_UNDONE = "DROP TRIGGER consent_kept ON privacy_consent; DROP FUNCTION privacy_consent_kept();"


class Migration(migrations.Migration):
    dependencies = (("privacy", "0001_initial"),)
    operations = (
        migrations.RunSQL(NOTICES, NOTICES_UNDONE),
        migrations.RunSQL(CONSENTS, CONSENTS_UNDONE),
    )
