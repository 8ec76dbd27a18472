"""Random indicators, and questions about a world: every node of the language, every rule of the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from governance.kit.measures import expressions as e
from tests.attainment.worlds import Indicator, Question, Target, World, _pick, day_between

Shape = dict[str, Any]
HUNDRED = Decimal(100)
LEVELS = e.LEVELS
COUNTS = tuple(map(Decimal, (0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55)))
SHARES = tuple(map(Decimal, ("0", "10", "25", "33.3", "50", "60", "75", "100", "100", "100")))
AVERAGES = tuple(map(Decimal, ("0.5", "1", "1.5", "2", "3", "5")))


def random_question(world: World, random: Random) -> Question:
    """Return a question about a place of the world."""
    root = world.places[0].code
    if random.random() < 0.15:
        root = _pick(random, [place.code for place in world.places if place.level != "community"])
    indicator = random_indicator(world, random, root)
    place = _place(world, random, indicator)
    now = world.today.year * 12 + world.today.month - 1
    chance = random.random()
    if chance < 0.2:
        as_of = world.today
    elif chance < 0.3:
        as_of = day_between(random, now, now)
    elif chance < 0.4:
        as_of = day_between(random, now + 1, now + 14)
    else:
        as_of = day_between(random, now - 20, now - 1)
    return Question(indicator, place, as_of, world.today)


def _place(world: World, random: Random, indicator: Indicator) -> str:
    """Return any place now and then, mostly one that the indicator speaks of."""
    chance = random.random()
    if chance < 0.12:
        return _pick(random, world.places).code  # type: ignore[no-any-return]
    if chance < 0.4:
        return indicator.root
    lowest = LEVELS.index(indicator.unit_level.split("+")[-1]) if indicator.unit_level else len(LEVELS)
    inside = {indicator.root}
    for place in world.places:
        if place.parent in inside and LEVELS.index(place.level) <= lowest:
            inside.add(place.code)
    levels = {place.code: place.level for place in world.places}
    told = sorted(c for c in inside if levels[c] in indicator.verdict_levels or c in indicator.allocated)
    return _pick(random, told if told and chance < 0.75 else sorted(inside))  # type: ignore[no-any-return]


# ---- indicators ----


def random_indicator(world: World, random: Random, root: str) -> Indicator:
    """Return an indicator of a policy of the root."""
    now = world.today.year * 12 + world.today.month - 1
    name, maker, _ = _pick(random, _DECK)
    shape: Shape = {
        "role": "target", "factor": Decimal(1), "test": "pooled", "unit_level": None, "unit_kind": None, "yearly": "",
        "denominator": e.One(), "targets": COUNTS, "baseline_on": None, "baseline_value": None,
    }  # fmt: skip
    shape |= maker(random, now)
    shape["direction"] = _pick(random, ("at_least", "at_least", "at_least", "range", "at_most"))
    valid_from = day_between(random, now - 34, now - 14)
    valid_to = day_between(random, now - 9, now + 24) if random.random() < 0.6 else None
    if shape["yearly"] and valid_to is not None and valid_to.year <= valid_from.year:
        valid_to = date(valid_from.year + 1, 6, 30)  # a policy does not end before its first year of targets
    targets = shape.pop("targets")
    levels = tuple(level for level in LEVELS if random.random() < 0.45)
    level_of = {place.code: place.level for place in world.places}
    if random.random() < 0.7 and level_of[root] not in levels:
        levels = (*levels, level_of[root])
    if shape["test"] == "pooled" and not isinstance(shape["denominator"], e.AtBaseline):
        chance = random.random()
        if chance < 0.06:
            shape |= {"role": "reference", "direction": ""}
        elif chance < 0.13:
            shape |= {"role": "shown"}
        if random.random() < 0.35:
            shape["baseline_on"] = day_between(random, now - 36, now - 8)
        if random.random() < 0.35:
            shape["baseline_value"] = _pick(random, targets)
    elif shape["test"] == "each_unit":
        if random.random() < 0.06:
            shape |= {"role": "shown"}
        if random.random() < 0.2:
            shape["baseline_value"] = _pick(random, targets)

    def milestones() -> tuple[Target, ...]:
        return _milestones(random, shape, targets, now, valid_from)

    asked = shape["role"] == "target"
    allocated = {}
    if asked and random.random() < 0.3:
        for _ in range(1 + int(random.random() * 3)):
            code = _pick(random, world.places).code
            if code != root:
                allocated[code] = milestones()
    return Indicator(
        id=name,
        verdict_levels=levels if shape["role"] != "reference" else (),
        milestones=milestones() if asked else (),
        allocated=allocated,
        root=root,
        valid_from=valid_from,
        valid_to=valid_to,
        **shape,
    )


def _milestones(
    random: Random, shape: Shape, targets: tuple[Decimal, ...], now: int, start: date
) -> tuple[Target, ...]:
    direction, yearly = shape["direction"], shape["yearly"]
    many = _pick(random, (1, 1, 1, 2, 2, 3))
    numbers = sorted((_pick(random, targets) for _ in range(many)), reverse=direction == "at_most")
    dues: list[date | None]
    if yearly:
        year = start.year + _pick(random, (0, 0, 0, 1, -1))
        step = _pick(random, (1, 1, 1, 1, 2))
        dues = [date(year + step * number, 12, 31) for number in range(many)]
        if random.random() < 0.15:
            dues = [date(due.year, 6, 30) for due in dues if due]
        if many == 1 and random.random() < 0.1:
            dues = [None]
    elif random.random() < 0.15:
        dues, numbers = [None], numbers[:1]
    else:
        from_now = _pick(random, (-20, -20, -20, 4))
        days = {day_between(random, now + from_now, now + from_now + 36) for _ in range(many)}
        dues, numbers = sorted(days), numbers[: len(days)]
    if direction != "range":
        return tuple(Target(due, number) for due, number in zip(dues, numbers, strict=True))
    highs = [number + _pick(random, (1, 2, 5)) if random.random() < 0.9 else None for number in numbers]
    return tuple(Target(due, number, high) for due, number, high in zip(dues, numbers, highs, strict=True))


# ---- expressions ----


def _stock(random: Random) -> e.Expression:
    return _pick(random, (
        e.Stock("organizations", "all"), e.Stock("organizations", "party"), e.Stock("organizations", "all", "area"),
        e.Stock("posts", "in_post"),
    ))  # fmt: skip


def _flow(random: Random) -> e.Expression:
    window = _pick(random, e.WINDOWS)
    return _pick(random, (
        e.Flow("sessions", "held", window), e.Flow("sessions", "joint", window),
        e.Flow("sessions", "held", window, "hours"), e.Flow("awards", "given", window),
        e.Distinct("sessions", "held", window),
    ))  # fmt: skip


def _figure(random: Random) -> e.Expression:
    return _pick(random, (e.Figure("tally.prizes"), e.Figure("resident_population")))


def _records(random: Random) -> e.Expression:
    return _pick(random, (_stock, _stock, _flow, _figure))(random)  # type: ignore[no-any-return]


def _kinds(random: Random) -> e.Expression:
    if random.random() < 0.5:
        return e.Kinds("organizations", "category", e.NOW)
    return e.Kinds("sessions", "field", _pick(random, e.WINDOWS))


# an item, the levels and the kind under which its places are counted
_OF_COMMUNITIES = tuple(
    (item, ("community",), kind)
    for item in ("station", "lists", "assistant", "platform")
    for kind in (None, "urban", "rural", "named:models")
)
_OF_TOWNSHIPS = tuple(
    (item, ("township",), kind)
    for item in ("body", "hall", "platform")
    for kind in (None, "street_office", "street_or_town", "named:pilots")
)
_OF_COUNTIES = tuple((item, ("county",), kind) for item in ("plan", "platform") for kind in (None, "named:island"))
_OF_SEVERAL = (("platform", ("county", "township", "community"), None), ("platform", ("township", "community"), None))
_COUNTED = _OF_COMMUNITIES + _OF_TOWNSHIPS + _OF_COUNTIES + _OF_SEVERAL
_SCOPED = (
    ("assistant", ("community",)), ("body", ("township",)), ("platform", ("county", "township", "community")),
    ("platform", ("township",)), ("platform", ("community",)),
)  # fmt: skip


def _with(random: Random) -> e.Expression:
    if random.random() < 0.25:
        item, levels = _pick(random, _SCOPED)
        return e.RegionsWith(item, levels, e.ELIGIBLE)
    return e.RegionsWith(*_pick(random, _COUNTED))


def _at_least(random: Random) -> e.Expression:
    level = _pick(random, ("community", "community", "township", "township", "county", "prefecture", "province"))
    least = _pick(random, (Fraction(0), Fraction(1), Fraction(1), Fraction(2), Fraction(5, 2)))
    inner = _records(random)
    if random.random() < 0.3 and level != "community":
        item, levels, kind = _pick(random, _OF_COMMUNITIES if level == "township" else _OF_COMMUNITIES + _OF_TOWNSHIPS)
        inner = e.RegionsWith(item, levels, kind)
    elif random.random() < 0.2:
        inner = e.Within(inner, _pick(random, e.COMMITTEES))
    return e.AtLeast(inner, least, level)


def _within(random: Random, kind: str | None = None) -> e.Expression:
    kind = kind or _pick(random, e.COMMITTEES)
    inner = _pick(random, (
        _records(random), _records(random), e.RegionsWith("station", ("community",)), e.RegionsWith("lists", ("community",)),
        e.RegionsWith("assistant", ("community",), e.ELIGIBLE), e.RegionsEligible("assistant", ("community",)),
        e.AtLeast(_records(random), _pick(random, (Fraction(1), Fraction(2))), "community"),
    ))  # fmt: skip
    return e.Within(inner, kind)


_UNITS = (
    *(e.Units((level,)) for level in LEVELS),
    *(e.Units(("community",), kind) for kind in ("urban", "rural", "named:models")),
    *(e.Units(("township",), kind) for kind in ("street_office", "street_or_town", "named:pilots")),
    e.Units(("county",), "named:island"),
    e.Units(("county", "township", "community")),
)


def random_expression(random: Random) -> e.Expression:
    """Return any expression of the language."""
    return _pick(random, (  # type: ignore[no-any-return]
        _stock, _stock, _flow, _flow, _figure, _kinds, _with, _with, _at_least, _at_least, _within, _within,
        lambda random: _pick(random, _UNITS),
        lambda random: e.RegionsEligible(*_pick(random, _SCOPED)),
        lambda random: e.Components("mechanism"),
        lambda random: e.Components(_pick(random, ("lists", "hall"))),
    ))(random)  # fmt: skip


# ---- the deck of indicators: what the policies contain, and a few that none does ----


def _count(random: Random, now: int) -> Shape:
    factor = Decimal("0.01") if random.random() < 0.1 else Decimal(1)
    return {"kind": "count", "numerator": random_expression(random), "factor": factor}


def _share(random: Random, now: int) -> Shape:
    pair: tuple[e.Expression, e.Expression]
    if random.random() < 0.6:
        pair = e.Stock("organizations", "party"), e.Stock("organizations", "all")
    else:
        window = _pick(random, e.WINDOWS)
        pair = e.Flow("sessions", "joint", window), e.Flow("sessions", "held", window)
    return {"kind": "share", "numerator": pair[0], "denominator": pair[1], "factor": HUNDRED, "targets": SHARES}


def _per_10k(random: Random, now: int) -> Shape:
    people = e.Figure("resident_population")
    return {
        "kind": "per_10k",
        "numerator": _records(random),
        "denominator": people,
        "factor": Decimal(10000),
        "targets": COUNTS,
    }


def _coverage(random: Random, now: int) -> Shape:
    if random.random() < 0.3:
        item, levels = _pick(random, _SCOPED)
        pair: tuple[e.Expression, e.Expression] = (
            e.RegionsWith(item, levels, e.ELIGIBLE),
            e.RegionsEligible(item, levels),
        )
        kind = None
        if levels == ("community",) and random.random() < 0.5:
            kind = _pick(random, e.COMMITTEES)
            pair = e.Within(pair[0], kind), e.Within(pair[1], kind)
    else:
        item, levels, kind = _pick(random, _COUNTED)
        pair = e.RegionsWith(item, levels, kind), e.Units(levels, kind)
        if kind in e.COMMITTEES and random.random() < 0.5:
            pair = e.Within(e.RegionsWith(item, levels), kind), pair[1]
    unit_level = "+".join(levels) if random.random() < 0.8 else None
    return {
        "kind": "coverage", "numerator": pair[0], "denominator": pair[1], "factor": HUNDRED, "targets": SHARES,
        "unit_level": unit_level, "unit_kind": kind if unit_level else None,
    }  # fmt: skip


def _average(random: Random, now: int) -> Shape:
    kind = _pick(random, (None, *e.COMMITTEES))
    number = _records(random) if kind is None else _within(random, kind)
    return {
        "kind": "average_per_unit", "numerator": number, "denominator": e.Units(("community",), kind), "targets": AVERAGES,
        "unit_level": "community", "unit_kind": kind,
    }  # fmt: skip


def _multiple(random: Random, now: int) -> Shape:
    number = _records(random) if random.random() < 0.7 else random_expression(random)
    on = day_between(random, now - 34, now - 8)
    entered = Decimal(_pick(random, (0, 1, 2, 4, 7))) if random.random() < 0.75 else None
    return {
        "kind": "growth_vs_baseline", "numerator": number, "denominator": e.AtBaseline(number, on), "targets": AVERAGES,
        "baseline_on": on, "baseline_value": entered,
    }  # fmt: skip


def _each_covered(random: Random, now: int) -> Shape:
    number: e.Expression
    if random.random() < 0.5:
        level, kind = _pick(random, ("community", "community", "township", "county")), None
        number = e.AtLeast(_records(random), Fraction(_pick(random, (1, 1, 2, 3))), level)
        if level == "community":
            kind = _pick(random, (None, None, *e.COMMITTEES))
    else:
        item, (level, *_), kind = _pick(random, _OF_COMMUNITIES + _OF_TOWNSHIPS + _OF_COUNTIES)
        number = e.RegionsWith(item, (level,), kind)
        if kind in e.COMMITTEES and random.random() < 0.5:
            number = e.Within(e.RegionsWith(item, (level,)), kind)
    return {
        "kind": "coverage", "numerator": number, "denominator": e.Units((level,), kind), "factor": HUNDRED, "test": "each_unit",
        "unit_level": level, "unit_kind": kind, "targets": (HUNDRED, HUNDRED, HUNDRED, Decimal(50)),
    }  # fmt: skip


_KINDS_OF_UNIT = {
    "prefecture": (None,),
    "county": (None, None, None, None, "named:island"),
    "township": (None, None, None, "street_office", "street_or_town", "named:pilots"),
    "community": (None, None, None, "urban", "rural", "named:models"),
}


def _each_counted(random: Random, now: int) -> Shape:
    level = _pick(
        random, ("county", "county", "county", "township", "township", "community", "community", "prefecture")
    )
    number = random_expression(random)
    if level == "county" and random.random() < 0.4:
        item, levels, kind = _pick(random, _OF_TOWNSHIPS + _OF_COMMUNITIES)
        number = e.RegionsWith(item, levels, kind)
    shape: Shape = {
        "kind": "count", "numerator": number, "test": "each_unit", "unit_level": level,
        "unit_kind": _pick(random, _KINDS_OF_UNIT[level]),
    }  # fmt: skip
    if random.random() < 0.2:
        shape |= _share(random, now)
    return shape


def _yearly_number(random: Random) -> e.Expression:
    return _pick(random, (  # type: ignore[no-any-return]
        e.Flow("awards", "given", "ytd"), e.Flow("awards", "given", "ytd"), e.Flow("sessions", "held", "ytd"),
        e.Flow("sessions", "joint", "ytd", "hours"), e.Distinct("sessions", "held", "ytd"),
        e.Within(e.Flow("sessions", "held", "ytd"), "urban"), e.Kinds("sessions", "field", "ytd"),
    ))  # fmt: skip


def _yearly(random: Random, now: int) -> Shape:
    shape: Shape = {
        "kind": "yearly_flow_per_unit", "numerator": _yearly_number(random), "yearly": _pick(random, ("listed", "every_year")),
    }  # fmt: skip
    if random.random() < 0.15:
        pair = e.Flow("sessions", "joint", "ytd"), e.Flow("sessions", "held", "ytd")
        shape |= {"kind": "share", "numerator": pair[0], "denominator": pair[1], "factor": HUNDRED, "targets": SHARES}
    return shape


def _yearly_each(random: Random, now: int) -> Shape:
    level = _pick(random, ("county", "county", "township", "community"))
    return _yearly(random, now) | {
        "test": "each_unit", "unit_level": level, "unit_kind": _pick(random, _KINDS_OF_UNIT[level]),
    }  # fmt: skip


def _anything(random: Random, now: int) -> Shape:
    targets = COUNTS + SHARES
    pair = random_expression(random), random_expression(random)
    return {
        "kind": _pick(random, ("share", "survey")),
        "numerator": pair[0],
        "denominator": pair[1],
        "targets": targets,
    }


_MAKERS: tuple[tuple[str, Callable[[Random, int], Shape], int], ...] = (
    ("count", _count, 4), ("share", _share, 2), ("per_10k", _per_10k, 1), ("coverage", _coverage, 4), ("average", _average, 2),
    ("multiple", _multiple, 3), ("each_covered", _each_covered, 4), ("each_counted", _each_counted, 4), ("yearly", _yearly, 3),
    ("yearly_each", _yearly_each, 3), ("anything", _anything, 1),
)  # fmt: skip
_DECK = tuple(maker for maker in _MAKERS for _ in range(maker[2]))
