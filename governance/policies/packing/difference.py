"""How a pack and the stored policy differ, record by record and field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from governance.kit.wording import listed
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.policies.packing import stored as s
from governance.policies.packing.rows import ClauseRow, IndicatorRow, PackRow, Row


@dataclass(slots=True)
class Change:
    """One record: to be added (no `record` yet), to be changed (`fields`: before and after), or removed (no `row`)."""

    model: type[Model]
    name: str
    row: Row | None = None
    record: Any = None
    owner: Any = None  # the row of the indicator that a new target or fact belongs to, or of the clause of an indicator
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def lines(self) -> Iterator[tuple[str, str, str]]:
        """Yield what a person reads: the record with its field, what was, and what will be (empty for none)."""
        what = f"{self.model._meta.verbose_name} {self.name}"
        if self.record is None or self.row is None:
            yield what, "" if self.record is None else _("有"), "" if self.row is None else _("有")
        for name, (before, after) in self.fields.items():
            label = self.model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            yield f"{what} {label}", said(before), said(after)


@dataclass(slots=True)
class Difference:
    """All changes of one policy."""

    pack: PackRow
    policy: Change
    clauses: list[Change] = field(default_factory=list)
    indicators: list[Change] = field(default_factory=list)
    targets: list[Change] = field(default_factory=list)
    references: list[Change] = field(default_factory=list)

    @property
    def new(self) -> bool:
        """Whether the policy is not stored yet."""
        return self.policy.record is None

    def changes(self) -> list[Change]:
        """Return what will be written."""
        own = [self.policy] if self.new or self.policy.fields else []
        return [*own, *self.clauses, *self.indicators, *self.targets, *self.references]

    def counts(self) -> dict[str, int]:
        """Return how many parts there are of each sort in the pack."""
        rows = list(self.pack.indicators())
        return {
            "clauses": len(self.pack.clauses),
            "indicators": len(rows),
            "targets": sum(len(row.targets) for row in rows),
            "references": sum(len(row.references) for row in rows),
        }


def compare(pack: PackRow, known: s.Stored | None) -> Difference:
    """Return the difference; allocated targets are no part of it."""
    if known is None:
        known = s.Stored(Policy())
        policy = Change(Policy, pack.slug, pack)
    else:
        policy = Change(Policy, pack.slug, pack, known.policy)
        policy.fields = _differing(policy, s.POLICY_FIELDS)
    found = Difference(pack, policy)
    clauses = _matched(pack, known)
    for clause, record in clauses:
        _add(found.clauses, Change(Clause, _short(clause, record), clause, record), s.CLAUSE_FIELDS)
    homes = {record.pk: clause for clause, record in clauses if clause is not None and record is not None}
    indicators = {record.slug: record for record in known.indicators}
    targets, references = s.by_owner(known.targets), s.by_owner(known.references)
    for clause in pack.clauses:
        for row in clause.indicators:
            own = indicators.pop(row.slug, None)
            _indicator(found, row, clause, own, homes)
            key = None if own is None else own.pk
            _parts(found.targets, Target, row, row.targets, targets.get(key or 0, ()), s.TARGET_FIELDS)
            _parts(
                found.references, ReferencePoint, row, row.references, references.get(key or 0, ()), s.REFERENCE_FIELDS
            )
    found.indicators += [Change(Indicator, record.slug, record=record) for record in indicators.values()]
    return found


def _indicator(found: Difference, row: IndicatorRow, clause: ClauseRow, record: Any, homes: dict[int, Any]) -> None:
    change = Change(Indicator, row.slug, row, record, owner=clause)
    if record is not None:
        change.fields = _differing(change, [name for name in s.INDICATOR_FIELDS if name != "clause"])
        if homes.get(record.clause_id) is not clause:
            change.fields["clause"] = (record.clause.quote, clause.fields["quote"])
    if record is None or change.fields:
        found.indicators.append(change)


def _matched(pack: PackRow, known: s.Stored) -> list[tuple[ClauseRow | None, Clause | None]]:
    """Pair clauses of the pack with stored ones: by quote, else by an indicator that stands on both."""
    by_quote = {record.quote: record for record in known.clauses}
    found: dict[int, Clause | None] = {id(row): by_quote.pop(row.fields["quote"], None) for row in pack.clauses}
    left = {record.pk: record for record in by_quote.values()}
    stands = {record.slug: record.clause_id for record in known.indicators}
    for row in pack.clauses:
        if found[id(row)] is None:
            keys = (stands.get(indicator.slug, 0) for indicator in row.indicators)
            found[id(row)] = next((left.pop(key) for key in keys if key in left), None)
    pairs: list[tuple[ClauseRow | None, Clause | None]] = [(row, found[id(row)]) for row in pack.clauses]
    return pairs + [(None, record) for record in left.values()]


def _parts(
    changes: list[Change],
    model: type[Model],
    owner: IndicatorRow,
    rows: Iterable[Row],
    records: Iterable[Any],
    names: Any,
) -> None:
    """Compare the targets or stated facts of one indicator by place and day, facts also by their words."""
    identity = [name for name in names if name in ("region", "due", "on", "text")]
    left = {tuple(s.fields_of(record, identity).values()): record for record in records}
    for row in rows:
        key = tuple(row.fields[name] for name in identity)
        name = " ".join([owner.slug, *(said(value) for value in key if value is not None)])
        _add(changes, Change(model, name, row, left.pop(key, None), owner), names)
    for key, record in left.items():
        name = " ".join([owner.slug, *(said(value) for value in key if value is not None)])
        changes.append(Change(model, name, record=record))


def _add(changes: list[Change], change: Change, names: Iterable[str]) -> None:
    """Keep a change unless nothing differs."""
    if change.row is not None and change.record is not None:
        change.fields = _differing(change, names)
    if change.row is None or change.record is None or change.fields:
        changes.append(change)


def _differing(change: Change, names: Iterable[str]) -> dict[str, tuple[Any, Any]]:
    assert change.row is not None  # noqa: S101  asked by the callers
    before = s.fields_of(change.record, names)
    after = change.row.fields
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


def _short(clause: ClauseRow | None, record: Clause | None) -> str:
    quote = clause.fields["quote"] if clause is not None else record.quote if record is not None else ""
    return f"“{quote}”"


def said(value: Any) -> str:
    """Return a value in words."""
    if value is None or value == "" or value == []:
        return _("（空）")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list):
        return listed(value)
    return value.isoformat() if isinstance(value, date) else str(value)
