"""Writing persons: entering a role, and changing what is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from governance.kit import records
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.imports.naming import NAMES, Names
from governance.kit.refusals import missing_for
from governance.kit.scoping import may, region_path_of
from governance.kit.written import Rule, Written, written
from governance.people.entry import Entry, person_for, refuse_taken, require
from governance.people.models import Person
from governance.people.naming import Entering


def entered(model: type[Model], *, rule: Rule | None = None, person: str = "person") -> Written:
    """Return the actions of a role: its `person` is a record or an `Entry`, and stays the same afterwards."""
    plain = written(model, rule=rule)
    rows: Any = model._default_manager.get_queryset()
    home = rows.region_path.split("__")[0]

    def add(*, by: Any, **values: Any) -> Model:
        """Add a role; the person is found by her number, or recorded."""
        named = values.pop(person, None)  # some roles may go without
        if named is None or isinstance(named, Person):
            return plain["add"](by=by, **values, **{person: named})  # type: ignore[no-any-return]
        if not may(by, "add", model(**values)):
            raise missing_for(by, "add", model(**values), first=_("您的岗位不能在这个地区办理这件事。"))
        return _linked(named, by, values[home], lambda found: plain["add"](by=by, **values, **{person: found}))

    def change(record: Model, *, by: Any, seen: datetime | None = None, **values: Any) -> Model:
        """Change a role; one that went without a person may be given one, and it never passes to somebody else."""
        held, named = getattr(record, person), values.get(person)
        if person in values and held is not None and named != held:
            raise DomainError(_("登记后不能换人：请删除后重新登记。"), code="other_person", field=person)
        if held is not None or named is None or isinstance(named, Person):
            return plain["change"](record, by=by, seen=seen, **values)  # type: ignore[no-any-return]
        if not may(by, "change", record):
            raise missing_for(by, "change", record, first=_("您的岗位不能在这个地区办理这件事。"))
        place = values.get(home, getattr(record, home))
        return _linked(
            named, by, place, lambda found: plain["change"](record, by=by, seen=seen, **values | {person: found})
        )

    NAMES[add] = Names(person, Entering())
    return Written(add=add, change=change, remove=plain["remove"])


def _linked(named: Entry, by: Any, region: Any, write: Callable[[Person], Any]) -> Model:
    """Write a role of a person who was typed; who finds a stranger is told only that she is known."""
    require(named, by=by)
    with transaction.atomic():
        found, was_known = person_for(named, by=by, region=region)
        seen = not was_known or may(by, "view", found)
        record = write(found)
        if not seen:
            told = {"role": record._meta.label_lower, "record": record.pk}
            emit(Event("people.person.link", by, found, region_path_of(record), after=told))
            record.notice = _("该证件号码已建档，已关联，未重复建档。")
    return record  # type: ignore[no-any-return]


def change(person: Person, *, by: Any, seen: datetime | None = None, **values: Any) -> Person:
    """Correct the name, the number or the contacts of a person."""
    if values.get("identity_number") and may(by, "change", person):
        refuse_taken(person, str(values["identity_number"]), by=by)
    return records.change(person, by=by, seen=seen, **values)
