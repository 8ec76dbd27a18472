"""Loads packs: all that are named, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.policies.packing import allocated, rights
from governance.policies.packing.agreement import check_all
from governance.policies.packing.checks import Known
from governance.policies.packing.difference import Difference, compare
from governance.policies.packing.document import START, Document
from governance.policies.packing.findings import Finding, Findings
from governance.policies.packing.rows import PackRow, read
from governance.policies.packing.stored import stored
from governance.policies.packing.writing import Writer
from governance.policies.vocabulary import vocabulary
from governance.regions.models import Region

PACKS = Path(__file__).parents[1] / "packs"
# Nobody else writes them meanwhile: a target allocated just now would go with an indicator that is removed.
_TABLES = ", ".join(model._meta.db_table for model in (Policy, Clause, Indicator, Target, ReferencePoint))


@dataclass(slots=True)
class Outcome:
    """What was found and what was done; with an error among the findings nothing was."""

    findings: list[Finding] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether an error kept everything from being loaded."""
        return any(not finding.warning for finding in self.findings)


def shipped() -> list[Path]:
    """Return the packs that come with the portal."""
    return sorted(PACKS.glob("*.yaml"))


def load(paths: Sequence[Path], *, by: Any = None, dry_run: bool = False, strict: bool = True) -> Outcome:
    """Bring policies into line with their packs and return what that meant.

    A `dry_run` does everything and takes it back. Sources that no installed app declares are refused, or if
    not `strict` warned of; so is, for a person (`by`), what she may not write. Raises `OSError` for a file that
    cannot be read.
    """
    return load_files([(str(path), path.read_bytes()) for path in paths], by=by, dry_run=dry_run, strict=strict)


def load_files(
    files: Sequence[tuple[str, bytes]], *, by: Any = None, dry_run: bool = False, strict: bool = True
) -> Outcome:
    """Do the same with packs that are read already: name and content of each."""
    findings = Findings(strict)
    names = [name for name, _data in files]
    documents = [_document(name, data, findings) for name, data in files]
    packs = [pack for pack in map(read, documents) if pack is not None]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {_TABLES} IN EXCLUSIVE MODE")
        known = _known(packs)
        check_all(packs, known)
        if findings.errors:
            return Outcome(_sorted(findings, names))
        before = stored(pack.slug for pack in packs)
        for pack in packs:
            allocated.check(pack, before.get(pack.slug))
            rights.check(pack, known.regions, before.get(pack.slug), by)
        differences = [compare(pack, before.get(pack.slug)) for pack in packs]
        if not findings.errors:
            _write(differences, known, packs, by)
        if dry_run or findings.errors:
            transaction.set_rollback(True)
    outcome = Outcome(_sorted(findings, names), differences)
    return Outcome(outcome.findings) if outcome.refused else outcome


def _document(name: str, data: bytes, findings: Findings) -> Document:
    document = Document(name, data.decode("utf-8-sig", errors="replace"), findings)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        document.refuse(START._replace(line=line), "encoding", _("文件不是 UTF-8 编码。"))
    return document


def _known(packs: Sequence[PackRow]) -> Known:
    """Look up what the checks need; five queries."""
    codes, slugs = set(), set()
    for pack in packs:
        codes.add(pack.fields.get("region"))
        for row in pack.indicators():
            slugs.add(row.slug)
            codes |= {part.fields.get("region") for part in (row, *row.targets, *row.references)}
    regions = {region.code: region for region in Region.objects.filter(code__in=codes - {None})}
    owners = dict(Indicator.objects.filter(slug__in=slugs).values_list("slug", "policy__slug"))
    return Known(vocabulary(), regions, owners)


def _write(differences: list[Difference], known: Known, packs: Sequence[PackRow], by: Any) -> None:
    try:
        with transaction.atomic():
            Writer(known.regions).write(differences, by=by)
    except ProtectedError as error:
        message = _("去掉的部分还有 %(count)s 条记录用到，不能删除。") % {"count": len(error.protected_objects)}
        packs[0].block.refuse("clauses", "in_use", message)


def _sorted(findings: Findings, names: Sequence[str]) -> list[Finding]:
    order = {name: at for at, name in enumerate(names)}
    return sorted(findings.rows, key=lambda row: (order[row.file], row.place, row.code))
