"""Imports whose process was killed while it checked or wrote them: they wait again for who uploaded them.

Nothing was written: a check and a confirmation are one transaction each. Those of a worker are sent again by their job.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.desk.models import ImportBatch, Job

SILENCE = timedelta(minutes=15)  # a page checks or writes some hundred rows within seconds

S = ImportBatch.State


def release() -> int:
    """Give back the imports that nobody works at any more; return how many."""
    lost = ImportBatch.objects.filter(
        state__in=[S.UPLOADED, S.CHECKING, S.CONFIRMING], changed_at__lt=timezone.now() - SILENCE
    ).exclude(job__status__in=[Job.Status.PENDING, Job.Status.RUNNING])
    with transaction.atomic():
        # one that is being written at this moment is locked, and not lost
        keys = list(lost.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True))
        found, now = ImportBatch.objects.filter(pk__in=keys), timezone.now()
        reason = _("处理中断，没有写入任何数据。请重新核对。")
        confirmed = found.filter(state=S.CONFIRMING).update(state=S.CHECKED, reason=reason, changed_at=now)
        return confirmed + found.exclude(state=S.CHECKED).update(state=S.FAILED, reason=reason, changed_at=now)
