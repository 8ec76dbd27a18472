"""The check of a kept file: every row with its verdict is staged, and nothing else is written. Safe to run twice."""

from __future__ import annotations

import io
import json
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.desk.models import ImportBatch, ImportRow
from governance.kit.errors import DomainError
from governance.kit.imports import checking, laying, reading, rules
from governance.kit.imports.heads import Heading, Headings, columns_of, imports_of, natural_of, placed
from governance.kit.listing import LISTINGS
from governance.kit.masks import holds_number

S = ImportBatch.State
V = ImportRow.Verdict
MASK = "******"  # what is shown of a sensitive cell that came by a file

_COLUMNS = ("batch_id", "number", "cells", "verdict", "errors", "values", "before", "target", "seen")


def check(batch_id: int, *, by: Any, progress: checking.Progress | None = None) -> dict[str, Any]:
    """Check a batch and return its counts; a file that cannot be read leaves the batch failed, with the reason."""
    states = [S.UPLOADED, S.CHECKING, S.CHECKED, S.FAILED]
    claimed = ImportBatch.objects.filter(pk=batch_id, state__in=states).update(
        state=S.CHECKING, reason="", changed_at=timezone.now()
    )
    if not claimed:
        raise DomainError(_("这次导入已经结束，请重新上传。"))
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
            if batch.state == S.CHECKING:  # else another delivery has done it
                _check(batch, by, progress)
    except DomainError as refusal:
        _fail(batch_id, refusal.reason)
    except Exception:
        _fail(batch_id, _("程序出错，没有写入任何数据。请把任务编号告诉系统管理员。"))
        raise
    batch = ImportBatch.objects.get(pk=batch_id)
    return {name: getattr(batch, name) for name in ("added", "changed", "same", "refused")}


def _check(batch: ImportBatch, by: Any, progress: checking.Progress | None) -> None:
    listing = LISTINGS[apps.get_model(batch.listing)]
    said = imports_of(listing)
    if said is None or not listing.allows(by, "add"):
        raise DomainError(_("您不能导入这个台账。"))
    with batch.file.open("rb") as file:
        sheet = reading.read(file.read(), batch.name, said.rows_at_most)
    table = listing.table
    headings = placed(columns_of(listing), sheet.headings, tuple(table.label(name) for name in table.names()))
    _require_columns(listing, headings)
    rows = checking.check(listing, sheet, headings, by=by, progress=progress)
    batch.lines.all().delete()
    if progress is not None:
        progress(_("正在核对整个文件"), len(rows), len(rows))
    with connection.cursor() as cursor:
        _stage(cursor, batch, rows, headings)
        staged = batch.lines.filter(verdict__in=[V.NEW, V.CHANGE])
        laying.lay_out(cursor, listing.model, staged)
        refuse(batch, rules.violations(cursor, listing.model, by=by, more=said.triggers), headings)
    batch.columns = [{"heading": each.text, "kind": each.kind, "near": each.near} for each in headings.all]
    batch.state, batch.checked_at, batch.reason = S.CHECKED, timezone.now(), ""
    count(batch)
    batch.reason = _imported_before(batch, by)
    batch.save()


def _imported_before(batch: ImportBatch, by: Any) -> str:
    """Return a warning where this very file has added records already, and would add some once more."""
    same = ImportBatch.objects.visible_to(by).filter(listing=batch.listing, sha256=batch.sha256)
    earlier = same.filter(state=S.DONE, added__gt=0).order_by("-finished_at").first()
    if earlier is None or not batch.added:
        return ""
    values = {"day": timezone.localdate(earlier.finished_at), "rows": earlier.added}
    return _("同样的文件 %(day)s 已经导入过，新增了 %(rows)s 条：再写入一次可能重复登记，请先核对。") % values


