"""What is staged and not yet written holds sealed texts as well: they follow when the keys are replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from governance.desk.models import ImportBatch, ImportRow
from governance.kit import keyring
from governance.kit.imports.naming import names_of
from governance.kit.keyring import Unreadable
from governance.kit.listing import LISTINGS, Listing
from governance.kit.rotation import BATCH, Turn
from governance.kit.sealed import SealedField

_HEX = "\\x"  # as the database writes bytes in JSON


class StagedRows:
    """The rows of imports whose contents are still there."""

    label = ImportRow._meta.label_lower

    def size(self) -> int:
        """Return how many there are."""
        return sum(self._rows(listing).count() for listing in self._listings())

    def turn(self, say: Callable[[int], None], *, write: bool) -> Turn:
        """Go through them list by list."""
        found = Turn()
        for listing in self._listings():
            last = 0
            while rows := list(self._rows(listing).filter(pk__gt=last).values_list("pk", "values")[:BATCH]):
                last = rows[-1][0]
                found.seen += len(rows)
                old = [key for key, values in rows if self._is_old(listing, key, values, found)]
                renewed = self._renew(listing, old) if write and old else 0
                found.renewed += renewed
                found.older += len(old) - renewed
                say(found.seen)
        return found

    def _listings(self) -> list[Listing]:
        there = set(ImportBatch.objects.filter(forgotten_at=None).values_list("listing", flat=True).distinct())
        return [each for each in LISTINGS.values() if each.label in there and (_columns(each) or names_of(each))]

    def _rows(self, listing: Listing) -> QuerySet[Any]:
        return ImportRow.objects.filter(batch__listing=listing.label, batch__forgotten_at=None).order_by("pk")

    def _is_old(self, listing: Listing, key: int, values: dict[str, Any], found: Turn) -> bool:
        try:
            return _anew(listing, values) != values
        except Unreadable:
            found.unreadable.append(key)
            return False

    def _renew(self, listing: Listing, keys: list[int]) -> int:
        with transaction.atomic():
            free = ImportRow.objects.filter(pk__in=keys).order_by("pk")
            rows = list(free.select_for_update(of=("self",), skip_locked=True))
            for row in rows:
                row.values = _anew(listing, row.values)
            return ImportRow.objects.bulk_update(rows, ["values"], batch_size=200)


def _columns(listing: Listing) -> dict[str, SealedField]:
    fields = (each for each in listing.model._meta.concrete_fields if isinstance(each, SealedField))
    return {str(each.column): each for each in fields}


def _anew(listing: Listing, values: dict[str, Any]) -> dict[str, Any]:
    """Return staged values with what is sealed under an older key sealed anew."""
    anew = dict(values)
    for column, sealed in _columns(listing).items():
        text = values.get(column)
        token = bytes.fromhex(text.removeprefix(_HEX)) if isinstance(text, str) else b""
        if token and not keyring.is_current(token):
            anew[column] = _HEX + keyring.seal(keyring.unseal(token, sealed.label), sealed.label).hex()
    names = names_of(listing)
    if names is not None and isinstance(values.get(names.field), str):
        anew[names.field] = names.naming.renewed(values[names.field])
    return anew
