"""Records that the rows of an import name, such as persons: made before the rows are written, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

from governance.desk.models import ImportBatch, ImportRow
from governance.kit.imports.naming import Link, names_of
from governance.kit.listing import Listing

V = ImportRow.Verdict


class NamedRecords:
    """Those of one batch: `make` before its rows are laid out, `tell` when they are written."""

    def __init__(self, batch: ImportBatch, listing: Listing, by: Any) -> None:
        self.batch, self.by, self.model = batch, by, listing.model
        self.names = names_of(listing)
        rows: Any = self.model._default_manager.get_queryset()
        self.path = rows.region_path
        self.role = self.model._meta.label_lower
        self.unseen: Mapping[int, int] = {}

    @property
    def are_there(self) -> bool:
        """Whether a column of the file names such records."""
        return self.names is not None and any(each["kind"] == self.names.field for each in self.batch.columns)

    def make(self) -> dict[int, str]:
        """Find or make what is staged, and put the keys in its place; return reasons of refusals by row."""
        if self.names is None or not self.are_there:
            return {}
        naming, name = self.names.naming, self.names.field
        home = self.model._meta.get_field(self.path.split("__")[0]).column  # type: ignore[union-attr]
        rows = self._rows.filter(values__has_key=name)
        staged = {
            number: (sealed, place or self.batch.region_id)
            for number, sealed, place in rows.values_list("number", f"values__{name}", f"values__{home}")
        }
        new: set[int] = set()
        if staged:
            made = naming.make(staged, by=self.by, batch=self.batch, role=self.role)
            if made.refused:
                return {row: str(reason) for row, reason in made.refused.items()}
            self._put(made.keys, name)
            new = set(made.new)
        named = dict(self._rows.filter(values__has_key=self._column).values_list("number", f"values__{self._column}"))
        unseen = naming.unseen({key for key in named.values() if key is not None and key not in new}, by=self.by)
        self.unseen = {number: key for number, key in named.items() if key in unseen}
        return {}

    def tell(self) -> None:
        """Keep on the trail whom `by` named without seeing her."""
        if self.names is None or not self.unseen:
            return
        targets = dict(self._rows.filter(number__in=self.unseen).values_list("number", "target"))
        written = self.model._base_manager.filter(pk__in=targets.values())
        paths = dict(written.values_list("pk", self.path))
        links = [Link(key, targets[number], paths[targets[number]]) for number, key in sorted(self.unseen.items())]
        self.names.naming.link(links, by=self.by, batch=self.batch, role=self.role)

    @property
    def _rows(self) -> Any:
        return self.batch.lines.filter(verdict__in=(V.NEW, V.CHANGE))

    @property
    def _column(self) -> str:
        assert self.names is not None  # noqa: S101  the callers asked
        return str(self.model._meta.get_field(self.names.field).column)  # type: ignore[union-attr]

    def _put(self, keys: Mapping[int, int], name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE {ImportRow._meta.db_table} AS line SET "values" = '  # noqa: S608
                '(line."values" - %s::text) || jsonb_build_object(%s::text, made.key) '
                "FROM unnest(%s::int[], %s::bigint[]) AS made (number, key) "
                "WHERE line.batch_id = %s AND line.number = made.number",
                [name, self._column, list(keys), list(keys.values()), self.batch.pk],
            )
