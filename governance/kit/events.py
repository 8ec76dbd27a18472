"""Tells that something was done or seen; the audit app registers the sink that keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Model

from governance.kit import origin
from governance.kit.keyring import index_of
from governance.kit.masks import mask_all
from governance.kit.privacy import Classification, classification_of
from governance.kit.sealed import Sealed, SealedField


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to which record, from where, with its values before and after, sensitive ones left out.

    Without a path the event is homed where `by` is: somebody has to be able to read it.
    """

    action: str
    by: Any
    record: Model | None = None
    region_path: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    origin: origin.Origin = field(default_factory=origin.current)


ON_BEHALF = "on_behalf_of"  # what the trail calls the community in whose name a record was written

Sink = Callable[[Event], None]
_sinks: list[Sink] = []


def listen(sink: Sink) -> None:
    """Register a sink; it runs inside the transaction of the act, so an act that cannot be kept does not happen."""
    if sink not in _sinks:
        _sinks.append(sink)


def emit(event: Event) -> None:
    """Hand the event to every sink."""
    home = getattr(event.by, "region", None)
    if not event.region_path and home is not None:
        event = replace(event, region_path=home.path)
    behalf = event.origin.behalf
    if behalf is not None and event.region_path.startswith(behalf.path):
        event = replace(event, after={**event.after, ON_BEHALF: str(behalf)})
    for sink in _sinks:
        sink(event)


def values_of(record: Model) -> dict[str, Any]:
    """Return the record's own values for the trail: never those of sensitive fields.

    Of a sealed text, and of what is personal, it keeps the mask, and a keyed checksum that says whether another one came
    in its place.
    """
    known = classification_of(record._meta.model)
    values: dict[str, Any] = {}
    for column in record._meta.concrete_fields:
        if isinstance(column, SealedField):
            sealed: Sealed | None = getattr(record, column.attname)
            values[column.name] = None if sealed is None else _told(str(sealed), sealed.open())
            continue
        if known.get(column.name, Classification.SENSITIVE) is Classification.SENSITIVE:
            continue  # what nobody classified counts as sensitive
        value = getattr(record, column.attname)
        if known[column.name] is Classification.PERSONAL and not column.is_relation:
            shown = getattr(record, f"get_{column.name}_display", None) if isinstance(value, str) else None
            mask = str(shown()) if shown is not None and not column.choices else ""
            mask = mask if "*" in mask else mask_all("")  # another display says what the value says
            values[column.name] = value if value in (None, "") else _told(mask, str(value))
            continue
        values[column.name] = value if isinstance(value, bool | int | None) else str(value)
    return values


def _told(mask: str, text: str) -> str:
    return f"{mask} #{index_of(text, 'trail').hex()[:8]}"


def difference(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return only what differs, before and after."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}
