"""Finds what was altered, removed or inserted behind the application's back, in the database and in the files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.audit.archiving import folder, lines_of, sha256_of
from governance.audit.models import AuditArchive, AuditEvent, AuditSeal, RowChange
from governance.audit.sealing import END, Row, digest_of, is_signed, last_link, prints_of, rows_of, stretches

LATE = timedelta(hours=1)  # after which what is not sealed is a finding: the sealing does not run
SHOWN = 100  # strays that are named one by one
MODELS: dict[str, Any] = {"event": AuditEvent, "change": RowChange}


@dataclass(slots=True)
class Report:
    """What was looked at, what is wrong, and how far the seals reach."""

    archives: int = 0
    seals: int = 0
    rows: int = 0
    sealed_at: datetime | None = None
    digest: str = ""
    unsealed: int = 0
    unsealed_since: datetime | None = None
    problems: list[str] = field(default_factory=list)


def verify(expected: str = "") -> Report:
    """Look at the whole trail as it is at one moment; `expected` is a digest noted elsewhere that must be in the chain."""
    report, seen = Report(), {""}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for archive in AuditArchive.objects.order_by("first_seal"):
            _check_archive(archive, report, seen)
        _check_seals(report, seen)
        _check_rest(report)
    if expected and expected not in seen:
        report.problems.append(_("另存的校验值不在链上，链被截断或替换：%(digest)s") % {"digest": expected})
    return report


def _check_archive(archive: AuditArchive, report: Report, seen: set[str]) -> None:
    """Look at a file: whether it is the one that was written, and whether its chain is whole."""
    report.archives += 1
    path = folder() / archive.name
    if archive.first_previous != report.digest:
        report.problems.append(_("归档 %(name)s 没有接在前面的链上") % {"name": archive.name})
    if not path.is_file():
        report.problems.append(_("归档文件不在：%(name)s") % {"name": archive.name})
    elif sha256_of(path) != archive.sha256:
        report.problems.append(_("归档文件被改动：%(name)s") % {"name": archive.name})
    else:
        digest = archive.first_previous
        for seal, texts in _seals_in(lines_of(path)):
            digest = digest_of(digest, (hashlib.sha256(text.encode()).digest() for text in texts))
            report.seals += 1
            report.rows += len(texts)
            report.sealed_at = datetime.fromisoformat(seal["at"])
            seen.add(digest)
            if digest != seal["digest"]:
                report.problems.append(
                    _("归档 %(name)s 中的封存 #%(seal)s 对不上") % {"name": archive.name, "seal": seal["id"]}
                )
        if digest != archive.last_digest:
            report.problems.append(_("归档 %(name)s 的末尾对不上") % {"name": archive.name})
    seen.add(archive.last_digest)
    report.digest = archive.last_digest


def _seals_in(lines: Iterator[str]) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Yield each seal of a file with the texts of its rows."""
    seal: dict[str, Any] | None = None
    texts: list[str] = []
    for line in lines:
        if line.startswith("{"):
            if seal is not None:
                yield seal, texts
            seal, texts = json.loads(line)["seal"], []
        else:
            texts.append(line)
    if seal is not None:
        yield seal, texts


def _check_seals(report: Report, seen: set[str]) -> None:
    """Look at each seal in the database, in order, and at its rows."""
    seals = list(AuditSeal.objects.defer("prints").order_by("pk"))
    before = AuditArchive.objects.order_by("-last_seal").first()
    numbering = (before.after_event, before.after_change) if before else (0, 0)
    start = before.to_transaction if before else 0
    if before is not None:
        report.problems += _strays(start, numbering)
    for seal, stretch in zip(seals, stretches(seals), strict=True):
        report.seals += 1
        own = (seal.after_event, seal.after_change)
        if own != numbering:
            numbering, start = own, 0
        if seal.previous != report.digest or seal.from_transaction != start:
            report.problems.append(_("封存 #%(seal)s 没有接在前一个上：之前有封存被删除或改动") % {"seal": seal.pk})
        found = list(rows_of(stretch))
        report.rows += len(found)
        if digest_of(seal.previous, (row.digest for row in found)) != seal.digest:
            report.problems += _touched(seal, found)
        start, report.digest, report.sealed_at = seal.to_transaction, seal.digest, seal.at
        seen.add(seal.digest)
    if seals and not is_signed(seals[-1].digest, seals[-1].signature):
        report.problems.append(_("最后一个封存 #%(seal)s 的签名不对：封存被伪造") % {"seal": seals[-1].pk})


def _strays(start: int, numbering: tuple[int, int]) -> Iterator[str]:
    """Say which rows stand where everything has moved to files."""
    for model, above in zip(MODELS.values(), numbering, strict=True):
        rows = model.objects.filter(Q(transaction__lt=start, pk__gt=above) | Q(pk__lte=above)).order_by("pk")
        for key in rows.values_list("pk", flat=True)[:SHOWN]:
            told = {"kind": model._meta.verbose_name, "key": key}
            yield _("%(kind)s #%(key)s 是后来插入的：那段时间已经归档") % told


def _touched(seal: AuditSeal, found: Iterable[Row]) -> list[str]:
    """Say which rows of a seal are not what was sealed."""
    kept = {(stream, key): digest for stream, key, digest in prints_of(bytes(seal.prints))}
    there = {(row.stream, row.key): row.digest[:8] for row in found}
    said = []
    for what in sorted(kept.keys() | there.keys()):
        if kept.get(what) != there.get(what):
            form = (
                _("%(kind)s #%(key)s 被删除（封存 #%(seal)s）")
                if what not in there
                else _("%(kind)s #%(key)s 是后来插入的（封存 #%(seal)s）")
                if what not in kept
                else _("%(kind)s #%(key)s 被改动（封存 #%(seal)s）")
            )
            kind = MODELS[what[0]]._meta.verbose_name
            said.append(form % {"kind": kind, "key": what[1], "seal": seal.pk})
    return said or [_("封存 #%(seal)s 本身被改动，或各行的次序变了") % {"seal": seal.pk}]


def _check_rest(report: Report) -> None:
    """Count what is not sealed yet."""
    last = last_link()
    for stream, model in MODELS.items():
        above = getattr(last, f"last_{stream}" if last.to_transaction == END else f"after_{stream}")
        start = 0 if last.to_transaction == END else last.to_transaction
        rows = model.objects.filter(transaction__gte=start, pk__gt=above)
        report.unsealed += rows.count()
        since = rows.aggregate(since=Min("at"))["since"]
        if since is not None and (report.unsealed_since is None or since < report.unsealed_since):
            report.unsealed_since = since
    if report.unsealed_since is not None and timezone.now() - report.unsealed_since > LATE:
        report.problems.append(_("有记录一个多小时没有封存：后台任务是否在运行？"))
