"""What the rows of an import point to, asked again when they are written: rights may have gone since the check."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey

from governance.desk.models import ImportBatch, ImportRow
from governance.kit.homes import home_of
from governance.kit.imports.naming import names_of
from governance.kit.listing import Listing

V = ImportRow.Verdict


def points_outside(batch: ImportBatch, listing: Listing, by: Any) -> bool:
    """Return whether a row names a record that `by` may not name any more.

    Homes are asked of what was written. Records that an action finds or makes may be named by whoever knows them.
    """
    names, model = names_of(listing), listing.model
    apart = {home_of(model).split("__")[0], names.field if names is not None else ""}
    given = {each["kind"] for each in batch.columns} - apart
    rows = batch.lines.filter(verdict__in=(V.NEW, V.CHANGE))
    for field in model._meta.concrete_fields:
        if not isinstance(field, ForeignKey) or field.name not in given:
            continue
        related: Any = field.related_model._default_manager.all()
        if not hasattr(related, "nameable_by"):
            continue
        value = f"values__{field.column}"
        keys = set(rows.filter(**{f"{value}__isnull": False}).values_list(value, flat=True).distinct()) - {None}
        if keys and related.nameable_by(by).filter(pk__in=keys).count() < len(keys):
            return True
    return False
