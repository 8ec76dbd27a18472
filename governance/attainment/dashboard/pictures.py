"""Small pictures as attributes of SVG: a bullet of one value, and a line of a history. Nothing here is exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDTH, MARK = 100.0, 1.0  # of a bullet; the marks are thin
SPARK_WIDTH, TOP, BOTTOM = 82.0, 3.0, 23.0


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bar from 0: how far it is filled, where the target stands, and where one should be by now (None: no path)."""

    fill: str
    target: str
    path: str | None


def bullet(value: Fraction, target: Fraction, path: Fraction | None) -> Bullet:
    """Return the bar of a value; its end is the target, or the value where that lies beyond."""
    end = max(value, target, path or Fraction(0), Fraction(1, 100))

    def at(number: Fraction) -> float:
        return float(max(number, Fraction(0)) / end) * WIDTH

    mark = None if path is None or path == target else f"{min(at(path), WIDTH - MARK):.1f}"
    return Bullet(f"{at(value):.1f}", f"{min(at(target), WIDTH - MARK):.1f}", mark)


@dataclass(frozen=True, slots=True)
class Spark:
    """A line through the months that have a value, and the point where it ends."""

    line: str
    end: tuple[str, str] | None


def spark(values: Sequence[Fraction | None]) -> Spark | None:
    """Return the line of a history; None where no two values make one."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    low, high = min(known), max(known)
    step = SPARK_WIDTH / (len(values) - 1)
    parts, last, drawing = [], None, False
    for place, value in enumerate(values):
        if value is None:
            drawing = False  # what is missing is not drawn as if it were known
            continue
        height = float((value - low) / (high - low)) if high > low else 0.5
        last = f"{place * step:.1f}", f"{BOTTOM - height * (BOTTOM - TOP):.1f}"
        parts.append(f"{'L' if drawing else 'M'}{last[0]} {last[1]}")
        drawing = True
    return Spark(" ".join(parts), last)
