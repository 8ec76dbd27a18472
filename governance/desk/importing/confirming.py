"""What was checked is written: all rows without an error or none, in one transaction, once.

A worker that dies leaves nothing behind; the job is sent again and finds the batch as it was, or done.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.desk.importing.checking import count, refuse
from governance.desk.importing.forgetting import forget_contents
from governance.desk.importing.naming import NamedRecords
from governance.desk.importing.pointing import points_outside
from governance.desk.models import ImportBatch, ImportRow
from governance.kit import keeping
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.imports import laying, rules
from governance.kit.imports.checking import Progress
from governance.kit.imports.heads import Heading, Headings, columns_of, imports_of
from governance.kit.listing import LISTINGS, Listing
from governance.kit.records import Record

S = ImportBatch.State
V = ImportRow.Verdict


class _Back(Exception):
    """The batch goes back to its check, with the reason and the rows that are wrong by now."""

    def __init__(self, reason: str, found: list[rules.Violation] | None = None) -> None:
        super().__init__(reason)
        self.reason, self.found = reason, found or []


def confirm(batch_id: int, *, by: Any, progress: Progress | None = None) -> dict[str, Any]:
    """Write a claimed batch and return its counts; what has changed since the check sends it back, unwritten."""
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("region").get(pk=batch_id)
            if batch.state == S.CONFIRMING:
                try:
                    with transaction.atomic():
                        _write(batch, by, progress)
                except _Back as back:
                    refuse(batch, back.found, headings_of(batch))
                    _send_back(batch, back.reason)
                except DomainError as refusal:
                    _send_back(batch, refusal.reason)
                except IntegrityError as error:
                    _send_back(batch, _reason_of(error, apps.get_model(batch.listing)))
                except OperationalError:  # two that wait for each other, and the database gave one up
                    _send_back(batch, _("同时有别的写入，没有写入任何数据。请稍后再确认。"))
                except DatabaseError as error:
                    _send_back(batch, _("数据库拒绝了这些行：%(reason)s") % {"reason": str(error).split("\n", 1)[0]})
    except Exception:
        reason = _("程序出错，没有写入任何数据。请把任务编号告诉系统管理员。")
        waiting = ImportBatch.objects.filter(pk=batch_id, state=S.CONFIRMING)
        waiting.update(state=S.CHECKED, reason=reason, changed_at=timezone.now())
        raise
    if batch.state == S.CONFIRMING:
        raise AssertionError("a confirmed batch is done or back")
    return {name: getattr(batch, name) for name in ("added", "changed", "same", "refused")}


def headings_of(batch: ImportBatch) -> Headings:
    """Return the columns of the batch's file as they were understood at the check."""
    listing = LISTINGS[apps.get_model(batch.listing)]
    columns = {column.name: column for column in reversed(columns_of(listing))}
    return Headings([Heading(each["heading"], each["kind"], columns.get(each["kind"])) for each in batch.columns])


