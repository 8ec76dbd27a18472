"""Where something stands, told by its days: no state is kept that could disagree with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: reached by what has the day `reached`, or whose day `past` is over; without both by all the rest."""

    slug: str
    word: Promise
    look: str
    icon: str
    reached: str = ""
    past: str = ""

    def holds(self, record: Any, today: date) -> bool:
        """Return whether the days of a record speak for this stage."""
        if self.reached:
            return getattr(record, self.reached) is not None
        return getattr(record, self.past) < today if self.past else True

    def condition(self, today: date) -> Q:
        """Return the same as a condition of a query."""
        if self.reached:
            return Q(**{f"{self.reached}__isnull": False})
        return Q(**{f"{self.past}__lt": today}) if self.past else Q(pk__isnull=False)


class Stages:
    """Stages in the order in which they are asked: the first that holds is where something stands."""

    def __init__(self, *stages: Stage) -> None:
        self._stages = stages

    def __iter__(self) -> Iterator[Stage]:
        return iter(self._stages)

    def of(self, record: Any) -> Stage:
        """Return the stage of a record today."""
        today = timezone.localdate()
        return next(stage for stage in self if stage.holds(record, today))

    def at(self, slug: str) -> Q:
        """Return the condition that a record stands at a stage today."""
        today = timezone.localdate()
        condition = Q()
        for stage in self:
            if stage.slug == slug:
                return condition & stage.condition(today)
            condition &= ~stage.condition(today)
        raise LookupError(f"there is no stage {slug!r}")

    @property
    def choices(self) -> list[tuple[str, Promise]]:
        """The stages by word, from the first that something goes through to the last."""
        return [(stage.slug, stage.word) for stage in reversed(self._stages)]


PROJECT = Stages(
    Stage("struck_off", _("已撤销"), "st-none", "ban", reached="struck_off_on"),
    Stage("completed", _("已完成"), "st-met", "circle-check", reached="completed_on"),
    Stage("overdue", _("逾期未完成"), "st-overdue", "alert-octagon", past="planned_end"),
    Stage("running", _("进行中"), "st-track", "player-play", reached="started_on"),
    Stage("planned", _("未开始"), "st-pending", "hourglass"),
)

PURCHASE = Stages(
    Stage("cancelled", _("已取消"), "st-none", "ban", reached="cancelled_on"),
    Stage("evaluated", _("已评估兑现"), "st-met", "circle-check", reached="evaluated_on"),
    Stage("started", _("民间运作中"), "st-track", "player-play", reached="started_on"),
    Stage("contracted", _("已签合同"), "st-track", "file-text", reached="contracted_on"),
    Stage("procured", _("已采购"), "st-track", "shopping-cart", reached="procured_on"),
    Stage("initiated", _("已立项"), "st-pending", "hourglass"),
)

# Of what may stand on a list of a community.
LISTED = Stages(
    Stage("closed", _("已移出"), "st-none", "archive", reached="closed_on"),
    Stage("listed", _("在清单"), "st-met", "circle-check", reached="listed_on"),
    Stage("unlisted", _("未列入"), "st-pending", "hourglass"),
)
