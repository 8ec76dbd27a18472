"""What files brought is not kept for ever: the file and the cells go, who changed which record stays."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from governance.desk.models import ImportBatch
from governance.kit.files import forget, stored_files
from governance.kit.imports.heads import columns_of
from governance.kit.listing import LISTINGS

KEPT_DAYS = 30
SEALED_DAYS = 1  # a file with identity numbers that nobody confirms

S = ImportBatch.State


def forget_contents(batch: ImportBatch) -> None:
    """Remove the file and what it said; of written rows the record and its old values stay."""
    with transaction.atomic():
        forget(stored_files(batch))
        if batch.state == S.DONE:
            batch.lines.filter(target=None).delete()
            batch.lines.update(cells=[], values={}, errors={})
        else:
            batch.lines.all().delete()
        batch.file, batch.forgotten_at = "", timezone.now()
        batch.save(update_fields=["file", "forgotten_at", "changed_at"])


def forget_imports() -> int:
    """Forget the contents of old imports; return of how many."""
    now, forgotten = timezone.now(), 0
    sealed = {
        model._meta.label_lower
        for model, listing in LISTINGS.items()
        if any(column.sealed for column in columns_of(listing))
    }
    open_states = [S.UPLOADED, S.CHECKED, S.FAILED]
    for batch in ImportBatch.objects.filter(forgotten_at=None, changed_at__lt=now - timedelta(days=SEALED_DAYS)):
        days = SEALED_DAYS if batch.listing in sealed and batch.state in open_states else KEPT_DAYS
        if batch.changed_at < now - timedelta(days=days):
            forget_contents(batch)
            forgotten += 1
    return forgotten
