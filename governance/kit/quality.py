"""What may be wrong with records although every rule of the database holds: declared by each app, counted by the desk.

    register(Check(Facility, "no_area", Kind.MISSING, _("没有建筑面积"), _("…"), lambda rows: rows.filter(floor_area=None)))

A check narrows a queryset of its model to what is flawed, by conditions of the database alone: no record is looked at one
by one. It is given rows of any scope, and reads others only to compare.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, IntegerField, Model, OuterRef, Q, QuerySet, TextChoices, Value
from django.db.models.functions import Mod, StrIndex, Substr
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Kind(TextChoices):
    """The kinds of findings, in the order in which they are told."""

    DUPLICATE = "duplicate", _("疑似重复")
    NUMBER = "number", _("号码校验不符")
    IMPOSSIBLE = "impossible", _("不可能的值")
    ORPHAN = "orphan", _("指向已不存在的")
    MISSING = "missing", _("缺日期或内容")
    STALE = "stale", _("久未更新")


LOOKS = {
    Kind.DUPLICATE: "copy",
    Kind.NUMBER: "hash",
    Kind.IMPOSSIBLE: "alert-octagon",
    Kind.ORPHAN: "unlink",
    Kind.MISSING: "calendar-question",
    Kind.STALE: "clock-exclamation",
}


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """One thing that may be wrong with the records of a model; `about` says why it matters and what to do."""

    model: type[Model]
    slug: str
    kind: Kind
    label: Text
    about: Text
    flawed: Callable[[QuerySet[Any]], QuerySet[Any]]

    @property
    def name(self) -> str:
        """What it is called in addresses and in the database."""
        return f"{self.model._meta.label_lower}.{self.slug}"


CHECKS: dict[str, Check] = {}


def register(*checks: Check) -> None:
    """Add checks; a name may be used once."""
    for check in checks:
        if check.name in CHECKS:
            raise ValueError(f"the check {check.name!r} is registered twice")
        CHECKS[check.name] = check


def twice(rows: QuerySet[Any], *fields: str, among: Q | None = None) -> QuerySet[Any]:
    """Return the rows that share all of `fields` with another record, of whatever place; nothing is never shared."""
    model: Any = rows.model
    rows, every = (each if among is None else each.filter(among) for each in (rows, model._default_manager.all()))
    others = every.order_by().filter(**{name: OuterRef(name) for name in fields}).exclude(pk=OuterRef("pk"))
    return rows.filter(Exists(others))


def months_ago(months: int) -> date:
    """Return the day so many months back, by months of 30 days and a half."""
    return timezone.localdate() - timedelta(days=round(months * 30.5))


def stale_since() -> date:
    """Return the day before which a register counts as not kept up."""
    return months_ago(settings.QUALITY_STALE_MONTHS)


def ended(path: str = "until") -> Q:
    """Return the condition that the span at `path` is over."""
    return Q(**{f"{path}__lte": timezone.localdate()})


def still_there() -> Q:
    """Return the condition that a record holds today."""
    return Q(until=None) | Q(until__gt=timezone.localdate())


def check_sign(field: str, alphabet: str, length: int, weights: list[int], modulus: int) -> Any:
    """Return, as an expression, where in the alphabet (from 0) the last sign of a code should stand."""
    total: Any = Value(0, IntegerField())
    for place, weight in zip(range(1, length), weights, strict=True):
        total = total + (StrIndex(Value(alphabet), Substr(field, place, 1)) - 1) * weight
    return Mod(Value(modulus, IntegerField()) - Mod(total, modulus), modulus)


def sign_at(field: str, alphabet: str, place: int) -> Any:
    """Return, as an expression, where in the alphabet (from 0) the sign at a place of the code stands."""
    return StrIndex(Value(alphabet), Substr(field, place, 1)) - 1