def _require_columns(listing: Any, headings: Headings) -> None:
    """Refuse a file that can neither add nor change anything."""
    columns = columns_of(listing)
    known = any(each.column is not None for each in headings.all)
    there = {each.column.name for each in headings.all if each.column is not None}
    natural = set(natural_of(listing))
    finds = headings.of("number") is not None or (bool(natural) and natural <= there)
    missing = headings.missing(columns)
    if not known or (missing and not finds):
        names = _("、").join(missing or [column.heading for column in columns if column.required])
        raise DomainError(_("文件缺少这些列：%(columns)s。请用空白模板的表头。") % {"columns": names})


def _sealed(headings: Headings) -> list[int]:
    return [place for place, each in enumerate(headings.all) if each.column is not None and each.column.sealed]


def _loose(headings: Headings) -> list[int]:
    """Return the columns that are not read, and names: somebody may have put a number there."""
    return [place for place, each in enumerate(headings.all) if each.kind == "unknown" or _is_name(each)]


def _is_name(heading: Heading) -> bool:
    return heading.column is not None and heading.column.is_part and not heading.column.sealed


def _stage(cursor: Any, batch: ImportBatch, rows: list[checking.Row], headings: Headings) -> None:
    """Copy the rows into the staging table; of sensitive cells only that there was something."""
    sealed, loose = _sealed(headings), _loose(headings)
    file = io.StringIO()
    for row in rows:
        for place in sealed:
            row.cells[place] = MASK if row.cells[place] else ""
        for place in loose:
            row.cells[place] = MASK if holds_number(row.cells[place]) else row.cells[place]
        keeps = row.verdict in (V.NEW, V.CHANGE)
        parts = (
            str(batch.pk),
            str(row.number),
            "{" + ",".join(['"' + cell.replace("\\", "\\\\").replace('"', '\\"') + '"' for cell in row.cells]) + "}",
            row.verdict,
            _json(row.errors),
            _json(row.values if keeps else {}),
            _json(row.before if keeps else {}),
        )
        file.write("\t".join([_escaped(part) for part in parts]))
        target = "\\N" if row.target is None else str(row.target)
        file.write(f"\t{target}\t{row.seen.isoformat() if row.seen else chr(92) + 'N'}\n")
    file.seek(0)
    names = ", ".join(connection.ops.quote_name(name) for name in _COLUMNS)
    cursor.copy_expert(f"COPY {ImportRow._meta.db_table} ({names}) FROM STDIN", file)


def _escaped(text: str) -> str:
    """Return a text as COPY reads it."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else "{}"


def refuse(batch: ImportBatch, found: list[rules.Violation], headings: Headings) -> None:
    """Mark staged rows refused, each reason in the first cell of its rule's fields that the file has."""
    if not found:
        return
    cells = [next(filter(None, (headings.text(name) for name in each.fields)), "") for each in found]
    numbers, reasons = [each.row for each in found], [each.reason for each in found]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {ImportRow._meta.db_table} AS line SET verdict = 'refused', "  # noqa: S608
            "errors = line.errors || wrong.errors FROM ("
            "  SELECT number, jsonb_object_agg(cell, reason) AS errors"
            "  FROM unnest(%s::int[], %s::text[], %s::text[]) AS given (number, cell, reason) GROUP BY number"
            ") AS wrong WHERE line.batch_id = %s AND line.number = wrong.number",
            [numbers, cells, reasons, batch.pk],
        )


def count(batch: ImportBatch) -> None:
    """Put the counts of the verdicts on the batch."""
    by_verdict = dict(batch.lines.values_list("verdict").annotate(count=Count("pk")).order_by())
    batch.added, batch.changed = by_verdict.get(V.NEW, 0), by_verdict.get(V.CHANGE, 0)
    batch.same, batch.refused = by_verdict.get(V.SAME, 0), by_verdict.get(V.REFUSED, 0)
    batch.rows = sum(by_verdict.values())


def _fail(batch_id: int, reason: str) -> None:
    ImportBatch.objects.filter(pk=batch_id, state=S.CHECKING).update(
        state=S.FAILED, reason=reason, changed_at=timezone.now()
    )
