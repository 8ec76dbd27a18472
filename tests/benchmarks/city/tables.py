"""What a set of tables is to the benchmarks: how they are filled, counted, scanned and changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from numpy.typing import NDArray

from tests.benchmarks.duck.counted import Counted

if TYPE_CHECKING:
    from tests.benchmarks.city.drawing import Draw

Array = NDArray[Any]
Columns = dict[str, Array]
EVERY_LEVEL = ("province", "prefecture", "county", "township")


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator: numerator over denominator (none: 1), and the numbers to reach by the two due dates, if any."""

    slug: str
    kind: str
    numerator: str
    denominator: str
    unit: str
    targets: tuple[int, ...] = ()
    each_community: bool = False
    levels: tuple[str, ...] = EVERY_LEVEL


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Tables in the order in which they are filled, and what the benchmarks ask of them."""

    name: str
    makers: tuple[tuple[type[Model], Callable[[Draw], Columns]], ...]
    texts: Mapping[type[Model], Mapping[str, str]]  # columns as SQL over those that are made
    population: Mapping[str, str]  # codes of the numbers of all people, of some and of few
    measures: Mapping[str, str]  # what is counted, by the name that it has in the second engine
    indicators: tuple[Asked, ...]
    counted: Counted
    sums: tuple[str, ...]  # three sums of each table that is counted
    change: str  # adds a volunteer on a day at each of some places
    kept: tuple[type[Model], ...] = ()  # tables that nobody fills but `settle`
    settle: Callable[[], None] = _nothing  # what triggers would have written, after a load without them
