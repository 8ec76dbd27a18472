"""What a change would change: old and new values in words, and what apps foresee of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from django.db.models import Model

from governance.kit import records
from governance.kit.facts import fact_of
from governance.kit.forms import RecordForm
from governance.kit.listing import Listing

# Told the record as it is stored, as it would become, and who asks; returns lines for the page that asks once more.
Preview = Callable[[Any, Any, Any], Iterable[Any]]
_previews: dict[type[Model], list[Preview]] = {}

CONFIRMED = "confirmed"
EDIT = "edit"


def register_preview(model: type[Model], preview: Preview) -> None:
    """Add what an app foresees of a change to records of `model`; it reads and never writes."""
    _previews.setdefault(model, []).append(preview)


def review(listing: Listing, form: RecordForm, record: Model) -> dict[str, Any] | None:
    """Return what the page that asks once more shows, or None with the refusal put on the form. Writes nothing."""
    pair = cast(Any, form.run(cast(Any, records.proposed), record))
    if pair is None:
        return None
    stored, wanted = pair
    rows = differences(listing, stored, wanted, list(form.values()))
    foreseen = _previews.get(listing.model, ()) if rows else ()
    return {
        "record": stored,
        "differences": rows,
        "facts": [fact_of(listing, stored, name) for name in listing.confirm or ()],
        "lines": [line for preview in foreseen for line in preview(stored, wanted, form.user)],
    }


def differences(listing: Listing, stored: Model, wanted: Model, names: Iterable[str]) -> list[dict[str, Any]]:
    """Return label, old and new value in words of every field that differs."""
    found = []
    for name in names:
        if getattr(stored, name) != getattr(wanted, name):
            old, new = fact_of(listing, stored, name), fact_of(listing, wanted, name)
            found.append({"label": old["label"], "before": _with_unit(old), "after": _with_unit(new)})
    return found


def _with_unit(fact: dict[str, Any]) -> Any:
    return f"{fact['value']} {fact['unit']}" if fact["unit"] else fact["value"]
