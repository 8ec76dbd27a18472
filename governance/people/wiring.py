"""What this app offers the kit: how persons are named everywhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.kit.references import Named, Reference, Refusal, register
from governance.people.entry import Entry, known, refuse_guessing
from governance.people.fields import PersonField, PersonFilter, PersonKeyField
from governance.people.models import Person


@dataclass(frozen=True, slots=True)
class Unrecorded(Refusal):
    """Nobody has the number yet; whoever can record persons takes the entry (`people.bulk.recorded`)."""

    entry: Entry


def _form_field(field: Any) -> PersonField:
    return PersonField(label=capfirst(field.verbose_name), required=not field.blank)


def _resolve(names: Collection[Named], within: Any) -> Mapping[Named, Any]:
    """Return the person behind each name, number and phone, in a few queries; `within` is the user who names them."""
    found: dict[Named, Any] = {}
    entries: dict[Named, Entry] = {}
    for named in names:
        try:
            entries[named] = Entry.of(*named)
        except ValidationError as error:
            found[named] = Refusal(" ".join(error.messages))
    persons = known(entries.values())
    refused = refuse_guessing(entries.values(), persons, by=within)
    told = _("还没有这个人的档案。")
    for named, entry in entries.items():
        if entry in refused:
            found[named] = Refusal(refused[entry])
        elif entry in persons:
            found[named] = persons[entry].pk
        else:
            found[named] = Unrecorded(told, entry)
    return found


register(
    Reference(
        model=Person,
        form=_form_field,
        filter=PersonFilter,
        serializer=PersonKeyField,
        key=lambda person: str(person.pk),
        resolve=_resolve,
        columns=(
            ("name", gettext_lazy("姓名")),
            ("identity_number", gettext_lazy("居民身份证号")),
            ("phone", gettext_lazy("电话")),
        ),
        show="masked",  # no field: a table shows the person as a text, which is the masked name
    )
)
