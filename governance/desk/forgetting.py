"""What the desk keeps aside about a person whose data are deleted: staged rows of imports, and searches for her name."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote_plus

from django.db.models import Model, Q

from governance.desk.models import ExportRequest, ImportRow, SavedFilter


def forget_person(keys: Mapping[type[Model], set[int]], texts: set[str]) -> None:
    """Empty what imports have brought for these records, and every kept search for one of the texts."""
    for model, own in keys.items():
        rows = ImportRow.objects.filter(batch__listing=model._meta.label_lower, target__in=own)
        rows.update(cells=[], values={}, errors={}, before={})
    named = Q(pk__in=())
    for text in texts:
        named |= Q(query__contains=quote_plus(text)) | Q(query__contains=text)
    SavedFilter.objects.filter(named).delete()
    ExportRequest.objects.filter(named).update(query="")
