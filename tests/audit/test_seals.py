"""Seals: what was altered, removed, inserted or reordered behind the application's back is found, by whomever."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from governance.audit import archiving, sealing
from governance.audit.models import AuditArchive, AuditEvent, AuditSeal, RowChange
from governance.audit.verifying import verify
from governance.kit.events import Event, emit
from governance.regions.models import Facility
from tests.factories.places import Tree

pytestmark = pytest.mark.django_db(transaction=True)
OLD = timezone.now() - timedelta(days=500)


@pytest.fixture(autouse=True)
def nobody_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pass over transactions of other databases of the server: tests that run beside these have theirs for minutes."""
    real = sealing._horizon

    def own(cursor: Any) -> int:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL"
            " AND pid <> pg_backend_pid()"
        )
        if cursor.fetchone()[0]:
            return real(cursor)
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])

    monkeypatch.setattr(sealing, "_horizon", own)


def seal() -> AuditSeal:
    """Seal everything."""
    made = sealing.seal()
    assert verify().unsealed == 0
    return made or AuditSeal.objects.latest("pk")


def written(tree: Tree, *names: str) -> None:
    for name in names:
        Facility.objects.create(region=tree.community, kind="social_work_room", name=name, since=date(2024, 1, 1))
        emit(Event(f"test.{name}", None))


@pytest.fixture
def sealed(tree: Tree) -> AuditSeal:
    written(tree, "甲", "乙")
    seal()
    written(tree, "丙", "丁")
    made = seal()
    assert verify().problems == []
    return made


@pytest.fixture
def by_hand() -> Iterator[Any]:
    """A superuser's session beside the application, without triggers."""
    given = connection.get_connection_params()
    session = psycopg2.connect(**{n: given[n] for n in ("dbname", "user", "password", "host", "port") if given.get(n)})
    session.autocommit = True
    with session.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor
    session.close()


def problems() -> str:
    return "\n".join(verify().problems)


def test_the_chain_holds_and_says_how_young_it_is(sealed: AuditSeal) -> None:
    report = verify()
    assert (report.seals, report.digest, report.unsealed) == (AuditSeal.objects.count(), sealed.digest, 0)
    assert report.rows == AuditEvent.objects.count() + RowChange.objects.count()
    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert sealed.digest in said.getvalue()
    assert "秒前" in said.getvalue()
    assert sealing.seal() is None  # there is nothing new


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_rowchange SET after = jsonb_set(after, '{name}', '\"改\"') WHERE id = %(change)s", "被改动"),
        ("UPDATE audit_rowchange SET actor_id = 1 WHERE id = %(change)s", "被改动"),
        ("UPDATE audit_auditevent SET actor_name = '别人' WHERE id = %(event)s", "被改动"),
        ("UPDATE audit_auditevent SET at = at + interval '1 microsecond' WHERE id = %(event)s", "被改动"),
        ("DELETE FROM audit_rowchange WHERE id = %(change)s", "被删除"),
        ("DELETE FROM audit_auditevent WHERE id = %(event)s", "被删除"),
    ],
)
def test_a_touched_row_is_named(statement: str, said: str, sealed: AuditSeal, by_hand: Any) -> None:
    keys = {"change": RowChange.objects.earliest("pk").pk, "event": AuditEvent.objects.earliest("pk").pk}
    by_hand.execute(statement, keys)
    assert by_hand.rowcount == 1
    key = keys["change" if "rowchange" in statement else "event"]
    assert f"#{key} {said}" in problems()
    assert len(verify().problems) == 1
    with pytest.raises(SystemExit) as left:
        call_command("verify_audit", stdout=StringIO())
    assert left.value.code == 1


def test_an_inserted_row_is_named(sealed: AuditSeal, by_hand: Any) -> None:
    by_hand.execute(
        "INSERT INTO audit_auditevent (at, actor_name, surface, action, model, record_id, record_name, region_path,"
        " before, after, transaction) SELECT at, '伪造', surface, action, model, record_id, record_name, region_path,"
        " before, after, transaction FROM audit_auditevent ORDER BY id LIMIT 1 RETURNING id"
    )
    assert f"#{by_hand.fetchone()[0]} 是后来插入的" in problems()


def test_reordered_rows_are_found(sealed: AuditSeal, by_hand: Any) -> None:
    one, other = AuditEvent.objects.order_by("pk").values_list("pk", flat=True)[:2]
    for old, new in ((one, -1), (other, one), (-1, other)):
        by_hand.execute("UPDATE audit_auditevent SET id = %s WHERE id = %s", [new, old])
    assert f"#{one} 被改动" in problems()
    assert f"#{other} 被改动" in problems()


def test_a_missing_seal_is_found(sealed: AuditSeal, by_hand: Any) -> None:
    by_hand.execute("DELETE FROM audit_auditseal WHERE id = %s", [AuditSeal.objects.earliest("pk").pk])
    assert "没有接在前一个上" in problems()


