"""Community funds, each managed by a charity of its county, and what is budgeted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from funds.models import Fund, FundBudget
from governance.kit.bulkload import copy
from governance.kit.demo import Progress
from governance.kit.drawing import NOTE, Array, Curve, Draw, last_day, text_of
from governance.regions.demo.places import CHONGQING, KUNMING, TIANYUAN, Places, places_of, short
from governance.regions.models import Region
from organizations.models import CharityRecognition

COMMUNITY_FUNDS = 173
_COLUMNS = ("region_id", "kind", "name", "organization_id", "agreement_on", "document_no", "since", "until")
_SINCE = (("2019-06-01", 0.0), ("2022-06-24", 0.25), ("2024-06-30", 0.7), ("2025-12-31", 1.0))
_YEARLY = {2021: 1_200_000, 2022: 1_500_000, 2023: 1_500_000, 2024: 1_800_000, 2025: 2_000_000, 2026: 2_000_000}


def load_chongqing(progress: Progress) -> None:
    """Load community funds."""
    places = places_of(CHONGQING)
    count = places.part(COMMUNITY_FUNDS)
    at = Draw("funds").some(places.care**3 * np.where(places.urban, 3.0, 0.4), count)
    progress("社区基金", load_funds(places, Fund.Kind.COMMUNITY_FUND, places.communities, at, _SINCE), count)


def load_tianyuan(progress: Progress) -> None:
    """Load micro funds of communities, and what the district sets aside each year."""
    places = places_of(TIANYUAN)
    at = Draw("micro funds").some(places.care, places.part(26))
    load_funds(places, Fund.Kind.MICRO_FUND, places.communities, at, _SINCE)
    progress("年度预算", load_budgets(places), 0)


def load_kunming(progress: Progress) -> None:
    """Load development funds of townships and self-governance funds of communities."""
    places = places_of(KUNMING)
    townships = np.arange(len(places.townships))
    curve = (("2020-09-01", 0.0), ("2021-12-31", 0.3), ("2025-12-31", 1.0))
    done = load_funds(places, Fund.Kind.DEVELOPMENT_FUND, places.townships, townships[::3], curve)
    at = Draw("funds of Kunming").some(places.care, len(places.communities) // 5)
    done += load_funds(places, Fund.Kind.SELF_GOVERNANCE_FUND, places.communities, at, curve)
    progress("昆明市的社区发展基金与自治金", done, done)


def load_funds(places: Places, kind: Fund.Kind, homes: Sequence[Region], at: Array, curve: Curve) -> int:
    """COPY funds of one kind at places of a list, and return how many."""
    charities = list(  # before the COPY: nothing else can be asked during it
        CharityRecognition.objects.filter(region__path__startswith=places.root.path, until=None)
        .order_by("organization__region__path", "organization__name")
        .values_list("organization_id", "organization__region__path")
    )
    return copy(Fund, _COLUMNS, _rows(places, kind, [homes[number] for number in at.tolist()], curve, charities))


def load_budgets(places: Places) -> int:
    """COPY what the root budgets for each year, and a little at each township."""
    last = (text_of(last_day()) or "")[:4]
    rows = [
        (place.pk, year, "livelihood", amount if place is places.root else amount // 20, f"{NOTE}{year}")
        for year, amount in _YEARLY.items()
        if year <= int(last)
        for place in (places.root, *places.townships)
    ]
    return copy(FundBudget, ("region_id", "year", "purpose", "amount", "document_no"), rows)


def _rows(
    places: Places, kind: Fund.Kind, homes: Sequence[Region], curve: Curve, charities: Sequence[tuple[int, str]]
) -> Iterator[tuple[Any, ...]]:
    draw, last = Draw(f"funds {kind} {places.root.code}"), last_day()
    days = draw.random.permutation(draw.days(len(homes), curve)).tolist()
    for number, (home, day) in enumerate(zip(homes, days, strict=True)):
        if day > last:
            continue
        own = [key for key, path in charities if home.path.startswith(path)] or [key for key, _path in charities]
        manager = own[number % len(own)] if own and kind == Fund.Kind.COMMUNITY_FUND else None
        if kind == Fund.Kind.COMMUNITY_FUND and manager is None:
            continue
        name = f"{short(home.name)}{kind.label}"
        yield home.pk, kind.value, name, manager, text_of(day - 15), NOTE, text_of(day), None
