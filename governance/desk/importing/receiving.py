"""A file is kept, and checked at once when it is small; a larger one is left to a worker."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.desk.importing.checking import check
from governance.desk.importing.confirming import confirm
from governance.desk.models import ImportBatch
from governance.kit import jobs
from governance.kit.errors import DomainError
from governance.kit.files import MIB, forget, stored_files
from governance.kit.imports import store
from governance.kit.imports.heads import imports_of
from governance.kit.imports.reading import rows_about
from governance.kit.listing import LISTINGS, Listing
from governance.kit.scoping import permission
from governance.kit.wording import inside
from governance.regions.models import Region

AT_ONCE = 500  # rows that a page may check or write itself

S = ImportBatch.State


class Imports(store.Batches):
    """Keeps imports as rows of `desk.ImportBatch`."""

    def receive(self, listing: Any, file: Any, *, by: Any, keep: Mapping[str, Any] | None = None) -> ImportBatch:
        """Keep the file and check it."""
        data = file.read()
        file.seek(0)
        noun = listing.model._meta.verbose_name
        batch = ImportBatch.objects.create(
            listing=listing.model._meta.label_lower,
            noun=str(noun),
            file=file,
            name=file.name[-200:],
            sha256=hashlib.sha256(data).hexdigest(),
            by=by,
            region=home_of_imports(listing, by),
            keep_region=(keep or {}).get("region"),
            keep_since=(keep or {}).get("since"),
        )
        if len(data) <= MIB and rows_about(data) <= AT_ONCE:
            check(batch.pk, by=by)
        else:
            _start(
                batch, "desk.check_import", [S.UPLOADED], S.CHECKING, _("核对导入：%(noun)s") % {"noun": inside(noun)}
            )
        batch.refresh_from_db()
        return batch


def listing_or_none(batch: ImportBatch) -> Listing | None:
    """Return the listing that the batch fills; None where it has no import any more."""
    try:
        listing = LISTINGS.get(apps.get_model(batch.listing))
    except LookupError:  # a kind of record that the portal no longer has
        return None
    return listing if listing is not None and imports_of(listing) is not None else None


def home_of_imports(listing: Any, by: Any) -> Region:
    """Return where an import of `by` is at home: her own region, or the first root of where she may add."""
    scope = by.scope_for(permission(listing.model, "add"))
    return by.region if scope.covers(by.region.path) else Region.objects.get(path=scope.paths[0])


def check_again(batch: ImportBatch, *, by: Any) -> None:
    """Check a file once more: what is stored has changed, or the check did not come to an end."""
    _require_own(batch, by)
    if not batch.file:
        raise DomainError(_("文件已经清除，请重新上传。"))
    if batch.rows <= AT_ONCE and batch.rows:
        check(batch.pk, by=by)
    else:
        states = [S.UPLOADED, S.CHECKING, S.CHECKED, S.FAILED]
        _start(batch, "desk.check_import", states, S.CHECKING, _("核对导入：%(noun)s") % {"noun": batch.noun})


def start_confirm(batch: ImportBatch, *, by: Any, without_refused: bool) -> None:
    """Write what was checked; of two at once the second is told so. With refused rows she must say so."""
    _require_own(batch, by)
    if not (batch.added or batch.changed):
        raise DomainError(_("没有要写入的行。"))
    if batch.refused and not without_refused:
        raise DomainError(_("有 %(count)s 行有错。请改好再传，或勾选只导入没有错误的行。") % {"count": batch.refused})
    with transaction.atomic():
        claimed = ImportBatch.objects.filter(pk=batch.pk, state=S.CHECKED).update(
            state=S.CONFIRMING, reason="", changed_at=timezone.now()
        )
        if not claimed:
            raise DomainError(_("这次导入已经在写入，或者已经结束。"), code="wrong_state")
        if batch.rows > AT_ONCE:
            title = _("写入导入：%(noun)s") % {"noun": batch.noun}
            _start(batch, "desk.confirm_import", [S.CONFIRMING], S.CONFIRMING, title)
    if batch.rows <= AT_ONCE:
        confirm(batch.pk, by=by)


def drop(batch: ImportBatch, *, by: Any) -> None:
    """Give an import up: nothing was written, and the file and its rows go."""
    _require_own(batch, by)
    with transaction.atomic():
        now = timezone.now()
        states = [S.UPLOADED, S.CHECKING, S.CHECKED, S.FAILED]
        dropped = ImportBatch.objects.filter(pk=batch.pk, state__in=states).update(
            state=S.DROPPED, finished_at=now, forgotten_at=now, changed_at=now, reason=""
        )
        if not dropped:
            raise DomainError(_("这次导入已经在写入，或者已经结束。"), code="wrong_state")
        batch.lines.all().delete()
        forget(stored_files(batch))
        ImportBatch.objects.filter(pk=batch.pk).update(file="")


def _start(batch: ImportBatch, task: str, states: list[S], state: S, title: str) -> None:
    """Claim a batch in one of `states` for a worker; one that was written or given up meanwhile stays so."""
    with transaction.atomic():
        claimed = ImportBatch.objects.filter(pk=batch.pk, state__in=states)
        if not claimed.update(state=state, reason="", changed_at=timezone.now()):
            raise DomainError(_("这次导入已经结束，请重新上传。"))
        job = jobs.start(task, title=title[:200], by=batch.by, region=batch.region, batch=batch.pk)
        ImportBatch.objects.filter(pk=batch.pk).update(job=job)


def _require_own(batch: ImportBatch, by: Any) -> None:
    if batch.by_id != by.pk:
        raise DomainError(_("只有上传文件的人可以办理这次导入。"))
