"""Whole lists: asked for, made by a worker once somebody else has agreed, handed to who asked, and taken away again."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.signing import Signer
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from governance.desk.models import ExportRequest
from governance.desk.models.export import kept_at
from governance.kit import fullexport, jobs, messages, records
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.export import write_workbook
from governance.kit.files import discard
from governance.kit.jobs import Progress
from governance.kit.listing import LISTINGS, Listing
from governance.kit.masks import holds_number
from governance.kit.messages import Kind
from governance.kit.refusals import missing
from governance.kit.scoping import Scope

JOB = "desk.full_export"
UNDECIDED = timedelta(days=7)  # a request that nobody decides on ends after this
_S = ExportRequest.State


def listing_called(label: str) -> Listing | None:
    """Return the list with this label, where it has something to export whole."""
    found = next((each for each in LISTINGS.values() if each.label == label and "page" in each.surfaces), None)
    return found if found is not None and fullexport.permissions(found) else None


def request(*, by: Any, listing: Listing, asked: QueryDict, purpose: str, note: str) -> ExportRequest:
    """Ask for a whole list with the filters of its page."""
    if not fullexport.may_have(listing, by):
        raise missing(by, fullexport.lacking(listing, by), first=_("您的岗位不能申请导出完整信息。"))
    if holds_number(note):
        raise DomainError(_("事由会长期保存，请不要写证件、电话等号码。"), code="note", field="note")
    query = fullexport.query_of(listing, asked)
    expected = _counted(listing, by, query)
    wanted = ExportRequest(
        listing=listing.label,
        noun=str(listing.model._meta.verbose_name_plural)[:80],
        query=query,
        purpose=purpose,
        note=note.strip(),
        region=by.region,
        by=by,
        expected=expected,
    )
    return records.add(wanted, by=by)


def follow(event: Event) -> None:
    """Start the work when a request is approved, tell who asked when it is refused; inside the transaction of both."""
    wanted = event.record
    if not isinstance(wanted, ExportRequest):
        return
    if event.action.endswith(".approve"):
        title = _("完整导出：%(noun)s") % {"noun": wanted.noun}
        job = jobs.start(JOB, title=title, by=wanted.by, region=wanted.region, request=wanted.pk)
        ExportRequest.objects.filter(pk=wanted.pk).update(job=job)
    elif event.action.endswith(".refuse"):
        title = _("完整导出未批准：%(noun)s") % {"noun": wanted.noun}
        key, url = f"export:{wanted.pk}", wanted.get_absolute_url()
        messages.tell(users=[wanted.by], kind=Kind.FAILED, key=key, title=title, text=wanted.reason, url=url)


def carry_out(key: int, *, by: Any, progress: Progress) -> dict[str, Any]:
    """Make the file of an approved request, with the rights that who asked has now; return the report of the job."""
    wanted = ExportRequest.objects.select_related("by").get(pk=key)
    listing = listing_called(wanted.listing)
    if wanted.state != _S.APPROVED:
        return {}
    if listing is None or not fullexport.may_have(listing, by):
        raise DomainError(_("申请人的岗位已不能导出这些信息，没有生成文件。"))
    _counted(listing, by, wanted.query)
    now = timezone.now()
    whole = fullexport.Whole(
        listing, fullexport.rows_of(listing, by, wanted.query), QueryDict(wanted.query).get("sort", "")
    )
    with TemporaryFile() as file:
        progress(_("写入文件"))
        rows = write_workbook(file, whole, mark=_mark(wanted, now))
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        name = default_storage.save(kept_at(wanted, ""), File(file))
    try:
        with transaction.atomic():
            _ready(wanted, name=name, rows=rows, sha256=sha256, by=by, now=now)
    except Exception:
        discard({name})
        raise
    return {"rows": rows, "reach": fullexport.reach(listing, by)}


def _ready(wanted: ExportRequest, *, name: str, rows: int, sha256: str, by: Any, now: Any) -> None:
    values = {"rows": rows, "sha256": sha256, "expires_at": now + timedelta(hours=settings.FULL_EXPORT_HOURS)}
    taken = ExportRequest.objects.filter(pk=wanted.pk, state=_S.APPROVED).update(
        state=_S.READY, file=name, ready_at=now, changed_at=now, **values
    )
    if not taken:
        raise DomainError(_("这个申请已经处理过了。"))
    told = {"rows": rows, "sha256": sha256, "expires_at": values["expires_at"].isoformat()}
    emit(Event("desk.exportrequest.ready", by, wanted, wanted.region.path, after=told))


def _mark(wanted: ExportRequest, now: Any) -> str:
    """Return what says whose file it is."""
    values = {
        "user": wanted.by,
        "login": wanted.by.username,
        "time": timezone.localtime(now).strftime("%Y-%m-%d %H:%M"),
        "number": wanted.pk,
        "purpose": wanted.get_purpose_display(),
    }
    return (
        _("含个人敏感信息，仅供 %(user)s（%(login)s）用于%(purpose)s，%(time)s 导出，申请编号 %(number)s，不得转发")
        % values
    )


def _counted(listing: Listing, by: Any, query: str) -> int:
    rows = fullexport.rows_of(listing, by, query)
    count = rows.order_by()[: settings.FULL_EXPORT_ROWS + 1].count()
    if not count:
        raise DomainError(_("没有符合条件的记录可以导出。"))
    if count > settings.FULL_EXPORT_ROWS:
        text = _("一次最多导出 %(number)d 行完整信息，请缩小范围。")
        raise DomainError(text % {"number": settings.FULL_EXPORT_ROWS})
    return count


def token_of(wanted: ExportRequest) -> str:
    """Return what makes the address of a file unguessable: it holds for this request, this person and this time."""
    told = f"{wanted.pk}:{wanted.by_id}:{wanted.expires_at and wanted.expires_at.isoformat()}"
    return Signer(salt="desk.export").signature(told)


def _still_reaches(wanted: ExportRequest, listing: Listing, by: Any) -> bool:
    """Return whether who asked may see all places of the file still: a post may have ended since it was made."""
    now = Scope.over(fullexport.reach(listing, by))
    made_of = wanted.job.report.get("reach") if wanted.job is not None else None
    return all(now.covers(path) for path in made_of or [wanted.region.path])


def fetch(wanted: ExportRequest, token: str, *, by: Any) -> Any:
    """Return the open file for who asked for it, as long as it holds; None for everybody else."""
    now = timezone.now()
    if wanted.by_id != by.pk or not constant_time_compare(token, token_of(wanted)):
        return None
    if wanted.state != _S.READY or wanted.expires_at is None or wanted.expires_at <= now:
        return None
    listing = listing_called(wanted.listing)
    if listing is None or not fullexport.may_have(listing, by) or not _still_reaches(wanted, listing, by):
        raise PermissionDenied(_("您的岗位已不能下载这个文件：它含有您现在的岗位以外的记录。请用现在的岗位另行申请。"))
    emit(Event("desk.exportrequest.download", by, wanted, wanted.region.path, after={"sha256": wanted.sha256}))
    return default_storage.open(str(wanted.file.name))


def expire() -> int:
    """Take away the files whose time is over, and end what nobody decided on or nothing came of; return how many."""
    now = timezone.now()
    over = Q(state=_S.READY, expires_at__lte=now)
    over |= Q(state=_S.REQUESTED, requested_at__lte=now - UNDECIDED)
    over |= Q(state=_S.APPROVED, decided_at__lte=now - timedelta(hours=settings.FULL_EXPORT_HOURS))
    ended = 0
    for wanted in ExportRequest.objects.filter(over).order_by("pk"):
        with transaction.atomic():
            name = wanted.file.name
            taken = ExportRequest.objects.filter(pk=wanted.pk, state=wanted.state).update(
                state=_S.EXPIRED, file="", changed_at=now
            )
            if taken:
                emit(
                    Event("desk.exportrequest.expire", None, wanted, wanted.region.path, before={"state": wanted.state})
                )
                transaction.on_commit(lambda name=name: discard({name} if name else set()))  # type: ignore[misc]
            ended += taken
    return ended
