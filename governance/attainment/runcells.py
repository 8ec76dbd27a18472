"""The cells that a run's report names, as far as a user may see the numbers of their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from governance.attainment.measurewords import measures_in_words
from governance.attainment.models import AttainmentRun
from governance.attainment.results.requests import PERMISSION
from governance.regions.models import Region

NAMES = ("drift_cells", "miscounted")


@dataclass(frozen=True)
class SeenCells:
    """The cells of some runs inside the user's scope; three handfuls of queries at most, and none without cells."""

    runs: Iterable[AttainmentRun]
    user: Any

    @cached_property
    def places(self) -> dict[str, str]:
        """Names of the places in scope, by code."""
        codes = {cell["region"] for run in self.runs for name in NAMES for cell in run.report.get(name, ())}
        if not codes:
            return {}
        inside = self.user.scope_for(PERMISSION).q("path")
        return dict(Region.objects.filter(inside, code__in=codes).values_list("code", "name"))

    def report(self, run: AttainmentRun) -> dict[str, Any]:
        """Return the report without the cells of other places; how many there were is told by `outside`."""
        kept: dict[str, Any] = dict(run.report)
        for name in NAMES:
            if name in kept:
                kept[name] = [cell for cell in run.report[name] if cell["region"] in self.places]
        if outside := self.outside(run):
            kept["outside"] = outside
        return kept

    def outside(self, run: AttainmentRun) -> int:
        """Return how many cells lie in places that the user may not see."""
        return sum(cell["region"] not in self.places for name in NAMES for cell in run.report.get(name, ()))

    def in_words(self, run: AttainmentRun) -> dict[str, list[dict[str, Any]]]:
        """Return the cells by their list, with the names of places and measures."""
        report = self.report(run)
        found = {name: report.get(name, []) for name in NAMES}
        texts = {cell["measure"] for cells in found.values() for cell in cells}
        words = measures_in_words(texts) if texts else {}
        return {
            name: [
                _values(cell) | {"region_name": self.places[cell["region"]], "measure": words[cell["measure"]]}
                for cell in cells
            ]
            for name, cells in found.items()
        }


def _values(cell: dict[str, Any]) -> dict[str, Any]:
    """Return a cell whose values say how many units have data where not all do: that alone may be what differs."""
    found = dict(cell)
    for name in ("old", "new", "counted", "computed"):
        known = cell.get(f"{name}_known")
        if cell.get(name) is not None and known is not None:
            found[name] = _("%(value)s（%(known)s 个单位有数据）") % {"value": cell[name], "known": known}
    return found
