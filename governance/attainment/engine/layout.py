"""Which numbers are kept for a place and month, and where each stands in the array."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction

from governance.attainment.compute.indicator import Asked
from governance.attainment.models import Measure, ReportedFigure
from governance.attainment.rollup.keys import Key, Known, UnitsLacking, UnitsWithout, closure
from governance.kit.measures import expressions as e
from governance.kit.measures.sources import SOURCES, stand_in_code

_LOCK = 0x5107  # one writer gives positions at a time
#: more numbers allocated for the units of one indicator than this are held against units on request
ALLOCATED = 24


class NotKept(LookupError):
    """A number that is not kept: it has to be computed, or since a while there is more to be kept."""


@dataclass(frozen=True)
class Layout:
    """Keys in the order of the array; each stands after what it is computed from."""

    keys: tuple[Key, ...]
    place: dict[Key, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "place", {key: at for at, key in enumerate(self.keys)})

    def __len__(self) -> int:
        return len(self.keys)

    def __contains__(self, key: object) -> bool:
        return key in self.place

    @property
    def expressions(self) -> list[e.Expression]:
        """The keys that are expressions of the indicators' language, for which rows have to be read."""
        return [key for key in self.keys if isinstance(key, e.Expression) and _is_of_the_language(key)]

    def slots(self) -> list[int]:
        """Return the number of each key in the table of measures; a key that is not there yet is added."""
        texts = [repr(key) for key in self.keys]
        known = dict(Measure.objects.filter(key__in=texts).values_list("key", "slot"))
        if len(known) < len(texts):
            known = _given_slots(texts)
        return [known[text] for text in texts]


def _is_of_the_language(key: e.Expression) -> bool:
    """Return whether all inside it is as well: what is hidden may stand inside `at_baseline`."""
    return all(isinstance(part, e.Expression) for part in e.parts(key))


class Declared:
    """What is known from the declared sources, and of the figures that have been reported."""

    def __init__(self) -> None:
        codes = ReportedFigure.objects.approved().order_by().values_list("measure", flat=True)
        self.reported = frozenset(codes.distinct())

    def listed(self, kinds: e.Kinds) -> int:
        """Return how many values are listed for a mark; none where nobody declares the source."""
        source = SOURCES.get(kinds.source)
        declared = source and (source.intervals if kinds.window == e.NOW else source.events)
        return len(declared.kinds[kinds.mark].values) if declared else 0

    def stood_in(self, stock: e.Stock) -> bool:
        """Return whether a figure has been reported that can stand in for a sum.

        One that is reported later is seen by whoever meets it (`NotKept`), and then there is a new layout.
        """
        return stand_in_code(stock.source, stock.mark, stock.weight) in self.reported


def layout_of(asked: Iterable[Asked], known: Known | None = None) -> Layout:
    """Return what has to be kept to answer these questions at every place and month."""
    return Layout(tuple(closure([e.One(), *wanted(asked)], known or Declared())))


def wanted(asked: Iterable[Asked]) -> Iterator[Key]:
    """Yield the keys that answers to these questions are read from."""
    for one in asked:
        yield one.numerator
        yield one.denominator
        if one.unit_levels:
            yield e.Units(one.unit_levels, one.unit_kind)
        if not one.each_unit:
            continue
        yield one.units_with_value
        for side in (one.numerator, one.denominator):
            yield UnitsWithout(side, one.unit_levels, one.unit_kind)
        allocated = {target.target: target for targets in one.allocated.values() for target in targets}
        some = allocated.values() if len(allocated) <= ALLOCATED else ()
        for milestone in (*one.milestones, *some):
            yield UnitsLacking(one.units_passing(milestone))


def _given_slots(texts: list[str]) -> dict[str, int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        known = dict(Measure.objects.values_list("key", "slot"))
        new = [text for text in dict.fromkeys(texts) if text not in known]
        first = max(known.values(), default=-1) + 1
        added = [Measure(slot=first + at, key=text) for at, text in enumerate(new)]
        Measure.objects.bulk_create(added)
    return known | {measure.key: measure.slot for measure in added}
