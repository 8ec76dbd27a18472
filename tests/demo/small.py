"""A few counties of each place that the demonstration data know, loaded by the steps of the portal itself."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from governance.attainment.actions.alone import carry_out_here
from governance.attainment.actions.runs import prepare_run, start_run
from governance.attainment.models import AttainmentRun
from governance.kit import demo
from governance.regions.demo import DIVISIONS
from governance.regions.divisions import import_divisions

# 渝中, 武隆, 城口, 巫溪, 酉阳 of Chongqing; three streets of Tianyuan; two townships of each district elsewhere.
_WHOLE = ("500103", "500156", "500229", "500238", "500242", "430211001", "430211002", "430211003")
_TWO_TOWNSHIPS = ("3502", "5301", "3407", "340104")
_FRAME = {"province", "prefecture"}


def silent(_message: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def load_first_part(folder: Path) -> None:
    """Load the first part of the demonstration on the small tree."""
    file = folder / DIVISIONS.name
    with gzip.open(file, "wt", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, ("code", "name", "level", "parent_code"))
        writer.writeheader()
        writer.writerows(_chosen())
    with transaction.atomic():
        for step in demo.steps():
            if step.name == "区划":
                import_divisions(file, by=None)
            elif not step.in_bulk:
                step.load(silent)
        demo.load_in_bulk([step for step in demo.steps() if step.in_bulk], silent)


def compute(*roots: str) -> AttainmentRun:
    """Compute the areas of these roots, or all of them."""
    run = start_run(by=None, cause=AttainmentRun.Cause.CHANGES)
    prepare_run(run.pk, only=roots)
    carry_out_here(run.pk)
    run.refresh_from_db()
    return run


def _chosen() -> Iterator[dict[str, str]]:
    """Yield the divisions of the small tree, with all that lies above them."""
    with gzip.open(DIVISIONS, "rt", encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    townships: dict[str, list[str]] = {}
    for row in rows:
        if row["level"] == "township" and row["code"].startswith(_TWO_TOWNSHIPS):
            townships.setdefault(row["parent_code"], []).append(row["code"])
    few = {code[:9] for codes in townships.values() for code in codes[:2]}
    for row in rows:
        code = row["code"]
        chosen = code.startswith((*_WHOLE, *few)) or any(part.startswith(code.rstrip("0")) for part in (*_WHOLE, *few))
        if row["level"] in _FRAME or (chosen and row["level"] != "community") or code.startswith((*_WHOLE, *few)):
            yield row
