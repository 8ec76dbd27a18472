"""Policies as the database has them, in six queries for any number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target

POLICY_FIELDS = (
    "slug", "title", "title_en", "document_no", "issued_on", "region", "valid_from", "valid_to", "public",
    "responsible", "responsible_en", "note", "note_en",
)  # fmt: skip
CLAUSE_FIELDS = ("position", "quote", "display")
INDICATOR_FIELDS = (
    "clause", "position", "slug", "name", "name_en", "role", "kind", "numerator", "denominator", "factor", "unit",
    "test", "unit_levels", "verdict_levels", "show_levels", "direction", "region", "subset_of", "baseline_on",
    "baseline_value", "baseline_note", "baseline_note_en", "counts", "counts_en", "per", "per_en", "responsible",
    "responsible_en", "note", "note_en", "reading", "reading_en", "checklist", "checklist_en",
)  # fmt: skip
TARGET_FIELDS = ("region", "due", "value", "high", "yearly")
REFERENCE_FIELDS = ("region", "on", "value", "text", "bound")
_NAMED = {"region": "code", "subset_of": "slug", "clause": "quote"}


@dataclass(slots=True)
class Stored:
    """A policy with its parts; `allocated`: by indicator the targets that regions were given."""

    policy: Policy
    clauses: list[Clause] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    references: list[ReferencePoint] = field(default_factory=list)
    allocated: dict[int, list[Target]] = field(default_factory=dict)


def stored(slugs: Iterable[str]) -> dict[str, Stored]:
    """Return the policies that there are by slug, their parts in order, without allocated targets."""
    policies = Policy.objects.filter(slug__in=list(slugs)).select_related("region").order_by("slug")
    found = {policy.pk: Stored(policy) for policy in policies}
    for clause in Clause.objects.filter(policy__in=found).order_by("policy", "position"):
        found[clause.policy_id].clauses.append(clause)
    for indicator in (
        Indicator.objects.filter(policy__in=found)
        .select_related("clause", "region", "subset_of")
        .order_by("policy", "clause__position", "position", "pk")
    ):
        found[indicator.policy_id].indicators.append(indicator)
    home = {each.pk: whole for whole in found.values() for each in whole.indicators}
    targets = Target.objects.filter(indicator__policy__in=found).select_related("region")
    for target in targets.order_by("indicator", "region__path", "due"):
        whole = home[target.indicator_id]
        if target.origin == Target.Origin.ALLOCATED:
            whole.allocated.setdefault(target.indicator_id, []).append(target)
        else:
            whole.targets.append(target)
    references = ReferencePoint.objects.filter(indicator__policy__in=found).select_related("region")
    for reference in references.order_by("indicator", "region__path", "on", "text"):
        home[reference.indicator_id].references.append(reference)
    return {whole.policy.slug: whole for whole in found.values()}


def fields_of(record: Model, names: Iterable[str]) -> dict[str, Any]:
    """Return the fields of a record as a pack gives them: other records by their code, slug or quote."""
    return {name: _plain(getattr(record, name), name) for name in names}


def _plain(value: Any, name: str) -> Any:
    return getattr(value, _NAMED[name]) if name in _NAMED and value is not None else value


def by_owner(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    """Return targets or stated facts by the key of their indicator."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.indicator_id, []).append(row)
    return found
