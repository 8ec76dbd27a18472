"""Records that name somebody who is known here already, and record nobody: she is found, or the record is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from governance.kit.errors import DomainError
from governance.kit.imports.naming import NAMES, Names
from governance.kit.scoping import may
from governance.kit.written import Rule, Written, written
from governance.people.entry import Entry, known, require
from governance.people.models import Person
from governance.people.naming import Finding


def of_somebody_known(
    model: type[Model], *, person: str = "person", passes: bool = False, rule: Rule | None = None
) -> Written:
    """Return the actions of records that name a person with a role where the user works, or none.

    `passes`: whether a record may pass to somebody else.
    """
    plain = written(model, rule=rule)

    def add(*, by: Any, **values: Any) -> Model:
        """Add a record."""
        if values.get(person) is not None:
            values[person] = somebody(values[person], by=by, field=person)
        record: Model = plain["add"](by=by, **values)
        return record

    def change(record: Any, *, by: Any, seen: datetime | None = None, **values: Any) -> Model:
        """Change a record."""
        named = values.get(person)
        if named is not None and named != getattr(record, person):
            values[person] = somebody(named, by=by, field=person)
        if not passes and values.get(person, getattr(record, person)) != getattr(record, person):
            raise DomainError(_("登记后不能换人：请删除后重新登记。"), code="other_person", field=person)
        changed: Model = plain["change"](record, by=by, seen=seen, **values)
        return changed

    if not passes:  # a file never passes a record to somebody else
        NAMES[add] = Names(person, Finding())
    return Written(add=add, change=change, remove=plain["remove"])


def somebody(named: Any, *, by: Any, field: str = "person") -> Person:
    """Return the person meant among those that `by` sees: by her number, or by a name that only one of them has."""
    if isinstance(named, Person):
        return named
    entry: Entry = named
    if entry.identity_number:
        require(entry, by=by)
        person = known([entry]).get(entry)
        found = [person] if person is not None and may(by, "view", person) else []
    else:
        found = list(Person.objects.nameable_by(by).filter(name=entry.name)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise DomainError(_("叫这个名字的人员不止一个，请填证件号码。"), code="several_persons", field=field)
    raise DomainError(_("没有找到这个人员：请先在志愿者、社工等岗位登记。"), code="unknown_person", field=field)
