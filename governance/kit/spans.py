"""Half-open spans: `since` is the first day, `until` the first day on which it no longer holds; null is open."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Func, Q, QuerySet
from django.utils.translation import gettext_lazy as _


def alive_on(day: date) -> Q:
    """Return the condition that a span holds on `day`."""
    return (Q(since__isnull=True) | Q(since__lte=day)) & (Q(until__isnull=True) | Q(until__gt=day))


def holds(record: Any, day: date) -> bool:
    """Return the same for one record."""
    return (record.since is None or record.since <= day) and (record.until is None or record.until > day)


class AliveQuerySet(QuerySet[Any]):
    """Rows with `since` and `until`."""

    def alive_on(self, day: date) -> Self:
        """Return the rows that hold on `day`."""
        return self.filter(alive_on(day))


class Span(Func):
    """The row's span as a PostgreSQL `daterange`, bounds `[)`."""

    function = "DATERANGE"
    output_field = DateRangeField()


def ends_after_start(name: str) -> CheckConstraint:
    """Return the constraint that `until` lies after `since`."""
    return CheckConstraint(
        name=name,
        condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gt=F("since")),
        violation_error_message=_("停用日期必须晚于开始日期。"),
    )


def refuse_backwards(record: Any, *, since: str = "since") -> None:
    """Refuse, at its field, an end that is not after the start: PostgreSQL cannot even compare such a span with others.

    `since` names the field of the first day where it is called otherwise.
    """
    first, until = getattr(record, since, None), getattr(record, "until", None)
    if first is not None and until is not None and until <= first:
        raise ValidationError({"until": _("停用日期必须晚于开始日期。")})


def no_overlap(name: str, *fields: Any, message: Any) -> ExclusionConstraint:
    """Return the constraint that spans of rows with the same `fields` do not overlap."""
    expressions = [(field, RangeOperators.EQUAL) for field in fields]
    return ExclusionConstraint(
        name=name,
        expressions=[*expressions, (Span(F("since"), F("until")), RangeOperators.OVERLAPS)],
        violation_error_message=message,
    )
