"""The import of divisions from a file or folder: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.kit.events import Event, emit
from governance.kit.scoping import Scope
from governance.kit.wording import listed
from governance.regions.divisions import load
from governance.regions.divisions.compare import compare, new_places
from governance.regions.divisions.gather import Gathered, gather
from governance.regions.divisions.report import Report, write_refused
from governance.regions.divisions.retirement import absent, listed_completely
from governance.regions.divisions.rows import Known, Source
from governance.regions.divisions.sources import read
from governance.regions.divisions.suggest import near_codes, with_suggestions
from governance.regions.divisions.tree import Limits, Tree, settle

Progress = Callable[[str, int, int], None]


class UnknownPlace(LookupError):
    """The place under which to import is neither in the file nor in the database; `near` are those that come near."""

    def __init__(self, code: str, near: list[str]) -> None:
        super().__init__(code)
        self.code, self.near = code, near


def import_divisions(
    path: Path,
    *,
    by: Any,
    on: date | None = None,
    complete: bool | None = None,
    partial: Collection[str] | None = None,
    progress: Progress | None = None,
    refused_to: Path | None = None,
    scope: Scope | None = None,
    under: str | None = None,
) -> Report:
    """Bring the tree into line with a source and return what was done.

    `on` dates what changed; without it nothing is retired. `complete` and `partial` overrule the description of the
    source. `scope` limits a person to her sub-trees, `under` an import to one place. `progress` gets stage, done, total
    (0 if unknown). Refused rows are written to `refused_to` where there are any. Raises `ImportRefused` when the source
    cannot be read and `UnknownPlace` for `under`; nothing is written then.
    """
    started = monotonic()
    step = progress or _silent
    source = read(path, _reading(step), complete=complete, partial=partial)
    step(_("检查"), 0, len(source.rows))
    gathered = gather(source)
    report = Report(source.name, source.stated_on, on, source.complete, placeholders=len(gathered.skipped))
    if source.unknown_columns:
        report.warnings.append(_("不认识的列没有读：%(columns)s") % {"columns": listed(source.unknown_columns)[:200]})
    limits = Limits(on or timezone.localdate(), None if scope is None else scope.paths, under)
    with transaction.atomic():
        load.lock()
        known = _known(gathered, under)
        tree = settle(gathered, known, limits)
        _write(source, gathered, tree, known, report, step)
        _report_refused(source, gathered, tree, report, refused_to)
        report.seconds = round(monotonic() - started, 2)
        home = scope.paths[0] if scope is not None and len(scope.paths) == 1 else ""
        emit(Event("regions.region.import", by, None, region_path=home, after=report.as_dict()))
    return report


def _silent(stage: str, done: int, total: int) -> None:
    """Take progress that nobody asked for."""


def _reading(step: Progress) -> Progress:
    return lambda name, done, total: step(_("读取 %(file)s") % {"file": name}, done, total)


def _known(gathered: Gathered, under: str | None) -> dict[str, Known]:
    """Return the places that the source speaks of, as the database has them."""
    known: dict[str, Known] = {}
    if not load.is_empty():
        own = {row.code for row in gathered.own}
        known = load.known_places(
            gathered.rows.keys() | gathered.possible_parents() | own | ({under} if under else set())
        )
    if under is not None and under not in gathered.rows and under not in known:
        raise UnknownPlace(under, near_codes(under, sorted(gathered.rows), gathered.rows, limit=5))
    return known


def _write(
    source: Source, gathered: Gathered, tree: Tree, known: dict[str, Known], report: Report, step: Progress
) -> None:
    """Write what differs and count it."""
    whole = listed_completely(source, gathered, tree) if source.complete and known else {}
    new = [code for code in tree.rows if code not in known]
    ids = {code: place.id for code, place in known.items()} | dict(zip(new, load.new_ids(len(new)), strict=True))
    difference = compare(tree, known, whole, ids)
    places = new_places(difference.added, tree, known, source, report.on, ids)
    load.insert(places, len(difference.added), lambda done, total: step(_("写入"), done, total))
    load.update(difference)
    report.added, report.changed = len(difference.added), len(difference.changed)
    report.unchanged, report.merged, report.left_out = difference.unchanged, tree.merged, tree.left_out
    if whole:
        step(_("核对停用"), 0, len(whole))
        gone = absent(whole, gathered, tree, report.on or timezone.localdate())
        if report.on is None:
            report.absent = len(gone)
        elif gone:
            report.retired = load.retire(gone, report.on)
    report.findings = load.mismatches(tree.rows.keys())


def _report_refused(source: Source, gathered: Gathered, tree: Tree, report: Report, path: Path | None) -> None:
    report.refused = len(tree.refused)
    if tree.refused and path is not None:
        refused = with_suggestions(tree.refused, gathered.rows)
        write_refused(path, refused, source.columns, gathered.real)
        report.refused_file = path.name
