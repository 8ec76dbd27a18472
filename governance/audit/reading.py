"""Reads the trail: the changes of a record, and what was changed together with something."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.db.models import BooleanField, CharField, F, Func, Model, OuterRef, QuerySet, Subquery, Value
from django.utils.translation import gettext as _

from governance.audit.models import AuditEvent, RowChange
from governance.audit.tracked import model_of, models, tables
from governance.kit.events import ON_BEHALF
from governance.kit.history import EMPTY, Difference, Words
from governance.kit.origin import FOR
from governance.kit.wording import listed
from governance.regions.models import Region

_NEAR = timedelta(days=1)


class StartsWith(Func):
    """Whether a text starts with another one."""

    function = "starts_with"
    output_field = BooleanField()


def changes_of(record: Model) -> Any:
    """Return the changes of a record, the newest first, with who made them and in the name of which place."""
    rows = RowChange.objects.filter(table_name=record._meta.db_table, record_id=str(record.pk))
    code = Func(F("action"), Value(f"{FOR}([0-9]+)$"), function="substring", output_field=CharField())
    places = Region.objects.annotate(holds=StartsWith(OuterRef("region_path"), F("path"))).filter(
        code=OuterRef("behalf"), holds=True
    )
    rows = rows.annotate(behalf=code, on_behalf_of=Subquery(places.values("name")[:1]))
    return rows.select_related("actor").order_by("-pk")


def together_with(found: AuditEvent | RowChange, user: Any) -> dict[str, QuerySet[Any]]:
    """Return the events and the changes of the same transaction, those that `user` may see."""
    near = (found.at - _NEAR, found.at + _NEAR)  # numbers of transactions begin anew after a restore
    events = AuditEvent.objects.visible_to(user).filter(transaction=found.transaction, at__range=near)
    changes = RowChange.objects.visible_to(user).filter(transaction=found.transaction, at__range=near)
    changes = changes.select_related("actor")
    if isinstance(found, AuditEvent):
        events = events.exclude(pk=found.pk)
    else:
        changes = changes.exclude(pk=found.pk)
    return {"events": events.order_by("pk"), "changes": changes.order_by("pk")}


def differences_of(change: RowChange, user: Any) -> list[Any]:
    """Return the fields of a change in words, for an auditor: what is personal is masked."""
    model = model_of(change.table_name)
    return [] if model is None else Words(model, [change], user, fields=None, masked=True).differences(change)


def told_by(event: AuditEvent, user: Any) -> list[Any]:
    """Return what an event tells, in words: fields of its record as those of a change, and what it says beside them."""
    model = next((each for each in models() if each._meta.label_lower == event.model), None)
    fields = {field.name: str(field.column) for field in model._meta.concrete_fields} if model is not None else {}
    as_row = SimpleNamespace(
        before={fields[name]: value for name, value in event.before.items() if name in fields},
        after={fields[name]: value for name, value in event.after.items() if name in fields},
    )
    found = [] if model is None else Words(model, [as_row], user, fields=None, masked=True).differences(as_row)
    others = [name for name in {**event.before, **event.after} if name not in fields]
    return found + [
        Difference(_label(name), _plain(event.before.get(name)), _plain(event.after.get(name)))
        for name in sorted(others)
    ]


def _label(name: str) -> str:
    return _("代谁登记") if name == ON_BEHALF else name


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return listed(f"{name}={each}" for name, each in value.items()) or EMPTY
    return listed(value) if isinstance(value, list) else EMPTY if value in (None, "") else str(value)


def kind_of(table: str) -> str:
    """Return what the records of a table are called."""
    return str(tables().get(table, table))
