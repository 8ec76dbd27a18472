"""An export that imports again: the number of each record, what an import fills, when it was changed, and the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from governance.kit.cells import plain_of
from governance.kit.imports.heads import Column, columns_of, imports_of, number_heading, seen_heading
from governance.kit.imports.parsing import normal
from governance.kit.privacy import Classification, classification_of


class Again:
    """The rows of a table as a file that an import of the same listing reads as unchanged."""

    def __init__(self, listing: Any, table: Any) -> None:
        self.listing, self.table = listing, table

    def export_rows(self) -> Iterator[list[Any]]:
        """Yield the headings, then the values of each record."""
        if imports_of(self.listing) is None:
            yield from self.table.export_rows()
            return
        columns = list(self._columns())
        seen = any(field.name == "changed_at" for field in self.listing.model._meta.concrete_fields)
        taken = {normal(column.heading) for column in columns} | {normal(seen_heading()), normal(number_heading())}
        rest = [
            column
            for column in self.table.columns
            if not column.column.exclude_from_export and normal(str(column.header)) not in taken
        ]
        head = [number_heading(), *(column.heading for column in columns), *([seen_heading()] if seen else [])]
        yield [*head, *(str(column.header) for column in rest)]
        cells = [plain_of(column) for column in rest]
        related = {column.name for column in columns if column.is_relation}
        rows = self.table.data.data
        rows = rows.select_related(*related) if related else rows
        for record in rows.iterator(chunk_size=2000):
            own = [str(record.pk), *(column.told(record) for column in columns)]
            if seen:
                own.append(timezone.localtime(record.changed_at).isoformat(" "))
            yield own + [cell(record) for cell in cells]

    def _columns(self) -> Iterator[Column]:
        """Yield what an import fills and a file may hold: nothing sensitive, nothing personal that is not meant to."""
        known = classification_of(self.listing.model)
        personal = bool(getattr(self.listing.table._meta, "personal", False)) or bool(
            getattr(getattr(self.listing.table, "Meta", None), "personal", False)
        )
        for column in columns_of(self.listing):
            several = column.reference is not None and len(column.reference.columns) > 1
            if column.sealed or several:
                continue
            if known.get(column.name) is Classification.PERSONAL and not personal:
                continue
            yield column