def _write(batch: ImportBatch, by: Any, progress: Progress | None) -> None:
    listing = LISTINGS[apps.get_model(batch.listing)]
    model, said = listing.model, imports_of(listing)
    new, changes = batch.lines.filter(verdict=V.NEW), batch.lines.filter(verdict=V.CHANGE)
    for verb, rows in (("add", batch.added), ("change", batch.changed)):
        if said is None or (rows and not listing.allows(by, verb)):
            raise _Back(_("您的岗位现在不能写入这个台账，没有写入任何数据。"))
    if progress is not None:
        progress(_("正在写入"), 0, batch.added + batch.changed)
    if points_outside(batch, listing, by):
        raise _Back(_("有的行用到您现在看不到的记录，没有写入任何数据。请重新核对。"))
    _require_unchanged(model, changes)
    named = NamedRecords(batch, listing, by)
    refused = named.make()
    if refused:
        field = named.names.field if named.names is not None else ""
        wrong = [rules.Violation(row, (field,), reason) for row, reason in refused.items()]
        raise _Back(_changed_meanwhile(len(wrong)), wrong)
    with connection.cursor() as cursor:
        laying.lay_out(cursor, model, new | changes, with_keys=True)
        found = rules.violations(cursor, model, by=by, more=said.triggers if said is not None else ())
        if found:
            raise _Back(_changed_meanwhile(len(found)), found)
        _require_allowed(listing, "change", changes.values("target"), batch.changed, by)
        written = laying.write_new(cursor, model)
        columns = _columns_of(cursor, batch)
        changed = laying.write_changes(cursor, model, columns) if batch.changed else 0
        if (written, changed) != (batch.added, batch.changed):
            raise _Back(_("写入的行数与核对时不同，没有写入任何数据。请重新核对。"))
        key = laying.quoted(model._meta.pk.column if model._meta.pk else None)
        cursor.execute(
            f"UPDATE {ImportRow._meta.db_table} AS line SET target = laid.{key} FROM {laying.LAID} AS laid "  # noqa: S608
            "WHERE line.batch_id = %s AND line.number = laid.row_number AND line.target IS NULL",
            [batch.pk],
        )
    _require_allowed(listing, "add", new.values("target"), batch.added, by)
    _require_allowed(listing, "change", changes.values("target"), batch.changed, by)
    named.tell()
    _keep_register(batch, listing, by)
    batch.state, batch.finished_at, batch.reason = S.DONE, timezone.now(), ""
    batch.save()
    told = {name: getattr(batch, name) for name in ("sha256", "added", "changed", "same", "refused")}
    if named.are_there:
        told["purpose"] = _("导入登记")
    emit(Event(f"{batch.listing}.import", by, batch, batch.region.path, after={"file": batch.name} | told))
    if any(column.sealed for column in columns_of(listing)):
        forget_contents(batch)


def _keep_register(batch: ImportBatch, listing: Listing, by: Any) -> None:
    """State from when on the register is kept, if the upload said so and `by` still may."""
    if batch.keep_since is None or batch.keep_region is None:
        return
    place, since, note = batch.keep_region, batch.keep_since, batch.name[:100]
    try:
        for register in keeping.registers_of(listing):
            keeping.keeper().keep(register, by=by, region=place, since=since, note=note)
    except (PermissionDenied, ValidationError) as refusal:
        reason = _("您现在不能在%(place)s启用台账，没有写入任何数据。请不填启用日期，重新上传。")
        raise _Back(reason % {"place": batch.keep_region}) from refusal


def _require_unchanged(model: Any, changes: Any) -> None:
    """Lock the records that change, and send the batch back where one has changed since the check."""
    if not issubclass(model, Record):
        return
    stored = model._default_manager.filter(pk__in=changes.values("target")).select_for_update(of=("self",))
    times = dict(stored.order_by("pk").values_list("pk", "changed_at"))
    late = [
        number for number, target, seen in changes.values_list("number", "target", "seen") if times.get(target) != seen
    ]
    if late:
        reason = _("核对之后，这条记录被别人修改或删除了。请重新核对。")
        raise _Back(_changed_meanwhile(len(late)), [rules.Violation(number, (), reason) for number in late])


def _require_allowed(listing: Listing, verb: str, keys: Any, count: int, by: Any) -> None:
    """Send the batch back where one of the records lies outside what `by` may write now."""
    rows: Any = listing.model._default_manager
    if count and rows.allowed_to(by, verb).filter(pk__in=keys).count() != count:
        raise _Back(_("有的记录不在您的岗位可以办理的地区，没有写入任何数据。请重新核对。"))


def _columns_of(cursor: Any, batch: ImportBatch) -> set[str]:
    cursor.execute(
        f"SELECT DISTINCT jsonb_object_keys(values) FROM {ImportRow._meta.db_table} "  # noqa: S608
        "WHERE batch_id = %s AND verdict = 'change'",
        [batch.pk],
    )
    return {column for (column,) in cursor.fetchall()}


def _changed_meanwhile(rows: int) -> str:
    return _("核对之后数据有变化，%(count)s 行不能写入，因此没有写入任何数据。") % {"count": rows}


def _reason_of(error: IntegrityError, model: Any) -> str:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    rules_of = {rule.name: str(rule.get_violation_error_message()) for rule in model._meta.constraints}
    reason = rules_of.get(name) or _("数据库拒绝了这些行（规则 %(rule)s）。") % {"rule": name}
    return _("%(reason)s没有写入任何数据，请重新核对。") % {"reason": reason}


def _send_back(batch: ImportBatch, reason: str) -> None:
    batch.refresh_from_db()
    count(batch)
    batch.state, batch.reason = S.CHECKED, reason
    batch.save()
