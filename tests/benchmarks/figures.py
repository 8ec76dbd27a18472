"""One figure of a benchmark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value; `bar` is the most that it may be, nothing where it is only told."""

    value: float
    unit: str = ""
    bar: float | None = None

    @property
    def ok(self) -> bool:
        """Return whether the bar is reached."""
        return self.bar is None or self.value <= self.bar
