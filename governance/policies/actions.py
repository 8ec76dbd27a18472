"""What is done to policies and to what they ask for; whoever holds numbers below it is removed first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from governance.kit import records
from governance.kit.errors import DomainError
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target

# Words that stand in the addresses of this app where a slug stands as well.
ADDRESSES = frozenset({"add", "clauses", "indicators", "targets", "references"})


def add_policy(*, by: Any, **values: Any) -> Policy:
    """Add a policy document."""
    _require_free_slug(values.get("slug", ""))
    return records.add(Policy(**values), by=by)


def change_policy(policy: Policy, *, by: Any, seen: datetime | None = None, **values: Any) -> Policy:
    """Correct a policy."""
    _require_free_slug(values.get("slug", policy.slug))
    return records.change(policy, by=by, seen=seen, **values)


def remove_policy(policy: Policy, *, by: Any) -> None:
    """Remove a policy without clauses: what they ask for would go with it unseen."""
    _require_none(policy.clauses.count(), _("还有 %(count)s 条条款，请先删除条款。"))
    records.remove(policy, by=by)


def add_clause(*, by: Any, **values: Any) -> Clause:
    """Add a passage of a policy."""
    return records.add(Clause(**values), by=by)


def change_clause(clause: Clause, *, by: Any, seen: datetime | None = None, **values: Any) -> Clause:
    """Correct a passage."""
    return records.change(clause, by=by, seen=seen, **values)


def remove_clause(clause: Clause, *, by: Any) -> None:
    """Remove a passage on which no indicator stands."""
    records.remove(clause, by=by)


def add_indicator(*, by: Any, **values: Any) -> Indicator:
    """Add an indicator to a clause."""
    _require_free_slug(values.get("slug", ""))
    return records.add(Indicator(**values), by=by)


def change_indicator(indicator: Indicator, *, by: Any, seen: datetime | None = None, **values: Any) -> Indicator:
    """Correct an indicator."""
    _require_free_slug(values.get("slug", indicator.slug))
    return records.change(indicator, by=by, seen=seen, **values)


def remove_indicator(indicator: Indicator, *, by: Any) -> None:
    """Remove an indicator without targets and stated facts."""
    count = indicator.targets.count() + indicator.references.count()
    _require_none(count, _("还有 %(count)s 条目标或参考事实，请先删除它们。"))
    records.remove(indicator, by=by)


def add_target(*, by: Any, **values: Any) -> Target:
    """Add a number to reach."""
    return records.add(Target(**values), by=by)


def change_target(target: Target, *, by: Any, seen: datetime | None = None, **values: Any) -> Target:
    """Correct a number to reach."""
    return records.change(target, by=by, seen=seen, **values)


def remove_target(target: Target, *, by: Any) -> None:
    """Remove a target."""
    records.remove(target, by=by)


def add_reference_point(*, by: Any, **values: Any) -> ReferencePoint:
    """Add a fact that the text states."""
    return records.add(ReferencePoint(**values), by=by)


def change_reference_point(
    reference: ReferencePoint, *, by: Any, seen: datetime | None = None, **values: Any
) -> ReferencePoint:
    """Correct a stated fact."""
    return records.change(reference, by=by, seen=seen, **values)


def remove_reference_point(reference: ReferencePoint, *, by: Any) -> None:
    """Remove a stated fact."""
    records.remove(reference, by=by)


def _require_free_slug(slug: str) -> None:
    if slug in ADDRESSES:
        raise DomainError(
            _("“%(slug)s”是网址里的固定用词，请换一个标识。") % {"slug": slug}, field="slug", code="taken"
        )


def _require_none(count: int, reason: str) -> None:
    if count:
        raise DomainError(reason % {"count": count}, code="in_use")
