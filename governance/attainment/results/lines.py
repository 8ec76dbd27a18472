"""Records of evidence as lines: what every kind of record has in common, for a page, a file and the API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Model, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse

from governance.attainment.sources.evidence import EvidencePart
from governance.kit.listing import LISTINGS
from governance.regions.models import Region

_CHUNK = 2000


@dataclass(frozen=True)
class Line:
    """A record: its model and key, how it is called, its place, the days that matter, what it adds to a sum, its value."""

    model: type[Model]
    id: Any
    label: str
    region: str
    region_name: str
    since: date | None
    until: date | None
    on: date | None
    amount: Any
    value: str | None
    value_name: str
    record: Any

    @property
    def type(self) -> str:
        """The model as programs call it."""
        return self.model._meta.label_lower

    @property
    def type_name(self) -> str:
        """The model in words."""
        return str(self.model._meta.verbose_name)

    @property
    def url(self) -> str | None:
        """The address of the record's page, where there is one."""
        listing = LISTINGS.get(self.model)
        return listing.url("detail", self.record) if listing and "page" in listing.surfaces else None

    @property
    def api_url(self) -> str | None:
        """The address of the record's resource, where there is one."""
        listing = LISTINGS.get(self.model)
        if listing is None or "api" not in listing.surfaces:
            return None
        return reverse(f"api:{listing.name}-detail", kwargs={listing.key: getattr(self.record, listing.key)})


class Lines:
    """The records of several parts, one part after another, in an order that stays; what a paginator asks for."""

    def __init__(self, parts: tuple[EvidencePart, ...]) -> None:
        self.parts = parts
        self._counts = [part.size for part in parts]

    def __len__(self) -> int:
        return sum(self._counts)

    def __getitem__(self, wanted: slice) -> list[Line]:
        """Return the lines of a page; parts that lie outside it are not read."""
        first, end, _step = wanted.indices(len(self))
        found: list[Line] = []
        for part, count in zip(self.parts, self._counts, strict=True):
            if first < count and end > 0:
                rows = _told(part)[max(first, 0) : end]
                found += (_line(part, record) for record in rows)
            first, end = first - count, end - count
        return found

    def all(self) -> Iterator[Line]:
        """Yield every line, a few thousand at a time."""
        for part in self.parts:
            for record in _told(part).iterator(chunk_size=_CHUNK):
                yield _line(part, record)


def _told(part: EvidencePart) -> QuerySet[Any]:
    """Return the records with what a line tells of them, however each model calls it."""
    listing = LISTINGS.get(part.queryset.model)
    rows = listing.table.related_to(part.queryset) if listing else part.queryset
    told: dict[str, Any] = {
        "told_region": f"{part.home}__code" if part.home else "code",
        "told_region_name": f"{part.home}__name" if part.home else "name",
        "told_until": part.until,
        "told_on": part.on,
        "told_amount": part.amount,
        "told_value": part.value,
    }
    told = {name: F(look_up) for name, look_up in told.items() if look_up}
    if part.since:
        told["told_since"] = F(part.since[0]) if len(part.since) == 1 else Greatest(*part.since)
    found: QuerySet[Any] = rows.annotate(**told)
    return found


def _line(part: EvidencePart, record: Any) -> Line:
    told = vars(record)
    value = told.get("told_value") or part.given or None
    return Line(
        model=part.queryset.model,
        id=record.pk,
        label=record.name if isinstance(record, Region) else str(record),
        region=told["told_region"],
        region_name=told["told_region_name"],
        since=told.get("told_since"),
        until=told.get("told_until"),
        on=told.get("told_on"),
        amount=told.get("told_amount"),
        value=value,
        value_name=str(part.names.get(value or "", "")),
        record=record,
    )
