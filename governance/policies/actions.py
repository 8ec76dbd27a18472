"""What is done to policies and to what they ask for; whoever holds numbers below it is removed first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.kit import records
from governance.kit.errors import DomainError
from governance.policies import fitting
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target


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
    with _held(policy):
        _require_none(policy.clauses.count(), _("还有 %(count)s 条条款，请先删除条款。"))
        records.remove(policy, by=by)


def add_clause(*, by: Any, **values: Any) -> Clause:
    """Add a passage of a policy."""
    with _held(values.get("policy")):
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
    with _held(values.get("policy")):
        return records.add(Indicator(**values), by=by)


def change_indicator(indicator: Indicator, *, by: Any, seen: datetime | None = None, **values: Any) -> Indicator:
    """Correct an indicator."""
    _require_free_slug(values.get("slug", indicator.slug))
    with _held(indicator.policy, values.get("policy")):
        return records.change(indicator, by=by, seen=seen, **values)


def remove_indicator(indicator: Indicator, *, by: Any) -> None:
    """Remove an indicator without targets and stated facts."""
    with _held(indicator.policy):
        count = indicator.targets.count() + indicator.references.count()
        _require_none(count, _("还有 %(count)s 条目标或参考事实，请先删除它们。"))
        records.remove(indicator, by=by)


def add_target(*, by: Any, **values: Any) -> Target:
    """Add a number to reach."""
    with _held(_policy_of(values)):
        return records.add(Target(**values), by=by)


def change_target(target: Target, *, by: Any, seen: datetime | None = None, **values: Any) -> Target:
    """Correct a number to reach."""
    with _held(target.indicator.policy, _policy_of(values)):
        return records.change(target, by=by, seen=seen, **values)


def remove_target(target: Target, *, by: Any) -> None:
    """Remove a target."""
    records.remove(target, by=by)


def add_reference_point(*, by: Any, **values: Any) -> ReferencePoint:
    """Add a fact that the text states."""
    with _held(_policy_of(values)):
        return records.add(ReferencePoint(**values), by=by)


def change_reference_point(
    reference: ReferencePoint, *, by: Any, seen: datetime | None = None, **values: Any
) -> ReferencePoint:
    """Correct a stated fact."""
    with _held(reference.indicator.policy, _policy_of(values)):
        return records.change(reference, by=by, seen=seen, **values)


def remove_reference_point(reference: ReferencePoint, *, by: Any) -> None:
    """Remove a stated fact."""
    records.remove(reference, by=by)


@contextmanager
def _held(*policies: Policy | None) -> Iterator[None]:
    """Let one write at a time into a policy: its parts are held against each other, which two at once would not see."""
    with transaction.atomic():
        keys = {policy.pk for policy in policies if policy is not None}
        list(Policy.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").values_list("pk"))
        yield


def _policy_of(values: dict[str, Any]) -> Policy | None:
    indicator = values.get("indicator")
    return None if indicator is None else indicator.policy


def _require_free_slug(slug: str) -> None:
    if reason := fitting.slug_reason(slug):
        raise DomainError(reason, field="slug", code="taken")


def _require_none(count: int, reason: str) -> None:
    if count:
        raise DomainError(reason % {"count": count}, code="in_use")
