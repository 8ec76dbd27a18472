"""What the desk keeps aside about a person whose data are deleted: staged rows of imports, and searches for her name."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, quote_plus

from django.db.models import Model, Q

from governance.desk.models import ExportRequest, ImportRow, SavedFilter


def forget_person(keys: Mapping[type[Model], set[int]], texts: set[str]) -> None:
    """Empty what imports have brought for these records, and every kept search for one of the texts."""
    for model, own in keys.items():
        rows = ImportRow.objects.filter(batch__listing=model._meta.label_lower, target__in=own)
        rows.update(cells=[], values={}, errors={}, before={})
    SavedFilter.objects.filter(pk__in=_looking_for(SavedFilter, texts)).delete()
    ExportRequest.objects.filter(pk__in=_looking_for(ExportRequest, texts)).update(query="")


def _looking_for(model: type[SavedFilter] | type[ExportRequest], texts: set[str]) -> list[int]:
    """Return the keys of the rows that look for one of the texts, in whatever filter."""
    named = Q(pk__in=())
    for text in texts:
        named |= Q(query__contains=quote_plus(text))
    found = model.objects.filter(named).values_list("pk", "query")
    return [key for key, query in found if any(text in value for _name, value in parse_qsl(query) for text in texts)]
