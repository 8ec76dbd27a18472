"""Rows copied into a table below all code, as an import of a city does it."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone


def copy_rows(model: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    """COPY rows that all name the same columns; what they leave out of texts is empty."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and not getattr(field, "generated", False)
    ]
    file = StringIO()
    for row in rows:
        values = []
        for field in fields:
            value = row.get(field.attname, field.get_default() if field.has_default() else None)
            if field.attname == "changed_at":
                value = timezone.now()
            if value is None and not field.null:
                value = ""
            values.append("\\N" if value is None else str(value))
        file.write("\t".join(values) + "\n")
    file.seek(0)
    with connection.cursor() as cursor:
        columns = ", ".join(f'"{field.column}"' for field in fields)
        cursor.copy_expert(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN', file)
