"""Run the benchmarks, show each figure beside its bar and beside the run before, and end with 1 if one is missed."""

from __future__ import annotations

import os
import pkgutil
import sys
from importlib import import_module
from typing import Any

import django
from rich.console import Console
from rich.table import Table

from tests import benchmarks
from tests.benchmarks.figures import Figure
from tests.benchmarks.kept import Kept, keep, last


def main(wanted: list[str]) -> int:
    """Run the benchmarks named, or all; return the exit code."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"  # no others have the tables that are measured
    django.setup()
    before, console = last(), Console()
    figures: dict[str, Figure] = {}
    for name, module in _modules(wanted).items():
        with console.status(name):
            figures |= module.run()
    console.print(_table(figures, before))
    keep(figures, before)
    return 0 if all(figure.ok for figure in figures.values()) else 1


def _modules(wanted: list[str]) -> dict[str, Any]:
    """Return the benchmarks by name: the modules of this package that have `run`."""
    names = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__"]
    modules = {name: import_module(f"{benchmarks.__name__}.{name}") for name in names}
    found = {name: module for name, module in modules.items() if hasattr(module, "run")}
    unknown = set(wanted) - found.keys()
    if unknown:
        raise SystemExit(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(found)}")
    return {name: module for name, module in found.items() if not wanted or name in wanted}


def _table(figures: dict[str, Figure], before: Kept) -> Table:
    table = Table("name")
    for column in ("figure", "bar", "ok", "before"):
        table.add_column(column, justify="right")
    for name, figure in figures.items():
        bar = "" if figure.bar is None else f"≤ {figure.bar:g}"
        ok = "" if figure.bar is None else "[green]✓[/]" if figure.ok else "[bold red]✗[/]"
        table.add_row(name, f"{figure.value:,.2f} {figure.unit}", bar, ok, _change(figure, before.get(name)))
    return table


def _change(figure: Figure, before: dict[str, Any] | None) -> str:
    """Return how a figure differs from the run before."""
    if before is None:
        return ""
    old = float(before["value"])
    return f"{old:,.2f}" + (f" ({(figure.value - old) / old:+.0%})" if old else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
