"""Deleting a person: what is personal in all her records is emptied, the records and their numbers stay.

Art. 47 asks for deletion; art. 4 and 73 free what can no longer be led back to anybody. So rows, places, months, hours
and amounts stay for the counts, and lead to a record called `已删除` that says nothing (docs/adr/0025).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.kit import erasing
from governance.kit.erasing import GONE, Holding, emptied
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.files import forget, stored_files
from governance.kit.pinyin import initials
from governance.kit.scoping import region_path_of
from governance.people.models import Person

PERSON = {"name": GONE, "pinyin": initials(GONE), "gender": "", "birth_year": None}


@dataclass(frozen=True, slots=True)
class Line:
    """What happens to a table of a person: how many rows, what is emptied in them, what stays, and why."""

    noun: Any
    rows: int
    emptied: list[str]
    files: int
    stays: list[str]
    why: Any


def preview(person: Person) -> list[Line]:
    """Return what a deletion would do, table by table; nothing is done."""
    return [_line(each, rows) for each in _hers() if (rows := list(each.rows(person)))]


def _hers() -> Iterator[Holding]:
    return (each for each in erasing.holdings(Person) if not each.derived)


def _line(holding: Holding, rows: list[Any]) -> Line:
    model, own = holding.model, holding.fields
    names = [str(field.verbose_name) for field in own if field.editable and any(_said(row, field) for row in rows)]
    mine = {field.name for field in own}
    rest = [
        str(field.verbose_name)
        for field in model._meta.concrete_fields
        if field.editable
        and not field.primary_key
        and field.name not in mine
        and any(_said(row, field) for row in rows)
    ]
    why = erasing.reason_to_stay(model) or erasing.whose(model) or _("统计需要；已不能识别到个人。")
    return Line(model._meta.verbose_name, len(rows), names, sum(len(stored_files(row)) for row in rows), rest, why)


def _said(row: Any, field: Any) -> bool:
    return getattr(row, field.attname) not in (None, "")


@transaction.atomic
def erase(person: Person, *, by: Any, why: str) -> dict[str, int]:
    """Empty all that is personal of her, and return how many rows of each table there were; a second time does nothing.

    The caller has seen to it that it is allowed. `why` is a word for the trail: request, retention.
    """
    stored = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if stored.erased_at is not None:
        return {}
    counts: dict[str, int] = {}
    keys: dict[type[Model], set[int]] = {}
    texts = {stored.name} | {text for text in erasing.open_texts(stored) if text}
    for holding in _hers():
        rows = list(holding.rows(stored).order_by("pk").select_for_update(of=("self",)))
        if not rows:
            continue
        keys[holding.model] = {row.pk for row in rows}
        counts[holding.model._meta.label_lower] = len(rows)
        if holding.model is not Person:
            empty(holding.model, rows)
    now = timezone.now()
    values = {field.name: PERSON.get(field.name) for field in erasing.private_fields(Person)}
    Person.objects.filter(pk=stored.pk).update(**values, erased_at=now, changed_at=now)
    erasing.forget_aside(keys, {text for text in texts if len(text) > 1})
    person.refresh_from_db()
    emit(Event("privacy.person.erase", by, person, region_path_of(person), after={"why": why, "rows": counts}))
    return counts


def empty(model: type[Model], rows: Collection[Any]) -> int:
    """Empty what is personal in rows of a table, their files included; return how many there were."""
    fields = erasing.private_fields(model)
    if not fields:
        return 0
    forget({name for row in rows for name in stored_files(row)})
    stamp = (
        {"changed_at": timezone.now()} if any(each.name == "changed_at" for each in model._meta.concrete_fields) else {}
    )
    for row in rows:
        own: QuerySet[Any] = model._default_manager.filter(pk=row.pk)
        own.update(**{field.name: emptied(field, row.pk) for field in fields}, **stamp)
    return len(rows)


def require_whole(person: Person) -> None:
    """Refuse to do anything with a person who was deleted."""
    if person.erased_at is not None:
        raise DomainError(_("这个人的资料已经删除。"), code="erased")
