"""The engine on a synthetic city, beside DuckDB and a raw scan of the same tables: the bars that it is held to.

`BENCH_SCALE` is the part of a large municipality: 0.1 unless told otherwise, 1 for all of it, 3 for three of them. The
figures of each scale are kept by themselves, so that scales can be compared once both were measured. `BENCH_TABLES=trial`
measures the flat tables of the trial app instead of the portal's own: what its declarations cost is told once both were.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from statistics import quantiles
from time import perf_counter
from typing import Any

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from governance.kit.measures.expressions import LEVELS
from tests.benchmarks import city, duck, kept, product
from tests.benchmarks.city.policy import MONTHS, first_month
from tests.benchmarks.figures import Figure
from tests.benchmarks.raw import raw_scan
from tests.benchmarks.scratch import scratch_database
from tests.benchmarks.stored import stored

ROUNDS = 4
READS, CHANGES, BURST = 200, 200, 10_000
WORKERS = 2
HUNDREDTHS = 100
_REBUILD = "full rebuild, stored, 2 workers"

Figures = dict[str, Figure]


def run() -> Figures:
    """Measure everything in one go; ratios are of this run and this machine."""
    scale = float(os.environ.get("BENCH_SCALE", "0.1"))
    figures: Figures = {}
    tables = city.chosen()
    with scratch_database(), product.workers(WORKERS) as workers:
        made = _filled(scale, tables, figures)
        bench = _Bench(made, workers, figures)
        bench.compared()
        bench.reads()
        bench.changes()
    named = {f"{_title(tables.name, scale)}: {name}": figure for name, figure in figures.items()}
    return named | _across_runs(named, scale)


def _filled(scale: float, tables: city.Tables, figures: Figures) -> city.City:
    started = perf_counter()
    made = city.generate(scale, tables)
    city.load(made)
    city.vacuum()
    city.make_policy(made)
    figures["places"] = Figure(len(made.places))
    figures["generate and load"] = Figure(perf_counter() - started, "s")
    return made


class _Bench:
    def __init__(self, made: city.City, workers: product.Workers, figures: Figures) -> None:
        self.made, self.workers, self.figures = made, workers, figures
        self.tables = made.tables
        self.first = first_month(made.last)
        self.places = np.arange(1, len(made.places) + 1)
        self.random = np.random.default_rng(1)

    def compared(self) -> None:
        """Measure the raw scan, DuckDB and full rebuilds in turn, and hold every value against DuckDB's.

        Of each the quickest counts: they meet the same load of the machine.
        """
        second = duck.load(self.tables.counted, WORKERS)
        times: dict[str, list[float]] = {"scan": [], "split": [], "statement": [], "rebuild": []}
        for _round in range(ROUNDS):
            times["scan"].append(raw_scan(self.tables.sums))
            times["split"].append(duck.split_aggregation(second, self.tables.counted, self.first))
            history = duck.one_statement(second, self.tables.counted, self.first, self.first + MONTHS - 1)
            times["statement"].append(history.seconds)
            rebuilt = product.rebuild(self.workers)
            times["rebuild"].append(rebuilt.seconds)
        second.close()
        scan, split, statement, rebuild = (min(seconds) for seconds in times.values())
        self.figures |= {
            "raw parallel scan": Figure(scan, "s"),
            "DuckDB, the whole history as one statement": Figure(statement, "s"),
            "DuckDB, best aggregation of the records": Figure(split, "s"),
            _REBUILD: Figure(rebuild, "s"),
            "values stored": Figure(rebuilt.rows * len(self.tables.measures)),
            "full rebuild over raw scan": Figure(rebuild / scan, "×", bar=8),
            "full rebuild over DuckDB's best aggregation": Figure(rebuild / split, "×", bar=5),
            "full rebuild over one DuckDB statement": Figure(rebuild / statement, "×", bar=0.5),
            "memory of a worker": Figure(rebuilt.memory, "MB"),
            "values that differ from DuckDB's": Figure(self._differences(history), "", bar=0),
        }

    def reads(self) -> None:
        """Measure the SQL of a place's page and of the ranking of its children."""
        self._vacuum()
        some = self.random.choice(self.places, READS).tolist()
        with_children = np.flatnonzero(self.made.places.level < LEVELS.index("community")) + 1
        parents = self.random.choice(with_children, READS).tolist()
        self.figures |= {
            "SQL of a region's dashboard, p95": Figure(_p95(product.dashboard, some), "ms", bar=2),
            "SQL of a ranking of children, p95": Figure(_p95(product.ranking, parents), "ms", bar=5),
        }

    def changes(self) -> None:
        """Measure how soon one change is visible, and 10,000 at once; hold every value against DuckDB's afterwards."""
        communities = self.made.places.communities
        gc.collect()
        gc.freeze()  # as workers do when they start
        one_by_one = self.random.choice(communities, CHANGES).reshape(-1, 1)
        single = _p95(self._change, one_by_one)
        second = duck.load(self.tables.counted, WORKERS)
        after = duck.one_statement(second, self.tables.counted, self.first, self.first + MONTHS - 1)
        second.close()
        differ = self._differences(after)
        bursts, rebuilds = [], []
        for _round in range(ROUNDS):  # each beside a rebuild of the same rows
            rebuilds.append(product.rebuild(self.workers).seconds)
            bursts.append(self._change(self.random.choice(communities, BURST)))
        self.figures |= {
            "one change visible with its ancestors, p95": Figure(single, "ms", bar=50),
            "10,000 changes visible": Figure(min(bursts), "s"),
            "10,000 changes visible, over a full rebuild": Figure(min(bursts) / min(rebuilds), "×", bar=1),
            "values that differ from DuckDB's after the changes": Figure(differ, "", bar=0),
        }

    def _change(self, homes: NDArray[Any]) -> float:
        """Add a volunteer at each of these places; return the seconds until all numbers are right."""
        since = self.made.last.replace(day=1)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(self.tables.change, [since, homes.tolist()])
        month = self.first + MONTHS - 1
        return product.make_visible(dict.fromkeys(homes.tolist(), month), self.workers)

    def _differences(self, history: duck.History) -> int:
        """Return how many stored values are not those of DuckDB."""
        ours = stored(self.tables.measures, self.places, self.first)
        return sum(int(np.count_nonzero(ours[name] != theirs * HUNDREDTHS)) for name, theirs in history.values.items())

    def _vacuum(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE attainment_measurevalue, attainment_currentstatus")


def _p95(work: Callable[[Any], float], arguments: Any) -> float:
    """Return the 95th of 100 times in milliseconds; the first ones warm up and do not count."""
    seconds = [work(argument) for argument in arguments]
    return 1000 * quantiles(seconds[len(seconds) // 10 :], n=20)[-1]


def _title(tables: str, scale: float) -> str:
    return f"engine ×{scale:g}" if tables == city.REAL.name else f"engine, {tables} tables ×{scale:g}"


def _across_runs(own: Figures, scale: float) -> Figures:
    """Return what two runs say together, as far as both were measured, now or before: growth, and what real tables cost."""
    known = {name: float(one["value"]) for name, one in kept.last().items()}
    known |= {name: figure.value for name, figure in own.items()}

    def ratio(figure: str, above: str, below: str) -> float | None:
        one, other = known.get(f"{above}: {figure}"), known.get(f"{below}: {figure}")
        return one / other if one and other else None

    real, trial, found = city.REAL.name, city.TRIAL.name, Figures()
    memory = ratio("memory of a worker", _title(real, 1), _title(real, 0.1))
    time = ratio(_REBUILD, _title(real, 3), _title(real, 1))
    if memory is not None:
        found["engine: memory of a worker at scale 1 over scale 0.1"] = Figure(memory, "×", bar=1.3)
    if time is not None:
        found["engine: full rebuild at scale 3 over scale 1"] = Figure(time, "×", bar=3.5)
    for figure in (_REBUILD, "one change visible with its ancestors, p95", "10,000 changes visible"):
        cost = ratio(figure, _title(real, scale), _title(trial, scale))
        if cost is not None:
            found[f"engine ×{scale:g}: {figure}, real tables over trial tables"] = Figure(cost, "×")
    return found
