"""Writes the differences of packs: everything at once, each kind of record with one statement of each sort."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from governance.kit.events import Event, emit
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.policies.packing.difference import Change, Difference, said
from governance.policies.packing.stored import (
    CLAUSE_FIELDS,
    INDICATOR_FIELDS,
    POLICY_FIELDS,
    REFERENCE_FIELDS,
    TARGET_FIELDS,
)
from governance.regions.models import Region

# Rules that hold again once all parts of a policy are written.
_PUT_OFF = "clause_position_once, policies_policy_place, policies_indicator_place, policies_target_place, policies_reference_place"


class Writer:
    """Writes what differs; places are found by code."""

    def __init__(self, regions: Mapping[str, Region]) -> None:
        self.regions = regions
        self.now = timezone.now()
        self.made: dict[int, Any] = {}  # records by the identity of their rows

    def write(self, differences: Sequence[Difference], *, by: Any) -> None:
        """Write all, and tell the trail of every policy that changed. Raises `ProtectedError` for what is in use."""
        changed = [difference for difference in differences if difference.changes()]
        if not changed:
            return
        _constraints("DEFERRED")
        for difference in differences:
            if not difference.new:
                self.made[id(difference.pack)] = difference.policy.record
        self._policies([difference.policy for difference in changed])
        clauses = [(each, change) for each in changed for change in each.clauses]
        indicators = [(each, change) for each in changed for change in each.indicators]
        self._remove(Target, (change for each in changed for change in each.targets))
        self._remove(ReferencePoint, (change for each in changed for change in each.references))
        self._clauses(clauses)
        self._indicators(differences, indicators)
        self._remove(Clause, (change for _each, change in clauses))
        self._parts(Target, [change for each in changed for change in each.targets], TARGET_FIELDS)
        self._parts(ReferencePoint, [change for each in changed for change in each.references], REFERENCE_FIELDS)
        _constraints("IMMEDIATE")
        for difference in changed:
            emit(_event(difference, self.made[id(difference.pack)], by))

    def _policies(self, changes: Iterable[Change]) -> None:
        rows = list(changes)
        made = [(change, Policy(**self._values(change, POLICY_FIELDS))) for change in rows if change.record is None]
        self._add(Policy, made)
        self._update(Policy, rows)

    def _clauses(self, parts: list[tuple[Difference, Change]]) -> None:
        made = [
            (change, Clause(policy=self.made[id(each.pack)], **self._values(change, CLAUSE_FIELDS)))
            for each, change in parts
            if change.record is None
        ]
        self._add(Clause, made)
        self._update(Clause, [change for _each, change in parts])

    def _indicators(self, differences: Sequence[Difference], parts: list[tuple[Difference, Change]]) -> None:
        clauses = {(each.policy_id, each.quote): each for each in self._stored_clauses(differences)}
        for each, change in parts:
            if change.row is not None:
                policy = self.made[id(each.pack)]
                self.made[id(change.owner)] = clauses[policy.pk, change.owner.fields["quote"]]
        names = [name for name in INDICATOR_FIELDS if name not in ("clause", "subset_of")]
        made = [
            (
                change,
                Indicator(
                    policy=self.made[id(each.pack)],
                    clause=self.made[id(change.owner)],
                    **self._values(change, names),
                ),
            )
            for each, change in parts
            if change.record is None
        ]
        self._add(Indicator, made)
        slugs = [row.slug for each in differences for row in each.pack.indicators()]
        self.indicators = {each.slug: each for each in Indicator.objects.filter(slug__in=slugs)}
        late = [(change, self.indicators[change.name]) for change, _record in made]
        wholes = [record for change, record in late if self._belongs(change, record)]
        self._update(Indicator, [change for _each, change in parts])
        Indicator.objects.bulk_update(wholes, ["subset_of"])
        gone = [change.record.pk for _each, change in parts if change.row is None]
        if gone:
            Indicator.objects.filter(pk__in=gone).update(subset_of=None)
            Indicator.objects.filter(pk__in=gone).delete()

    def _stored_clauses(self, differences: Sequence[Difference]) -> Iterable[Clause]:
        return Clause.objects.filter(policy__in=[self.made[id(each.pack)] for each in differences])

    def _belongs(self, change: Change, record: Indicator) -> bool:
        whole = change.row.fields["subset_of"] if change.row is not None else None
        record.subset_of = self.indicators.get(whole or "")
        return whole is not None

    def _parts(self, model: type[Model], changes: list[Change], names: Sequence[str]) -> None:
        made = [
            (change, model(indicator=self.indicators[change.owner.slug], **self._values(change, names)))
            for change in changes
            if change.record is None
        ]
        self._add(model, made)
        self._update(model, changes)

    def _values(self, change: Change, names: Iterable[str]) -> dict[str, Any]:
        fields = change.row.fields if change.row is not None else {}
        return {name: self._value(change, name, fields[name]) for name in names}

    def _value(self, change: Change, name: str, value: Any) -> Any:
        """Return the record that a code, slug or quote stands for."""
        if value is None:
            return None
        if name == "region":
            return self.regions[value]
        if name == "subset_of":
            return self.indicators[value]
        return self.made[id(change.owner)] if name == "clause" else value

    def _add(self, model: type[Model], made: list[tuple[Change, Any]]) -> None:
        model._default_manager.bulk_create([record for _change, record in made])
        self.made |= {id(change.row): record for change, record in made}

    def _update(self, model: type[Model], changes: Iterable[Change]) -> None:
        rows = [change for change in changes if change.fields]
        for change in rows:
            for name, (_before, after) in change.fields.items():
                setattr(change.record, name, self._value(change, name, after))
            change.record.changed_at = self.now
        names = sorted({name for change in rows for name in change.fields})
        if rows:
            model._default_manager.bulk_update([change.record for change in rows], [*names, "changed_at"])

    def _remove(self, model: type[Model], changes: Iterable[Change]) -> None:
        gone = [change.record.pk for change in changes if change.row is None]
        if gone:
            model._default_manager.filter(pk__in=gone).delete()


def _constraints(when: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {_PUT_OFF} {when}")


def _event(difference: Difference, policy: Policy, by: Any) -> Event:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    if difference.new:
        after = {name: said(difference.pack.fields[name]) for name in POLICY_FIELDS} | difference.counts()
    else:
        for change in difference.changes():
            for what, was, becomes in change.lines():
                before |= {what: was} if was else {}
                after |= {what: becomes} if becomes else {}
    return Event("policies.policy.load", by, policy, policy.region.path, before=before, after=after)
