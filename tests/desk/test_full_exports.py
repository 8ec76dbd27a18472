"""A list with what is masked elsewhere: asked for, decided by a second person, watermarked, fetched by one, gone in time."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from governance.accounts.models import Post, User
from governance.audit.models import AuditEvent
from governance.desk import exporting
from governance.desk.models import ExportRequest, Job, Message
from governance.kit import fullexport, records
from governance.kit.errors import DomainError
from governance.people.listings import PERSONS
from governance.people.models import Person
from tests.contracts.surfaces import text_of
from tests.factories import make_tree, make_user
from tests.factories.people import make_person
from tests.factories.places import Tree

NUMBER, PHONE = "11010519491231002X", "13812348000"
ASK = "/export-requests/ask/?list=people.person"
S = ExportRequest.State


@pytest.fixture
def person(tree: Tree) -> Person:
    make_person(tree.next_community, "邻街人")
    return make_person(tree.community, "张小三", identity_number=NUMBER, phone=PHONE)


def asked(by: User, filters: str = "", **more: Any) -> ExportRequest:
    given = {"purpose": "service", "note": "重阳节入户走访", "listing": PERSONS} | more
    return exporting.request(by=by, asked=QueryDict(filters), **given)


def made(wanted: ExportRequest, by: User) -> ExportRequest:
    """Approve the request and do what the worker does."""
    records.move(wanted, "approve", by=by)
    exporting.carry_out(wanted.pk, by=wanted.by, progress=lambda message, done=0, total=0: None)
    wanted.refresh_from_db()
    return wanted


def file_of(client: Client, wanted: ExportRequest) -> Any:
    return client.get(f"{wanted.get_absolute_url()}file/{exporting.token_of(wanted)}/")


def events(wanted: ExportRequest) -> list[str]:
    own = AuditEvent.objects.filter(model="desk.exportrequest", record_id=str(wanted.pk)).order_by("pk")
    return [action.rpartition(".")[2] for action in own.values_list("action", flat=True)]


def test_from_the_list_to_the_file(person: Person, street_clerk: User, bureau_admin: User, as_user: Any) -> None:
    clerk, admin = as_user(street_clerk), as_user(bureau_admin)
    address = "/export-requests/ask/?list=people.person&amp;filters=q%3D%25E5%25BC%25A0"
    assert address in text_of(clerk.get("/people/?q=张"))
    url = address.replace("&amp;", "&")
    assert "张小三" not in text_of(clerk.get(url))
    assert clerk.post(url, {"purpose": "service", "note": "看"}).status_code == 400
    assert clerk.post(url, {"purpose": "service", "note": f"核对 {NUMBER}"}).status_code == 400
    assert not ExportRequest.objects.exists()
    answer = clerk.post(url, {"purpose": "service", "note": "重阳节入户走访"})
    wanted = ExportRequest.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, wanted.get_absolute_url())
    assert (wanted.state, wanted.expected, wanted.region) == (S.REQUESTED, 1, street_clerk.region)
    move = f"{wanted.get_absolute_url()}move/approve/"
    assert clerk.post(move, {"seen": wanted.changed_at.isoformat()}).status_code == 403
    assert admin.post(move, {"seen": wanted.changed_at.isoformat()}).status_code == 302
    wanted.refresh_from_db()
    job = Job.objects.get()
    assert (wanted.state, wanted.decided_by, wanted.job) == (S.APPROVED, bureau_admin, job)
    assert (job.name, job.by, job.arguments) == ("desk.full_export", street_clerk, {"request": wanted.pk})
    exporting.carry_out(wanted.pk, by=street_clerk, progress=lambda message, done=0, total=0: None)
    wanted.refresh_from_db()
    page = text_of(clerk.get(wanted.get_absolute_url()))
    assert "搜索：张" in page
    assert f"{wanted.get_absolute_url()}file/{exporting.token_of(wanted)}/" in page
    assert exporting.token_of(wanted) not in text_of(admin.get(wanted.get_absolute_url()))
    response = file_of(clerk, wanted)
    data = b"".join(response.streaming_content)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert hashlib.sha256(data).hexdigest() == wanted.sha256
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert (wanted.rows, len(rows)) == (1, 4)  # the mark, the head, one person, the mark
    assert rows[2][0] == "张*三"
    assert {"张小三", NUMBER, PHONE} <= set(rows[2])
    assert "street_clerk" in str(rows[0][0])
    assert f"申请编号 {wanted.pk}" in str(rows[0][0])
    assert rows[3][0] == rows[0][0]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheet, properties = parts.read("xl/worksheets/sheet1.xml").decode(), parts.read("docProps/core.xml").decode()
    assert sheet.count("street_clerk") == 4  # both cells, the header and the footer of each page
    assert "street_clerk" in properties
    assert events(wanted) == ["add", "approve", "ready", "download"]
    told = str(list(AuditEvent.objects.values_list("before", "after", "record_name")))
    assert not any(secret in told for secret in ("张小三", NUMBER, PHONE))


def test_nobody_else_gets_the_file(
    person: Person, tree: Tree, street_clerk: User, next_street_clerk: User, bureau_admin: User, as_user: Any
) -> None:
    wanted = made(asked(street_clerk), bureau_admin)
    colleague = make_user("colleague", tree.street, "clerk")
    for user in (bureau_admin, next_street_clerk, colleague):
        assert file_of(as_user(user), wanted).status_code == 404
    assert as_user(street_clerk).get(f"{wanted.get_absolute_url()}file/{'x' * 43}/").status_code == 404
    assert "download" not in events(wanted)
    Post.objects.filter(user=street_clerk).update(role="viewer")
    assert file_of(as_user(street_clerk), wanted).status_code == 403


def test_the_second_person_is_somebody_else(person: Person, bureau_admin: User, tree: Tree, as_user: Any) -> None:
    wanted = asked(bureau_admin)
    move = as_user(bureau_admin).post(
        f"{wanted.get_absolute_url()}move/approve/", {"seen": wanted.changed_at.isoformat()}
    )
    assert move.status_code == 409
    assert "由别人审批" in text_of(move)
    with pytest.raises(DomainError, match="由别人审批"):
        records.move(wanted, "approve", by=bureau_admin)
    with pytest.raises(IntegrityError, match="exportrequest_second_person"), transaction.atomic():
        ExportRequest.objects.update(state=S.APPROVED, decided_by=F("by"), decided_at=timezone.now())
    other = make_user("other_admin", tree.county, "bureau_admin")
    assert made(wanted, other).state == S.READY


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("exportrequest_decided_whole", {"state": "lost"}),
        ("exportrequest_decided_whole", {"state": "approved"}),
        ("exportrequest_file_while_ready", {"file": "exports/x.xlsx"}),
    ],
)
def test_the_database_keeps_the_life_of_a_request(
    rule: str, values: dict[str, Any], person: Person, street_clerk: User
) -> None:
    asked(street_clerk)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ExportRequest.objects.update(**values)


def test_a_refusal_has_a_reason_and_is_told(
    person: Person, street_clerk: User, bureau_admin: User, as_user: Any
) -> None:
    wanted = asked(street_clerk)
    records.move(wanted, "refuse", by=bureau_admin, reason="走访用不到证件号码")
    wanted.refresh_from_db()
    assert (wanted.state, wanted.decided_by) == (S.REFUSED, bureau_admin)
    message = Message.objects.get(user=street_clerk)
    assert (message.text, message.url) == ("走访用不到证件号码", wanted.get_absolute_url())
    with pytest.raises(IntegrityError, match="exportrequest_refused_has_reason"), transaction.atomic():
        ExportRequest.objects.update(reason="")


def test_only_who_may_reveal_may_ask_and_only_for_lists_that_mask(
    person: Person, tree: Tree, street_clerk: User, no_post: User, auditor: User, as_user: Any
) -> None:
    viewer = make_user("viewer", tree.street, "viewer")
    for user in (viewer, no_post, auditor):
        assert as_user(user).get(ASK).status_code == 403
        with pytest.raises(PermissionDenied):
            asked(user)
    assert "export-requests/ask" not in text_of(as_user(viewer).get("/people/"))
    assert as_user(street_clerk).get(ASK.replace("people.person", "regions.facility")).status_code == 404
    assert as_user(street_clerk).get(ASK.replace("people.person", "accounts.user")).status_code == 404


def test_rights_that_were_lost_in_the_meantime_stop_it(person: Person, street_clerk: User, bureau_admin: User) -> None:
    wanted = asked(street_clerk)
    records.move(wanted, "approve", by=bureau_admin)
    Post.objects.filter(user=street_clerk).update(role="viewer")
    fresh = User.objects.get(pk=street_clerk.pk)
    with pytest.raises(DomainError, match="已不能导出"):
        exporting.carry_out(wanted.pk, by=fresh, progress=lambda message, done=0, total=0: None)
    assert not ExportRequest.objects.get().file


def test_rows_end_at_the_scope_of_the_right_to_reveal(person: Person, tree: Tree) -> None:
    both = make_user("both", tree.street, "clerk")
    Post.objects.create(user=both, role="viewer", region=tree.county, since=timezone.localdate())
    assert Person.objects.visible_to(both).count() == 2
    assert [row.name for row in fullexport.rows_of(PERSONS, both, "")] == ["张小三"]


def test_a_filter_that_would_be_lost_is_refused(person: Person, street_clerk: User) -> None:
    with pytest.raises(DomainError, match="号码"):
        asked(street_clerk, f"q={PHONE}")
    with pytest.raises(DomainError, match="没有符合条件"):
        asked(street_clerk, "q=王")


def test_there_is_a_most(person: Person, street_clerk: User, settings: Any) -> None:
    settings.FULL_EXPORT_ROWS = 0
    with pytest.raises(DomainError, match="最多导出 0 行"):
        asked(street_clerk)


def test_what_is_over_is_taken_away(person: Person, street_clerk: User, bureau_admin: User, as_user: Any) -> None:
    ready = made(asked(street_clerk), bureau_admin)
    name = str(ready.file.name)
    waiting, forgotten = asked(street_clerk), asked(street_clerk)
    assert exporting.expire() == 0
    past = timezone.now() - timedelta(hours=1)
    ExportRequest.objects.filter(pk=ready.pk).update(ready_at=past - timedelta(hours=24), expires_at=past)
    ready.refresh_from_db()
    assert (
        file_of(as_user(street_clerk), ready).status_code == 404
    )  # the job has not run, the time is over all the same
    ExportRequest.objects.filter(pk=forgotten.pk).update(requested_at=timezone.now() - timedelta(days=8))
    with transaction.atomic():
        assert exporting.expire() == 2
    ready.refresh_from_db()
    waiting.refresh_from_db()
    assert (ready.state, ready.file.name, ready.rows, len(ready.sha256)) == (S.EXPIRED, "", 1, 64)
    assert waiting.state == S.REQUESTED
    assert events(ready)[-1] == "expire"
    gone = as_user(street_clerk).get(f"{ready.get_absolute_url()}file/{exporting.token_of(ready)}/")
    assert gone.status_code == 409
    assert "已过期" in text_of(gone)
    assert name.startswith("exports/")


@pytest.mark.django_db(transaction=True)
def test_the_file_leaves_the_store(settings: Any) -> None:
    tree = make_tree()
    make_person(tree.community, "张小三")
    clerk, admin = make_user("clerk", tree.street, "clerk"), make_user("admin", tree.county, "bureau_admin")
    settings.FULL_EXPORT_HOURS = 1
    ready = made(asked(clerk), admin)
    assert default_storage.exists(str(ready.file.name))
    past = timezone.now() - timedelta(hours=1)
    ExportRequest.objects.update(ready_at=past - timedelta(hours=1), expires_at=past)
    assert exporting.expire() == 1
    assert not default_storage.exists(str(ready.file.name))


def test_an_ordinary_export_stays_masked(person: Person, street_clerk: User, as_user: Any) -> None:
    for kind in ("csv", "xlsx"):
        body = text_of(as_user(street_clerk).get(f"/people/export.{kind}"))
        assert "张*三" in body
        assert not any(secret in body for secret in ("张小三", NUMBER, PHONE))
