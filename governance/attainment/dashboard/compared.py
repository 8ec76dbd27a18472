"""Two months of a place, or two places in a month, beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import QueryDict

from governance.attainment.dashboard.asked import Asked, asked
from governance.attainment.dashboard.cards import Card, cards
from governance.attainment.dashboard.looks import tag
from governance.attainment.periods import as_text
from governance.attainment.results.requests import PERMISSION
from governance.attainment.rounding import shown
from governance.regions.models import Region

MOST = 200  # places that are offered


@dataclass(frozen=True)
class Pair:
    """An indicator on both sides; the difference is the first side less the other one, missing where either is."""

    one: Card
    other: Card

    @property
    def indicator(self) -> Any:
        """The indicator."""
        return self.one.question.indicator

    @property
    def difference(self) -> Fraction | None:
        """How much more the first side has; exact."""
        one, other = self.one.row["value"], self.other.row["value"]
        return None if one is None or other is None else one - other

    @property
    def told(self) -> str:
        """The difference with its sign."""
        difference = self.difference
        if difference is None:
            return "—"
        return f"+{shown(difference)}" if difference > 0 else shown(difference)

    @property
    def tags(self) -> list[dict[str, Any] | None]:
        """The looks of both statuses; none for a fact that is only stated."""
        return [
            tag(card.status) if card.status and card.status != "no_target" else None for card in (self.one, self.other)
        ]


def other_side(found: Asked, given: QueryDict, user: Any) -> Asked | None:
    """Return the side that `with_month` and `with_region` name; None where neither does.

    Raises `ValidationError` by parameter, and `Http404` for a place outside the reader's reach.
    """
    month, region = given.get("with_month", "").strip(), given.get("with_region", "").strip()
    if not month and not region:
        return None
    other = QueryDict(mutable=True)
    other.update({"policy": found.policy.slug, "region": region or found.region.code})
    other["month"] = month or as_text(found.month)
    return asked(other, user, kept=False)


def pairs(found: Asked, other: Asked) -> list[Pair]:
    """Return each indicator that applies on either side."""
    made = [Pair(one, two) for one, two in zip(cards(found), cards(other), strict=True)]
    return [pair for pair in made if {pair.one.status, pair.other.status} != {"not_applicable"}]


def places_beside(found: Asked, user: Any) -> list[Region]:
    """Return the places of the same level in reach that one would compare with: those of the same parent."""
    rows = Region.objects.filter(parent=found.region.parent_id).alive_on(found.day).exclude(pk=found.region.pk)
    within = rows.filter(path__startswith=found.policy.region.path)
    return list(within.filter(user.scope_for(PERMISSION).q("path")).order_by("path")[:MOST])
