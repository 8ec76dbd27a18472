"""All that the portal holds on a person, as a workbook: every table with a key to her, opened, for herself alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.signing import Signer
from django.db import transaction
from django.db.models import FileField
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from governance.kit import erasing
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.export import write_workbook
from governance.kit.files import discard
from governance.kit.jobs import Progress
from governance.kit.scoping import may
from governance.kit.sealed import BlindIndexField, SealedField
from governance.people.models import Person
from governance.privacy.models import DataSubjectRequest
from governance.privacy.models.request import kept_at

JOB = "privacy.copy"
_S = DataSubjectRequest.State


class Dossier:
    """The rows of a person's copy: table, number, field, value. What is about others is left out."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def export_rows(self) -> Iterator[list[Any]]:
        """Yield the headings, then a line for each value."""
        yield [_("台账"), _("记录"), _("栏目"), _("内容")]
        for holding in erasing.holdings(Person):
            if holding.derived or holding.model is DataSubjectRequest:
                continue
            left_out = self._of_others(holding.model)
            for record in holding.rows(self.person).order_by("pk").iterator(chunk_size=500):
                noun = str(holding.model._meta.verbose_name)
                for field in holding.model._meta.concrete_fields:
                    if field.name in left_out or isinstance(field, BlindIndexField) or not self._told(field):
                        continue
                    value = value_of(record, field)
                    if value != "":
                        yield [noun, str(record.pk), str(field.verbose_name), value]

    @staticmethod
    def _told(field: Any) -> bool:
        return not field.primary_key and field.name not in ("pinyin", "changed_at")

    @staticmethod
    def _of_others(model: Any) -> set[str]:
        from_others = {each.name for each in erasing.private_fields(model)}
        own = {each.name for each in model._meta.concrete_fields if isinstance(each, SealedField)}
        return own - from_others


def value_of(record: Any, field: Any) -> str:
    """Return what a field says, opened."""
    value = getattr(record, field.attname)
    if value is None or value == "":
        return ""
    if isinstance(field, SealedField):
        return str(value.open())
    if isinstance(field, FileField):
        return _("有文件，可另行复制")
    if field.is_relation:
        other = getattr(record, field.name)
        return str(getattr(other, "name", None) or other) if not isinstance(other, Person) else other.name
    shown = getattr(record, f"get_{field.name}_display", None) if field.choices else None
    return str(shown() if shown is not None else value)


def make(key: int, *, by: Any, progress: Progress) -> dict[str, Any]:
    """Make the file of a request and return the report of the job."""
    wanted = DataSubjectRequest.objects.select_related("person", "region").get(pk=key)
    person = wanted.person
    if wanted.state != _S.WORK or person is None:
        raise DomainError(_("这个申请已经处理过了。"))
    if not may(by, "change", wanted):
        raise PermissionDenied(_("您的岗位不能办理这个申请。"))
    now = timezone.now()
    expires = now + timedelta(days=settings.SUBJECT_COPY_DAYS)
    mark = _("个人信息副本，仅交申请人本人；申请编号 %(number)s，%(user)s（%(login)s）%(time)s 生成，不得转发") % {
        "number": wanted.pk, "user": by, "login": by.username, "time": timezone.localtime(now).strftime("%Y-%m-%d %H:%M"),
    }  # fmt: skip
    with TemporaryFile() as file:
        progress(_("写入文件"))
        rows = write_workbook(file, Dossier(person), mark=mark)
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        name = default_storage.save(kept_at(wanted, ""), File(file))
    try:
        with transaction.atomic():
            old = DataSubjectRequest.objects.select_for_update(of=("self",)).get(pk=key)
            taken = DataSubjectRequest.objects.filter(pk=key, state=_S.WORK).update(
                file=name, sha256=sha256, expires_at=expires, changed_at=now
            )
            if not taken:
                raise DomainError(_("这个申请已经处理过了。"))
            told = {"rows": rows, "sha256": sha256, "expires_at": expires.isoformat()}
            emit(Event("privacy.datasubjectrequest.ready", by, wanted, wanted.region.path, after=told))
            transaction.on_commit(lambda: discard({old.file.name} if old.file else set()))
    except Exception:
        discard({name})
        raise
    return {"rows": rows}


def token_of(wanted: DataSubjectRequest) -> str:
    """Return what makes the address of a file unguessable."""
    told = f"{wanted.pk}:{wanted.handler_id}:{wanted.expires_at and wanted.expires_at.isoformat()}"
    return Signer(salt="privacy.copy").signature(told)


def fetch(wanted: DataSubjectRequest, token: str, *, by: Any) -> Any:
    """Return the open file for who prepared it, as long as it holds; None for everybody else."""
    over = wanted.expires_at is None or wanted.expires_at <= timezone.now()
    if not wanted.file or over or wanted.handler_id != by.pk or not constant_time_compare(token, token_of(wanted)):
        return None
    if not may(by, "change", wanted):
        raise PermissionDenied(_("您的岗位已不能下载这个文件。"))
    told = {"sha256": wanted.sha256}
    emit(Event("privacy.datasubjectrequest.download", by, wanted, wanted.region.path, after=told))
    return default_storage.open(str(wanted.file.name))


def expire() -> int:
    """Take away the copies whose time is over; return how many."""
    gone = 0
    for wanted in DataSubjectRequest.objects.filter(expires_at__lte=timezone.now()).exclude(file="").order_by("pk"):
        with transaction.atomic():
            name = wanted.file.name
            same = DataSubjectRequest.objects.filter(pk=wanted.pk, file=name)
            if same.update(file="", changed_at=timezone.now()):
                emit(Event("privacy.datasubjectrequest.expire", None, wanted, wanted.region.path))
                transaction.on_commit(lambda name=name: discard({name}))  # type: ignore[misc]
                gone += 1
    return gone