def test_a_seal_made_without_the_key_is_found(sealed: AuditSeal, by_hand: Any) -> None:
    by_hand.execute("UPDATE audit_auditevent SET action = 'x' WHERE id = %s", [AuditEvent.objects.latest("pk").pk])
    above = {"event": sealed.after_event, "change": sealed.after_change}
    stretch = sealing.Stretch(sealed.from_transaction, sealed.to_transaction, above, sealing.ALL)
    with transaction.atomic():
        rows = list(sealing.rows_of(stretch))
    digest = sealing.digest_of(sealed.previous, (row.digest for row in rows))
    prints = b"".join(row.print for row in rows)
    by_hand.execute("UPDATE audit_auditseal SET digest = %s, prints = %s WHERE id = %s", [digest, prints, sealed.pk])
    assert "签名不对" in problems()


def test_a_chain_that_was_cut_off_lacks_what_was_noted_elsewhere(sealed: AuditSeal, by_hand: Any) -> None:
    assert verify(sealed.digest).problems == []
    by_hand.execute("DELETE FROM audit_auditseal WHERE id = %s", [sealed.pk])
    by_hand.execute("DELETE FROM audit_rowchange WHERE transaction >= %s", [sealed.from_transaction])
    by_hand.execute("DELETE FROM audit_auditevent WHERE transaction >= %s", [sealed.from_transaction])
    assert "另存的校验值不在链上" in "\n".join(verify(sealed.digest).problems)


def test_a_row_that_is_committed_late_falls_between_no_seals(tree: Tree, by_hand: Any) -> None:
    given = connection.get_connection_params()
    late = psycopg2.connect(**{n: given[n] for n in ("dbname", "user", "password", "host", "port") if given.get(n)})
    with late.cursor() as cursor:  # takes its keys first and is committed last
        cursor.execute("UPDATE regions_region SET name = '晚' WHERE id = %s", [tree.next_street.pk])
        written(tree, "早")
        sealing.seal()
        report = verify()
        assert report.problems == []
        assert report.unsealed > 0  # what was written after the late one began waits for it
        late.commit()
    late.close()
    seal()
    report = verify()
    assert (report.problems, report.unsealed) == ([], 0)
    change = RowChange.objects.get(table_name="regions_region", operation="update")
    assert any(each.from_transaction <= change.transaction < each.to_transaction for each in AuditSeal.objects.all())


def test_numbers_of_transactions_that_begin_anew_are_sealed_all_the_same(
    sealed: AuditSeal, tree: Tree, by_hand: Any
) -> None:
    # as after a restore into a server that has seen less
    by_hand.execute(
        "UPDATE audit_auditseal SET to_transaction = to_transaction + 1000000000 WHERE id = %s", [sealed.pk]
    )
    written(tree, "新服务器")
    seal()
    report = verify()
    assert (report.problems, report.unsealed) == ([], 0)
    assert AuditSeal.objects.latest("pk").after_event > 0
    written(tree, "再一个")
    seal()
    assert verify().problems == []


def age(by_hand: Any, day: Any) -> None:
    """Have everything that is there be written at `day`, before it is sealed."""
    by_hand.execute("UPDATE audit_rowchange SET at = %s", [day])
    by_hand.execute("UPDATE audit_auditevent SET at = %s", [day])


@pytest.fixture
def archived(tree: Tree, by_hand: Any) -> AuditArchive:
    written(tree, "旧")
    age(by_hand, OLD)
    seal()
    written(tree, "新")
    seal()
    (made,) = archiving.archive()
    return made


def test_old_months_move_to_files_that_still_verify(archived: AuditArchive, by_hand: Any) -> None:
    assert not RowChange.objects.filter(at__lt=timezone.now() - timedelta(days=1)).exists()
    assert RowChange.objects.filter(after__name="新").exists()
    text = gzip.decompress((archiving.folder() / archived.name).read_bytes()).decode()
    assert "旧" in text
    report = verify()
    assert (report.problems, report.archives) == ([], 1)
    assert report.rows >= archived.events + archived.changes
    assert archiving.archive() == []


def test_a_touched_file_is_found(archived: AuditArchive) -> None:
    path: Path = archiving.folder() / archived.name
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace("旧".encode(), "改".encode())))
    assert "归档文件被改动" in problems()
    path.unlink()
    assert "归档文件不在" in problems()


def test_a_touched_file_with_its_checksum_is_found(archived: AuditArchive, by_hand: Any) -> None:
    path: Path = archiving.folder() / archived.name
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace("旧".encode(), "改".encode())))
    by_hand.execute("UPDATE audit_auditarchive SET sha256 = %s", [archiving.sha256_of(path)])
    assert "对不上" in problems()


def test_a_row_put_where_all_has_moved_to_files_is_found(archived: AuditArchive, by_hand: Any) -> None:
    by_hand.execute("UPDATE audit_rowchange SET transaction = 1 WHERE id = %s", [RowChange.objects.latest("pk").pk])
    assert "那段时间已经归档" in problems()


def test_what_was_touched_is_not_archived(tree: Tree, by_hand: Any) -> None:
    written(tree, "旧")
    age(by_hand, OLD)
    seal()
    by_hand.execute("UPDATE audit_auditevent SET actor_name = '别人'")
    with pytest.raises(archiving.Touched):
        archiving.archive()
    assert not AuditArchive.objects.exists()
    assert AuditEvent.objects.exists()


def test_young_rows_do_not_leave(sealed: AuditSeal, settings: Any) -> None:
    assert archiving.archive() == []
    settings.AUDIT_DAYS = 179
    with pytest.raises(ImproperlyConfigured):
        archiving.archive()
