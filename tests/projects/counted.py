"""What the sources of this app count, read by the fast reader of the engine at one place and month."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from governance.attainment.periods import month_of
from governance.attainment.rollup.counting import Counting
from governance.attainment.rollup.facts import HUNDREDTHS
from governance.kit.measures import expressions as e
from governance.regions.models import Region, RegisterCoverage
from tests.attainment.packed_rows import packed

NAMES = (
    "needs_surveys",
    "three_lists",
    "projects",
    "purchase_projects",
    "catalogues",
    "service_cases",
    "project_sessions",
    "purchase_contracts",
)


def keep(region: Region, *registers: str) -> None:
    """State that registers are kept from before all records."""
    for register in registers:
        RegisterCoverage.objects.create(region=region, register=register, since=date(2000, 1, 1))


def count(expression: e.Expression, region: Region, day: date) -> Fraction | None:
    """Return the number at a place in the month of a day."""
    month = month_of(day)
    facts = packed(region, (month, month), (expression,))
    found = Counting(facts.tree, facts, month, month).of(expression)
    cell = facts.tree.index[region.code], 0
    return None if found.missing[cell] else Fraction(int(found.amount[cell]), HUNDREDTHS)
