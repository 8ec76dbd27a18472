"""Certificates and trainings: they belong to somebody who is here already by a role."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from governance.kit import records
from governance.kit.errors import DomainError
from governance.kit.scoping import may
from governance.kit.written import Written, written
from governance.people.entry import Entry, known, require
from governance.people.models import Person


def of_somebody_known(model: type[Model]) -> Written:
    """Return the actions of records that follow a person: she must have a role where the user works."""
    plain = written(model)

    def add(*, by: Any, person: Any, **values: Any) -> Model:
        """Add a record; an entry names somebody who is recorded, and records nobody."""
        record: Model = plain["add"](by=by, person=somebody(person, by=by), **values)
        return record

    def change(record: Any, *, by: Any, seen: datetime | None = None, **values: Any) -> Model:
        """Change a record; it never passes to somebody else."""
        if values.get("person", record.person) != record.person:
            raise DomainError(_("登记后不能换人：请删除后重新登记。"), code="other_person", field="person")
        return records.change(record, by=by, seen=seen, **values)

    return Written(add=add, change=change, remove=plain["remove"])


def somebody(named: Any, *, by: Any) -> Person:
    """Return the person meant among those that `by` sees: by her number, or by a name that only one of them has."""
    if isinstance(named, Person):
        return named
    entry: Entry = named
    if entry.identity_number:
        require(entry, by=by)
        person = known([entry]).get(entry)
        found = [person] if person is not None and may(by, "view", person) else []
    else:
        found = list(Person.objects.visible_to(by).filter(name=entry.name)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise DomainError(_("叫这个名字的人员不止一个，请填证件号码。"), code="several_persons", field="person")
    raise DomainError(_("没有找到这个人员，请先登记其岗位，再登记证书和培训。"), code="unknown_person", field="person")
